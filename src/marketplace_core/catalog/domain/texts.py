"""What people write: normalised once, at the door of the domain, and bounded."""

import unicodedata
from typing import Final

from marketplace_core.catalog.domain.errors import MalformedProduct

_LINE_BREAKS: Final = frozenset("\n\t")
# Directional overrides make a text read differently from what it says (Unicode technical report 36).
_DIRECTIONAL: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str, *, field: str, length_max: int, required: bool = True) -> str:
    """Return the text in normal form C with its white space folded into single spaces.

    Raises ``MalformedProduct`` if it is too long, empty though required, or has characters that cannot be seen.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    if required and not folded:
        raise MalformedProduct(field, "must not be empty")
    return _bounded(folded, field, length_max)


def paragraphs(text: str, *, field: str, length_max: int) -> str:
    """Return the text in normal form C with unified line breaks and no space at its ends; may be empty.

    Raises ``MalformedProduct`` as ``one_line`` does.
    """
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return _bounded(unified, field, length_max)


def _bounded(text: str, field: str, length_max: int) -> str:
    if len(text) > length_max:
        raise MalformedProduct(field, f"may have at most {length_max} characters")
    for character in text:
        unseen = unicodedata.category(character) in {"Cc", "Cs"} and character not in _LINE_BREAKS
        if unseen or character in _DIRECTIONAL:
            raise MalformedProduct(field, f"must not contain the character U+{ord(character):04X}")
    return text
