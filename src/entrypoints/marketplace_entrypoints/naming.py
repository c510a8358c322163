"""Names in a list with commas, as an operator writes them."""

from collections.abc import Iterable
from typing import Final

from marketplace_core.kernel.errors import InvalidInput

ALL: Final = "all"


def named(words: str, known: Iterable[str], what: str, unknown: type[InvalidInput]) -> tuple[str, ...]:
    """Return what is named in a list with commas, each once, in the order in which it is known."""
    known = tuple(known)
    given = {word for word in (one.strip() for one in words.split(",")) if word}
    if given == {ALL}:
        return known
    strange = sorted(given - set(known))
    if strange or not given:
        says = f"There is no {what} {', '.join(map(repr, strange))}" if strange else f"No {what} is named"
        raise unknown(f"{says}; there are {', '.join(known)}, or {ALL} for every one.", known=list(known))
    return tuple(name for name in known if name in given)
