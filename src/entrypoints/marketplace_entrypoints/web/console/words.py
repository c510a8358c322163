"""What states, kinds and reasons are called in the console, and which mark each state carries."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from attrs import frozen

from marketplace_core.identity import SellerStatus
from marketplace_core.kernel.access import Role
from marketplace_core.notifications import MailState
from marketplace_core.orders import OrderState, SellerOrderState
from marketplace_core.payments import HoldState, PayoutState
from marketplace_entrypoints.web.language import Language, msg


@frozen
class Word:
    """What something is called, and the kind of badge it is shown with."""

    text: str
    badge: str = ""


RETRIABLE: Final = frozenset({PayoutState.HELD, PayoutState.FAILED, PayoutState.TRANSFER_FAILED})
CANCELLABLE: Final = frozenset(
    {PayoutState.ASSEMBLED, PayoutState.HELD, PayoutState.READY, PayoutState.TRANSFER_FAILED}
)
"""In which states the console offers what; whether it can be done is the core's to say."""
_NAMED: Final[Sequence[tuple[Enum, Word]]] = (
    (SellerStatus.APPLIED, Word(msg("Waiting for approval"), "held")),
    (SellerStatus.ACTIVE, Word(msg("Sells"), "good")),
    (SellerStatus.SUSPENDED, Word(msg("Suspended"), "bad")),
    (Role.BUYER, Word(msg("Buyer"))),
    (Role.SELLER, Word(msg("Seller"), "calm")),
    (Role.OPERATOR, Word(msg("Operator"), "held")),
    (Role.SYSTEM, Word(msg("System"))),
    (OrderState.PENDING_PAYMENT, Word(msg("Not paid yet"), "held")),
    (OrderState.PAYMENT_REVIEW, Word(msg("Payment in review"), "bad")),
    (OrderState.CONFIRMED, Word(msg("Paid"), "good")),
    (OrderState.EXPIRED, Word(msg("Expired unpaid"))),
    (OrderState.CANCELLED, Word(msg("Cancelled"))),
    (SellerOrderState.PENDING, Word(msg("Not paid yet"), "held")),
    (SellerOrderState.CONFIRMED, Word(msg("To be sent"), "held")),
    (SellerOrderState.ACCEPTED, Word(msg("Accepted"), "held")),
    (SellerOrderState.SHIPPED, Word(msg("On its way"), "calm")),
    (SellerOrderState.DELIVERED, Word(msg("Delivered"), "good")),
    (SellerOrderState.CANCELLED, Word(msg("Cancelled"))),
    (HoldState.PENDING, Word(msg("Not paid yet"))),
    (HoldState.HELD, Word(msg("Held"), "held")),
    (HoldState.FROZEN, Word(msg("Frozen"), "bad")),
    (HoldState.RELEASED, Word(msg("Released"), "good")),
    (HoldState.VOID, Word(msg("Never paid"))),
    (PayoutState.ASSEMBLED, Word(msg("Put together"), "calm")),
    (PayoutState.HELD, Word(msg("Held back"), "held")),
    (PayoutState.READY, Word(msg("Ready to go"), "calm")),
    (PayoutState.TRANSFERRING, Word(msg("Being transferred"), "calm")),
    (PayoutState.TRANSFER_FAILED, Word(msg("Transfer failed"), "bad")),
    (PayoutState.IN_TRANSIT, Word(msg("On its way to the bank"), "calm")),
    (PayoutState.PAID, Word(msg("Paid out"), "good")),
    (PayoutState.FAILED, Word(msg("Returned by the bank"), "bad")),
    (PayoutState.CANCELLED, Word(msg("Called back"))),
    (MailState.QUEUED, Word(msg("Waiting to be sent"), "held")),
    (MailState.SENT, Word(msg("Sent"), "good")),
    (MailState.FAILED, Word(msg("Failed"), "bad")),
)
_WORDS: Final[Mapping[tuple[type[Enum], str], Word]] = {(type(thing), thing.value): word for thing, word in _NAMED}
"""By kind too: states of different things share their names."""


class Words:
    """Says things in one language; whatever has no word of its own is shown by its code."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, thing: Enum) -> str:
        """Name it."""
        word = _WORDS.get((type(thing), thing.value))
        return self._language.say(word.text) if word else str(thing.value).replace("_", " ")

    def badge(self, thing: Enum) -> str:
        """Return the kind of badge that goes with it."""
        word = _WORDS.get((type(thing), thing.value))
        return word.badge if word else ""


def said(language: Language) -> Words:
    """Return the words of a language, for templates."""
    return Words(language)


def blocked(language: Language, reasons: Sequence[Any]) -> str:
    """Say what keeps a held payment from being released."""
    sentences = [_blocked(language, *str(reason).partition(":")[::2]) for reason in reasons]
    return " ".join(sentences) or language.say("The held payment may not be released now.")


def _blocked(language: Language, kind: str, detail: str) -> str:
    match kind:
        case "frozen":
            return language.say("It is frozen: %(reason)s.", reason=detail)
        case "not_delivered":
            return language.say("Nothing says yet that the parcel has arrived.")
        case "pending" | "void":
            return language.say("It was never paid.")
        case _:
            return language.say("The held payment may not be released now.")
