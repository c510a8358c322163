"""Plain text from sellers: kept exactly as written, never a template, never markup.

Whoever shows it escapes it for the place where it is shown. What is refused here has no business in a text at all.
"""

import unicodedata
from typing import Final

_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Embeddings, overrides and isolates: with them a text reads differently from what it says.
_DIRECTION_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_problem(value: object, *, length_max: int, lines: bool) -> str | None:
    """Say what is wrong with a text, or return None; ``lines`` allows line breaks. Lengths count characters."""
    if not isinstance(value, str):
        return "This is a text."
    if len(value) > length_max:
        return f"At most {length_max} characters; this has {len(value)}."
    if any(_is_refused(character) for character in value if not (lines and character == "\n")):
        return "Control characters, and characters that turn the reading direction, have no place here."
    return None


def _is_refused(character: str) -> bool:
    return character in _DIRECTION_CONTROLS or unicodedata.category(character) in _REFUSED_CATEGORIES
