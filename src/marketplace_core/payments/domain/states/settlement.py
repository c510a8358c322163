"""Where the settlement of a seller's debt can stand, and what moves it (J25 to J27 of the money design)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class SettlementState(Enum):
    """Where a settlement stands."""

    REQUESTED = "requested"
    SUBMITTED = "submitted"
    BOOKED = "booked"
    REJECTED = "rejected"


class SettlementTrigger(Enum):
    """What moves a settlement."""

    BOOK = "book"
    SUBMIT = "submit"
    REJECT = "reject"


_S, _T = SettlementState, SettlementTrigger

SETTLEMENT_MACHINE: Final = StateMachine(
    name="a debt settlement",
    start=_S.REQUESTED,
    transitions=(
        arrow(
            "4.7", _S.REQUESTED, _T.BOOK, _S.BOOKED, Who.OPERATOR,
            guard="a second operator above the limit", journals=("J26", "J27"),
        ),
        arrow("4.7", _S.REQUESTED, _T.REJECT, _S.REJECTED, Who.OPERATOR),
        arrow("4.7", _S.REQUESTED, _T.SUBMIT, _S.SUBMITTED, Who.TIMER, guard="an operator asks, or a week is over"),
        arrow("4.7", _S.SUBMITTED, _T.BOOK, _S.BOOKED, Who.PROVIDER, journals=("J25",)),
        arrow("4.7", _S.SUBMITTED, _T.REJECT, _S.REJECTED, Who.PROVIDER, guard="the account holds less"),
    ),
    rests=(
        Rest(state=_S.REQUESTED, party=Who.OPERATOR),
        Rest(
            state=_S.SUBMITTED,
            party=Who.PROVIDER,
            deadline=timers.TAKE_BACK,
            term="asked until it answers",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.BOOKED, _S.REJECTED}),
    refusal=WrongState,
)  # fmt: skip
