"""What a password must be (reliability design S-05 and D43).

Length is what counts: no rule about digits or signs. Refused are the passwords that guessers try first: the common ones
with or without look-alike letters and an appended year, runs and repetitions, and words that say who the owner is.
A password is compared in Unicode's NFC, whole, never cut.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from marketplace_core.identity.domain.common_passwords import COMMON
from marketplace_core.identity.domain.errors import WeakPassword

LENGTH_MIN: Final = 8
LENGTH_MIN_PRIVILEGED: Final = 15
"""For sellers and operators, as long as there is no second factor."""
LENGTH_MAX: Final = 128
CONTEXT_WORD_LENGTH_MIN: Final = 3
MARKETPLACE_WORDS: Final = ("marketplace", "market", "shop", "seller", "buyer", "operator")
_LOOKALIKES: Final = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)
_EDGE: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_TAIL: Final = re.compile(r"[\W\d_]+$")
_BETWEEN: Final = re.compile(r"[\W_]+")
_REPEATED: Final = re.compile(r"(.{1,4})\1+.{0,3}", re.DOTALL)


def normalised(password: str, field: str = "password") -> str:
    """Return the password in NFC. Raises ``WeakPassword`` for what cannot be stored or is longer than allowed."""
    if len(password) > 4 * LENGTH_MAX:
        raise WeakPassword("too_long", f"A password has at most {LENGTH_MAX} characters.", field)
    try:
        password.encode()
    except UnicodeEncodeError:
        raise WeakPassword("not_text", "This password holds something that is not text.", field) from None
    text = unicodedata.normalize("NFC", password)
    if len(text) > LENGTH_MAX:
        raise WeakPassword("too_long", f"A password has at most {LENGTH_MAX} characters.", field)
    return text


def checked_password(password: str, *, length_min: int, context: Iterable[str], field: str = "password") -> str:
    """Return the password in NFC if it may be used. Raises ``WeakPassword``.

    ``context`` are texts that say who the owner is: the e-mail address, their name, the name of their shop.
    """
    text = normalised(password, field)
    if len(text) < length_min:
        raise WeakPassword("too_short", f"A password has at least {length_min} characters.", field)
    if _run(text) or _REPEATED.fullmatch(text):
        raise WeakPassword("common", "Runs and repetitions are the first thing that is guessed; choose another.", field)
    guesses = _guesses(text)
    if not guesses.isdisjoint(COMMON):
        raise WeakPassword("common", "Too many people use this password, or one like it; choose another.", field)
    if not guesses.isdisjoint(_context_words(context)):
        raise WeakPassword(
            "personal", "A password must not be your e-mail address, your name, or the marketplace's.", field
        )
    return text


def _guesses(text: str) -> frozenset[str]:
    """Return the words that the password is a mere dressing of."""
    folded = text.casefold()
    forms = {folded, _EDGE.sub("", folded), _TAIL.sub("", folded), _BETWEEN.sub("", folded)}
    forms |= {_EDGE.sub("", form.translate(_LOOKALIKES)) for form in forms}
    return frozenset(form for form in forms if form)


def _context_words(texts: Iterable[str]) -> frozenset[str]:
    words = set(MARKETPLACE_WORDS)
    for text in texts:
        folded = unicodedata.normalize("NFC", text).casefold()
        words |= {folded, folded.partition("@")[0], *_BETWEEN.split(folded), _BETWEEN.sub("", folded)}
    return frozenset(word for word in words if len(word) >= CONTEXT_WORD_LENGTH_MIN)


def _run(text: str) -> bool:
    """Tell whether every character follows the one before it by the same step of -1, 0 or 1: ``abcdefgh``."""
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
