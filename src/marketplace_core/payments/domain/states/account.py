"""Where a seller's account at the provider can stand (money design 4.10)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class AccountState(Enum):
    """How far the provider is with the account; only an enabled one is paid."""

    PENDING = "pending"
    ENABLED = "enabled"
    RESTRICTED = "restricted"


class AccountTrigger(Enum):
    """What moves an account."""

    ENABLE = "enable"
    RESTRICT = "restrict"


_S, _T = AccountState, AccountTrigger

ACCOUNT_MACHINE: Final = StateMachine(
    name="a payout account",
    start=_S.PENDING,
    transitions=(
        arrow("4.10", _S.PENDING, _T.ENABLE, _S.ENABLED, Who.PROVIDER),
        arrow("4.10", _S.PENDING, _T.RESTRICT, _S.RESTRICTED, Who.PROVIDER),
        arrow("4.10", _S.ENABLED, _T.RESTRICT, _S.RESTRICTED, Who.PROVIDER),
        arrow("4.10", _S.RESTRICTED, _T.ENABLE, _S.ENABLED, Who.PROVIDER),
    ),
    rests=(
        Rest(state=_S.PENDING, party=Who.PROVIDER, deadline=timers.CONNECT_ACCOUNT, term="asked until it is open"),
        Rest(state=_S.RESTRICTED, party=Who.PROVIDER),
    ),
    ends=frozenset({_S.ENABLED}),
    refusal=WrongState,
)
