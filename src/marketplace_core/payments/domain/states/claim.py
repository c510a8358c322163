"""Where a buyer's claim can stand, and what moves it (money design 4.9)."""

from enum import Enum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import WrongState


class ClaimState(Enum):
    """Where a claim stands. It waits for the seller from the moment it is opened."""

    AWAITING_SELLER = "awaiting_seller"
    AWAITING_OPERATOR = "awaiting_operator"
    RESOLVED_REFUND = "resolved_refund"
    RESOLVED_PARTIAL = "resolved_partial"
    RESOLVED_RELEASE = "resolved_release"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ClaimTrigger(Enum):
    """What moves a claim."""

    CONTEST = "contest"
    OFFER = "offer"
    AGREE = "agree"
    ACCEPT = "accept"
    GRANT = "grant"
    GRANT_PART = "grant_part"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


_S, _T = ClaimState, ClaimTrigger
_OPENED: Final = (_S.AWAITING_SELLER, _S.AWAITING_OPERATOR)
_BACK: Final = ("J06", "J07")
_PART: Final = ("J06", "J07", "J03", "J04")

CLAIM_MACHINE: Final = StateMachine(
    name="a claim",
    start=_S.AWAITING_SELLER,
    transitions=(
        arrow("4.9", _S.AWAITING_SELLER, _T.CONTEST, _S.AWAITING_OPERATOR, Who.SELLER),
        *(arrow("4.9", source, _T.OFFER, _S.AWAITING_OPERATOR, Who.SELLER, guard="a part") for source in _OPENED),
        *(arrow("4.9", source, _T.AGREE, _S.RESOLVED_REFUND, Who.SELLER, journals=_BACK) for source in _OPENED),
        arrow(
            "4.9", _S.AWAITING_OPERATOR, _T.ACCEPT, _S.RESOLVED_PARTIAL, Who.BUYER,
            guard="an offer stands", journals=_PART,
        ),
        arrow(
            "4.9", _S.AWAITING_SELLER, _T.GRANT, _S.RESOLVED_REFUND, Who.TIMER,
            guard="the seller is silent", journals=_BACK,
        ),
        arrow("4.9", _S.AWAITING_OPERATOR, _T.GRANT, _S.RESOLVED_REFUND, Who.OPERATOR, Who.TIMER, journals=_BACK),
        arrow("4.9", _S.AWAITING_OPERATOR, _T.GRANT_PART, _S.RESOLVED_PARTIAL, Who.OPERATOR, journals=_PART),
        arrow(
            "4.9", _S.AWAITING_OPERATOR, _T.DISMISS, _S.RESOLVED_RELEASE, Who.OPERATOR, Who.TIMER,
            journals=("J03", "J04"),
        ),
        *(arrow("4.9", source, _T.WITHDRAW, _S.WITHDRAWN, Who.BUYER) for source in _OPENED),
        *(
            arrow("4.9", source, _T.SUPERSEDE, _S.SUPERSEDED, Who.PROVIDER, guard="a card dispute takes the money")
            for source in _OPENED
        ),
    ),
    rests=(
        Rest(
            state=_S.AWAITING_SELLER,
            party=Who.SELLER,
            deadline=timers.CLAIM,
            term="PT72H, then refunded",
            binds_money=True,
        ),
        Rest(
            state=_S.AWAITING_OPERATOR,
            party=Who.OPERATOR,
            deadline=timers.CLAIM,
            term="P7D, then as the policy says: refunded",
            binds_money=True,
        ),
    ),
    ends=frozenset(_S) - frozenset(_OPENED),
    refusal=WrongState,
)  # fmt: skip

CLAIMS_OPENED: Final = frozenset(_OPENED)
"""Somebody has yet to say what becomes of the money."""

DECIDED: Final = frozenset({_S.RESOLVED_REFUND, _S.RESOLVED_PARTIAL, _S.RESOLVED_RELEASE})
"""It was said; a claim about the same goods is not opened again."""
