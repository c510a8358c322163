"""The published test cards, and what each of them does.

A number that is not on the list is refused before anything else looks at it: somebody may have typed a real one.
Numbers and security codes are never stored, logged or repeated in an answer; a payment keeps the last four digits and
the behaviour.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.provider.refusals import Refusal, invalid


class CardBehaviour(StrEnum):
    """Name what a test card does when it is charged."""

    SUCCEEDS = "succeeds"
    DECLINES = "declines"
    LACKS_FUNDS = "lacks_funds"
    ASKS_THE_BUYER = "asks_the_buyer"
    SUCCEEDS_LATE = "succeeds_late"
    REFUND_PENDING = "refund_pending"
    REFUND_BOUNCES = "refund_bounces"
    DISPUTES_AS_FRAUD = "disputes_as_fraud"
    DISPUTES_AS_NOT_RECEIVED = "disputes_as_not_received"
    BANK_INQUIRES = "bank_inquires"


TEST_CARDS: Final[Mapping[str, CardBehaviour]] = MappingProxyType(
    {
        "4242424242424242": CardBehaviour.SUCCEEDS,
        "4000000000000002": CardBehaviour.DECLINES,
        "4000000000009995": CardBehaviour.LACKS_FUNDS,
        "4000000000003220": CardBehaviour.ASKS_THE_BUYER,
        "4000000000000077": CardBehaviour.SUCCEEDS_LATE,
        "4000000000007726": CardBehaviour.REFUND_PENDING,
        "4000000000005126": CardBehaviour.REFUND_BOUNCES,
        "4000000000000259": CardBehaviour.DISPUTES_AS_FRAUD,
        "4000000000002685": CardBehaviour.DISPUTES_AS_NOT_RECEIVED,
        "4000000000001976": CardBehaviour.BANK_INQUIRES,
    }
)

DECLINE_CODES: Final[Mapping[CardBehaviour, str]] = MappingProxyType(
    {CardBehaviour.DECLINES: "card_declined", CardBehaviour.LACKS_FUNDS: "insufficient_funds"}
)

DISPUTES: Final[Mapping[CardBehaviour, tuple[str, bool]]] = MappingProxyType(
    {
        CardBehaviour.DISPUTES_AS_FRAUD: ("fraudulent", False),
        CardBehaviour.DISPUTES_AS_NOT_RECEIVED: ("product_not_received", False),
        CardBehaviour.BANK_INQUIRES: ("general", True),
    }
)
"""The reason of the dispute that a card opens some time after it paid, and whether that is only an inquiry."""

EXPLANATIONS: Final[Mapping[CardBehaviour, str]] = MappingProxyType(
    {
        CardBehaviour.SUCCEEDS: "Pays at once.",
        CardBehaviour.DECLINES: "Is declined.",
        CardBehaviour.LACKS_FUNDS: "Is declined: no money on it.",
        CardBehaviour.ASKS_THE_BUYER: "The bank asks the buyer first.",
        CardBehaviour.SUCCEEDS_LATE: "Is in processing for a while, then pays.",
        CardBehaviour.REFUND_PENDING: "Pays at once; a refund to it is pending for a while, then succeeds.",
        CardBehaviour.REFUND_BOUNCES: "Pays at once; a refund to it succeeds, then comes back: the card was closed.",
        CardBehaviour.DISPUTES_AS_FRAUD: "Pays at once; after a while the buyer's bank disputes it as fraudulent.",
        CardBehaviour.DISPUTES_AS_NOT_RECEIVED: "Pays at once; after a while the buyer says nothing arrived.",
        CardBehaviour.BANK_INQUIRES: "Pays at once; after a while the buyer's bank inquires, and takes nothing yet.",
    }
)

_EXPIRY = re.compile(r"(0[1-9]|1[0-2]) ?/ ?(?:20)?([0-9]{2})", re.ASCII)
_SECURITY_CODE = re.compile(r"[0-9]{3,4}", re.ASCII)


@frozen
class Card:
    """Hold what may be remembered of a card."""

    last4: str
    behaviour: CardBehaviour


def read_card(*, number: str, expiry: str, security_code: str | None, now: datetime) -> Card:
    """Recognise a test card that is valid at `now`. `expiry` is MM/YY or MM/YYYY.

    Raises Refusal: unknown_test_card, invalid_expiry, invalid_security_code, expired_card.
    """
    digits = number.replace(" ", "").replace("-", "")
    behaviour = TEST_CARDS.get(digits)
    if behaviour is None:
        raise Refusal(
            422,
            "card_error",
            "unknown_test_card",
            "Only the published test cards work here. Never type the number of a real card.",
        )
    match = _EXPIRY.fullmatch(expiry.strip())
    if match is None:
        raise invalid("invalid_expiry", "Write the expiry date as MM/YY.")
    if security_code is not None and not _SECURITY_CODE.fullmatch(security_code):
        raise invalid("invalid_security_code", "The security code has three or four digits.")
    month, year = int(match[1]), 2_000 + int(match[2])
    if (year, month) < (now.year, now.month):
        raise Refusal(402, "card_error", "expired_card", "The card has expired.")
    return Card(digits[-4:], behaviour)
