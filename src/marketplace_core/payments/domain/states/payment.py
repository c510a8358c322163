"""Where a payment can stand, and what moves it: the provider's word, nearly always (money design 4.4)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class PaymentState(Enum):
    """Where a payment stands."""

    CREATED = "created"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    CANCELLED = "cancelled"
    REVIEW = "review"


class PaymentTrigger(Enum):
    """What moves a payment."""

    ASK = "ask"
    PROCESS = "process"
    DECLINE = "decline"
    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    CANCEL = "cancel"
    MISFIT = "misfit"
    GIVE_BACK = "give_back"
    ACCEPT = "accept"


_S, _T = PaymentState, PaymentTrigger
_EARLY: Final = (_S.CREATED, _S.REQUIRES_ACTION, _S.PROCESSING)
_OPEN: Final = (*_EARLY, _S.AUTHORIZED)
_ASKED: Final = "asked every PT10M; the order gives up after PT15M"

PAYMENT_MACHINE: Final = StateMachine(
    name="a payment",
    start=_S.CREATED,
    transitions=(
        *(arrow("P1", source, _T.ASK, _S.REQUIRES_ACTION, Who.PROVIDER) for source in _EARLY),
        *(arrow("P1", source, _T.PROCESS, _S.PROCESSING, Who.PROVIDER) for source in _EARLY),
        *(arrow("P2", source, _T.DECLINE, _S.CREATED, Who.PROVIDER) for source in _EARLY),
        *(arrow("P3", source, _T.AUTHORIZE, _S.AUTHORIZED, Who.PROVIDER) for source in _EARLY),
        *(arrow("P4", source, _T.CAPTURE, _S.CAPTURED, Who.PROVIDER, journals=("J01", "J02")) for source in _OPEN),
        *(arrow("P5", source, _T.CANCEL, _S.CANCELLED, Who.PROVIDER, Who.SYSTEM) for source in (_S.AUTHORIZED,)),
        *(arrow("P6", source, _T.CANCEL, _S.CANCELLED, Who.PROVIDER, Who.SYSTEM) for source in _EARLY),
        *(arrow("O3", source, _T.MISFIT, _S.REVIEW, Who.PROVIDER, journals=("J28",)) for source in _OPEN),
        arrow("P7", _S.CANCELLED, _T.MISFIT, _S.REVIEW, Who.PROVIDER, guard="money came late", journals=("J28",)),
        arrow("O4", _S.REVIEW, _T.ACCEPT, _S.CAPTURED, Who.SYSTEM, guard="enough for the order", journals=("J29",)),
        arrow("O5", _S.REVIEW, _T.CANCEL, _S.CANCELLED, Who.PROVIDER, guard="no money came"),
        arrow("O5", _S.REVIEW, _T.GIVE_BACK, _S.CANCELLED, Who.SYSTEM, guard="all that came", journals=("J29",)),
    ),
    rests=(
        *(Rest(state=state, party=Who.PROVIDER, deadline=timers.POLL_PAYMENT, term=_ASKED) for state in _OPEN),
        Rest(
            state=_S.REVIEW,
            party=Who.PROVIDER,
            deadline=timers.POLL_PAYMENT,
            term="until the review of its order is over",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.CAPTURED, _S.CANCELLED}),
    refusal=WrongState,
)
