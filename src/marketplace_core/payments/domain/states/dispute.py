"""Where a card dispute can stand, and what moves it: the network's word (money design 4.8)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class DisputeState(Enum):
    """Where a dispute stands."""

    WARNING = "warning"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    PREVENTED = "prevented"
    WARNING_CLOSED = "warning_closed"


class DisputeTrigger(Enum):
    """What moves a dispute."""

    OPEN = "open"
    ANSWER = "answer"
    WIN = "win"
    LOSE = "lose"
    PREVENT = "prevent"
    CLOSE = "close"


_S, _T = DisputeState, DisputeTrigger
_OPENED: Final = (_S.NEEDS_RESPONSE, _S.UNDER_REVIEW)
_TAKEN: Final = ("J12", "J13a", "J13b")
_LOST: Final = ("J15a", "J15b", "J16")

DISPUTE_MACHINE: Final = StateMachine(
    name="a card dispute",
    start=_S.WARNING,
    transitions=(
        arrow("C2", _S.WARNING, _T.OPEN, _S.NEEDS_RESPONSE, Who.PROVIDER, guard="money is withdrawn", journals=_TAKEN),
        arrow("C2", _S.WARNING_CLOSED, _T.OPEN, _S.NEEDS_RESPONSE, Who.PROVIDER, guard="after all", journals=_TAKEN),
        arrow("C3", _S.NEEDS_RESPONSE, _T.ANSWER, _S.UNDER_REVIEW, Who.PROVIDER),
        *(arrow("C5", source, _T.WIN, _S.WON, Who.PROVIDER, journals=("J14",)) for source in _OPENED),
        *(arrow("C6", source, _T.LOSE, _S.LOST, Who.PROVIDER, journals=_LOST) for source in _OPENED),
        arrow("C7", _S.WARNING, _T.CLOSE, _S.WARNING_CLOSED, Who.PROVIDER),
        *(
            arrow("C8", source, _T.PREVENT, _S.PREVENTED, Who.PROVIDER, journals=("J14", "J06", "J07", "J08"))
            for source in (_S.WARNING, *_OPENED)
        ),
        arrow("C9", _S.LOST, _T.WIN, _S.WON, Who.PROVIDER, guard="the network turns it round", journals=("J14",)),
    ),
    rests=(
        Rest(state=_S.WARNING, party=Who.PROVIDER, deadline=timers.POLL_DISPUTE, term="asked every P1D"),
        Rest(
            state=_S.NEEDS_RESPONSE,
            party=Who.PROVIDER,
            deadline=timers.EVIDENCE_BY,
            term="P2D before the network's date an operator is reminded",
            binds_money=True,
        ),
        Rest(
            state=_S.UNDER_REVIEW,
            party=Who.PROVIDER,
            deadline=timers.POLL_DISPUTE,
            term="asked every P1D",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.WON, _S.LOST, _S.PREVENTED, _S.WARNING_CLOSED}),
    refusal=WrongState,
)

OPENED: Final = frozenset(_OPENED)
"""The network has the money, and nobody knows yet whose it is."""
