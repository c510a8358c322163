"""Where a payout can stand, and what moves it (money design 4.10)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class PayoutState(Enum):
    """Where a payout stands."""

    ASSEMBLED = "assembled"
    HELD = "held"
    READY = "ready"
    TRANSFERRING = "transferring"
    TRANSFER_FAILED = "transfer_failed"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class PayoutTrigger(Enum):
    """What moves a payout."""

    APPROVE = "approve"
    HOLD_BACK = "hold_back"
    SEND = "send"
    TRANSFER_REFUSED = "transfer_refused"
    ON_ITS_WAY = "on_its_way"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    RETRY = "retry"
    CANCEL = "cancel"


_S, _T = PayoutState, PayoutTrigger
_DESK: Final = (Who.OPERATOR, Who.SYSTEM)
_SELLER: Final = (Who.SELLER, *_DESK)
_STUCK: Final = (timers.STUCK_PAYOUT, "reminded every P3D")

PAYOUT_MACHINE: Final = StateMachine(
    name="a payout",
    start=_S.ASSEMBLED,
    transitions=(
        arrow("Y1", _S.ASSEMBLED, _T.APPROVE, _S.READY, *_DESK, guard="the seller can be paid", journals=("J17",)),
        arrow("Y2", _S.ASSEMBLED, _T.HOLD_BACK, _S.HELD, *_DESK),
        arrow("Y2", _S.READY, _T.HOLD_BACK, _S.HELD, *_DESK),
        arrow("Y2", _S.TRANSFERRING, _T.HOLD_BACK, _S.HELD, *_DESK, guard="the answer does not fit"),
        arrow("Y3", _S.HELD, _T.APPROVE, _S.READY, *_DESK),
        arrow("Y4", _S.ASSEMBLED, _T.CANCEL, _S.CANCELLED, *_DESK, guard="nothing was sent", journals=("J18",)),
        arrow("Y4", _S.HELD, _T.CANCEL, _S.CANCELLED, *_DESK, guard="nothing was sent", journals=("J18",)),
        arrow("Y4", _S.READY, _T.CANCEL, _S.CANCELLED, *_DESK, guard="nothing was sent", journals=("J18",)),
        arrow("Y5", _S.READY, _T.SEND, _S.TRANSFERRING, Who.TIMER),
        arrow("Y6", _S.TRANSFERRING, _T.ON_ITS_WAY, _S.IN_TRANSIT, Who.PROVIDER, journals=("J19",)),
        arrow("Y7", _S.TRANSFERRING, _T.TRANSFER_REFUSED, _S.TRANSFER_FAILED, Who.PROVIDER, guard="no money moved"),
        arrow("Y8", _S.IN_TRANSIT, _T.PAID, _S.PAID, Who.PROVIDER, journals=("J21",)),
        arrow("Y9", _S.TRANSFERRING, _T.FAILED, _S.FAILED, Who.PROVIDER, guard="the transfer was made"),
        arrow("Y9", _S.IN_TRANSIT, _T.FAILED, _S.FAILED, Who.PROVIDER),
        arrow("Y10", _S.PAID, _T.RETURNED, _S.RETURNED, Who.PROVIDER, guard="however late", journals=("J23",)),
        arrow("Y11", _S.FAILED, _T.RETRY, _S.READY, *_SELLER, guard="no new transfer"),
        arrow("Y11", _S.RETURNED, _T.RETRY, _S.READY, *_SELLER, guard="no new transfer"),
        arrow("Y11", _S.TRANSFER_FAILED, _T.RETRY, _S.READY, *_SELLER),
        arrow("Y12", _S.FAILED, _T.CANCEL, _S.CANCELLED, *_DESK, guard="taken back", journals=("J24", "J18")),
        arrow("Y12", _S.RETURNED, _T.CANCEL, _S.CANCELLED, *_DESK, guard="taken back", journals=("J24", "J18")),
        arrow("Y12", _S.TRANSFER_FAILED, _T.CANCEL, _S.CANCELLED, *_DESK, journals=("J18",)),
    ),
    rests=(
        Rest(state=_S.ASSEMBLED, party=Who.SYSTEM, deadline=timers.SEND_PAYOUT, term="at once", binds_money=True),
        Rest(state=_S.HELD, party=Who.OPERATOR, deadline=_STUCK[0], term=_STUCK[1], binds_money=True),
        Rest(state=_S.READY, party=Who.TIMER, deadline=timers.SEND_PAYOUT, term="at once", binds_money=True),
        Rest(
            state=_S.TRANSFERRING,
            party=Who.PROVIDER,
            deadline=timers.SEND_PAYOUT,
            term="asked until it answers",
            binds_money=True,
        ),
        Rest(state=_S.TRANSFER_FAILED, party=Who.OPERATOR, deadline=_STUCK[0], term=_STUCK[1], binds_money=True),
        Rest(
            state=_S.IN_TRANSIT,
            party=Who.PROVIDER,
            deadline=timers.POLL_PAYOUT,
            term="asked every PT1H",
            binds_money=True,
        ),
        Rest(state=_S.FAILED, party=Who.SELLER, deadline=_STUCK[0], term=_STUCK[1], binds_money=True),
        Rest(state=_S.RETURNED, party=Who.SELLER, deadline=_STUCK[0], term=_STUCK[1], binds_money=True),
    ),
    ends=frozenset({_S.PAID, _S.CANCELLED}),
    refusal=WrongState,
)

LIVE_STATES: Final = frozenset(PayoutState) - {PayoutState.CANCELLED}
"""While a payout is in one of these, its releases belong to it and to no other payout."""

UNSENT_STATES: Final = frozenset({_S.ASSEMBLED, _S.HELD, _S.READY, _S.TRANSFER_FAILED})
"""In these no transfer was made, or the one that was made is known by its reference."""
RESTING_STATES: Final = frozenset({_S.READY, _S.FAILED, _S.RETURNED})
"""In these what was transferred is in the seller's account at the provider, and no bank has it."""
STUCK_STATES: Final = frozenset({_S.HELD, _S.TRANSFER_FAILED, _S.FAILED, _S.RETURNED})
"""Somebody has to do something before a payout in one of these goes on."""
