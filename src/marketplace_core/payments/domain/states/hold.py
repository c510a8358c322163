"""Where a held payment can stand, and what moves it (money design 4.6)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class HoldState(Enum):
    """Where a hold stands."""

    PENDING = "pending"
    HELD = "held"
    FROZEN = "frozen"
    RELEASED = "released"
    REFUNDED = "refunded"
    LOST = "lost"
    VOID = "void"


class HoldTrigger(Enum):
    """What moves a hold."""

    CAPTURE = "capture"
    VOID = "void"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    RELEASE = "release"
    RELEASE_PART = "release_part"
    REFUND_PART = "refund_part"
    REFUND = "refund"
    LOSE = "lose"
    REOPEN = "reopen"


_S, _T = HoldState, HoldTrigger
_ALL: Final = (Who.BUYER, Who.SELLER, Who.OPERATOR, Who.SYSTEM, Who.TIMER)
_OUTSIDE: Final = (*_ALL, Who.PROVIDER)
_LEFT, _NOTHING_LEFT = "something is left", "nothing is left"
_FAILED: Final = "a refund out of it failed"
_TERM: Final = "as long as the provider allows, less P7D"

HOLD_MACHINE: Final = StateMachine(
    name="a held payment",
    start=_S.PENDING,
    transitions=(
        arrow("E1", _S.PENDING, _T.CAPTURE, _S.HELD, Who.PROVIDER, journals=("J01",)),
        arrow("O4", _S.VOID, _T.CAPTURE, _S.HELD, Who.PROVIDER, guard="money that came late", journals=("J29",)),
        arrow("E2", _S.PENDING, _T.VOID, _S.VOID, Who.SYSTEM, Who.PROVIDER),
        arrow("E3", _S.HELD, _T.REFUND_PART, _S.HELD, *_ALL, guard=_LEFT, journals=("J06",)),
        arrow("E3", _S.FROZEN, _T.REFUND_PART, _S.FROZEN, *_ALL, guard=_LEFT, journals=("J06",)),
        arrow("E4", _S.HELD, _T.FREEZE, _S.FROZEN, *_OUTSIDE, journals=("J12", "J13a")),
        arrow("E4", _S.FROZEN, _T.FREEZE, _S.FROZEN, *_OUTSIDE, journals=("J12", "J13a")),
        arrow("E5", _S.FROZEN, _T.UNFREEZE, _S.HELD, *_OUTSIDE, guard="no reason is left", journals=("J14",)),
        arrow(
            "E6", _S.HELD, _T.RELEASE, _S.RELEASED, Who.BUYER, Who.OPERATOR, Who.TIMER,
            guard="delivered, not frozen, its time has come", journals=("J03", "J04"),
        ),
        arrow(
            "E6", _S.HELD, _T.RELEASE_PART, _S.HELD, Who.BUYER, Who.OPERATOR, Who.TIMER,
            guard="some parcels were, where each is released by itself", journals=("J03", "J04"),
        ),
        arrow("E7", _S.HELD, _T.REFUND, _S.REFUNDED, *_ALL, guard=_NOTHING_LEFT, journals=("J06",)),
        arrow("E9", _S.FROZEN, _T.REFUND, _S.REFUNDED, *_ALL, guard=_NOTHING_LEFT, journals=("J06",)),
        arrow("E9", _S.FROZEN, _T.LOSE, _S.LOST, Who.PROVIDER, guard=_NOTHING_LEFT, journals=("J15a",)),
        arrow("E11", _S.RELEASED, _T.REOPEN, _S.HELD, Who.PROVIDER, guard=_FAILED, journals=("J09",)),
        arrow("E11", _S.REFUNDED, _T.REOPEN, _S.HELD, Who.PROVIDER, guard=_FAILED, journals=("J09",)),
        arrow("E11", _S.LOST, _T.REOPEN, _S.HELD, Who.PROVIDER, guard="turned round", journals=("J14",)),
    ),
    rests=(
        Rest(state=_S.PENDING, party=Who.PROVIDER, deadline=timers.POLL_PAYMENT, term="with its payment"),
        Rest(state=_S.HELD, party=Who.BUYER, deadline=timers.HOLD_DEADLINE, term=_TERM, binds_money=True),
        Rest(state=_S.FROZEN, party=Who.OPERATOR, deadline=timers.HOLD_DEADLINE, term=_TERM, binds_money=True),
    ),
    ends=frozenset({_S.RELEASED, _S.REFUNDED, _S.LOST, _S.VOID}),
    refusal=WrongState,
)  # fmt: skip
