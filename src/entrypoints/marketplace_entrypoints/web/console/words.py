"""Names states, kinds and reasons of the console in one language, and says which mark each state carries."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from marketplace_core.payments import AccountKind
from marketplace_entrypoints.web.console.names import WORDS, Word
from marketplace_entrypoints.web.console.reasons import (
    DECLINES,
    DISPUTES,
    PAYOUT_FAILURES,
    REFUND_FAILURES,
    REFUND_WAITS,
    REVIEWS,
)
from marketplace_entrypoints.web.language import Language, msg

PLACED: Final = "placed"
"""The first step of every order; all later ones are named after the state they led to."""


class Words:
    """Says things in one language; whatever has no word of its own is shown by its code."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, thing: Enum) -> str:
        """Name it."""
        word = _word(thing)
        return self._language.say(word.text) if word else str(thing.value).replace("_", " ")

    def badge(self, thing: Enum) -> str:
        """Return the kind of badge that goes with it."""
        word = _word(thing)
        return word.badge if word else ""

    def step(self, what: str, state: Enum) -> str:
        """Name a step of a timeline; ``state`` is any state of the thing whose timeline it is."""
        if what == PLACED:
            return self._language.say(msg("Ordered"))
        return next((self(reached) for reached in type(state) if reached.value == what), what)

    def account(self, code: str) -> str:
        """Name an account of the books by its code."""
        kind = code.partition(":")[0]
        return next((self(known) for known in AccountKind if known.value == kind), code)

    def review(self, code: str) -> str:
        """Say why a payment is in review."""
        return self._reason(REVIEWS, code)

    def decline(self, code: str) -> str:
        """Say why a payment was declined."""
        return self._reason(DECLINES, code)

    def payout_failure(self, code: str) -> str:
        """Say why a payout failed or is held back."""
        return self._reason(PAYOUT_FAILURES, code)

    def refund_failure(self, code: str) -> str:
        """Say why a refund did not go through, or came back."""
        return self._reason(REFUND_FAILURES, code)

    def refund_wait(self, code: str) -> str:
        """Say what a refund waits for at the provider."""
        return self._reason(REFUND_WAITS, code)

    def dispute(self, code: str) -> str:
        """Say what a buyer has told their bank."""
        return self._reason(DISPUTES, code)

    def _reason(self, reasons: Mapping[str, str], code: str) -> str:
        return self._language.say(reasons[code]) if code in reasons else code


def said(language: Language) -> Words:
    """Return the words of a language, for templates."""
    return Words(language)


def _word(thing: Enum) -> Word | None:
    return WORDS.get((type(thing), thing.value))
