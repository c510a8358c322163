"""Where a refund can stand, and what moves it (money design 4.7)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class RefundState(Enum):
    """Where a refund stands."""

    REQUESTED = "requested"
    DUE = "due"
    REJECTED = "rejected"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BOUNCED = "bounced"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class RefundTrigger(Enum):
    """What moves a refund."""

    POSTPONE = "postpone"
    REJECT = "reject"
    APPROVE = "approve"
    SUBMIT = "submit"
    WAIT = "wait"
    SUCCEED = "succeed"
    FAIL = "fail"
    BOUNCE = "bounce"
    SETTLE = "settle"
    CANCEL = "cancel"


_S, _T = RefundState, RefundTrigger
_OFFICE: Final = (Who.SELLER, Who.OPERATOR)
_OWED: Final = "no more than is left; no open card dispute; a second operator above the limit"
_ASKED: Final = "asked every PT1H"

REFUND_MACHINE: Final = StateMachine(
    name="a refund",
    start=_S.REQUESTED,
    transitions=(
        arrow("R2", _S.REQUESTED, _T.REJECT, _S.REJECTED, *_OFFICE, Who.TIMER, guard="a reason is given"),
        arrow(
            "R3", _S.REQUESTED, _T.APPROVE, _S.APPROVED, *_OFFICE, Who.SYSTEM, Who.TIMER,
            guard=_OWED, journals=("J06", "J07"),
        ),
        arrow("R10", _S.REQUESTED, _T.POSTPONE, _S.DUE, Who.SYSTEM, guard="the one before it failed, and must be made"),
        arrow("R10", _S.DUE, _T.REJECT, _S.REJECTED, Who.OPERATOR, Who.TIMER, guard="a reason, or nothing is left"),
        arrow(
            "R10", _S.DUE, _T.APPROVE, _S.APPROVED, Who.OPERATOR, Who.TIMER,
            guard="as much as is left; no open card dispute", journals=("J06", "J07", "J29"),
        ),
        arrow("R4", _S.APPROVED, _T.SUBMIT, _S.SUBMITTED, Who.TIMER),
        arrow("R5", _S.SUBMITTED, _T.WAIT, _S.PENDING, Who.PROVIDER),
        arrow("R5", _S.SUBMITTED, _T.SUCCEED, _S.SUCCEEDED, Who.PROVIDER, journals=("J08",)),
        arrow("R5", _S.PENDING, _T.SUCCEED, _S.SUCCEEDED, Who.PROVIDER, journals=("J08",)),
        arrow("R6", _S.SUBMITTED, _T.FAIL, _S.FAILED, Who.PROVIDER, journals=("J09",)),
        arrow("R6", _S.PENDING, _T.FAIL, _S.FAILED, Who.PROVIDER, journals=("J09",)),
        arrow("R7", _S.SUCCEEDED, _T.BOUNCE, _S.BOUNCED, Who.PROVIDER, guard="however late", journals=("J10",)),
        arrow("R8", _S.BOUNCED, _T.SETTLE, _S.SETTLED, Who.OPERATOR, guard="means and reference", journals=("J11",)),
        arrow(
            "R8", _S.APPROVED, _T.SETTLE, _S.SETTLED, Who.OPERATOR,
            guard="unasked; means and reference", journals=("J11",),
        ),
        arrow(
            "R9", _S.APPROVED, _T.CANCEL, _S.CANCELLED, Who.OPERATOR, Who.SYSTEM,
            guard="unasked; by operators not what must be made", journals=("J09",),
        ),
    ),
    rests=(
        Rest(
            state=_S.REQUESTED,
            party=Who.SELLER,
            deadline=timers.DECIDE_REFUND,
            term="P7D, then approved, or rejected for want of a second operator",
        ),
        Rest(
            state=_S.DUE,
            party=Who.OPERATOR,
            deadline=timers.REPEAT_REFUND,
            term="made again after P1D, P2D, P4D; then reminded every P3D",
        ),
        Rest(state=_S.APPROVED, party=Who.TIMER, deadline=timers.SUBMIT_REFUND, term="at once", binds_money=True),
        Rest(state=_S.SUBMITTED, party=Who.PROVIDER, deadline=timers.POLL_REFUND, term=_ASKED, binds_money=True),
        Rest(state=_S.PENDING, party=Who.PROVIDER, deadline=timers.POLL_REFUND, term=_ASKED, binds_money=True),
        Rest(
            state=_S.BOUNCED,
            party=Who.OPERATOR,
            deadline=timers.REMIND_BOUNCED,
            term="reminded every P3D",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.REJECTED, _S.SUCCEEDED, _S.FAILED, _S.SETTLED, _S.CANCELLED}),
    refusal=WrongState,
)  # fmt: skip

UNDER_WAY: Final = frozenset({RefundState.APPROVED, RefundState.SUBMITTED, RefundState.PENDING})
"""The money is neither ours any more nor the buyer's yet."""
