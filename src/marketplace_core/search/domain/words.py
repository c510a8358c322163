"""Words: how texts and queries are taken apart so that they meet.

Both sides go through the same function, so engines compare plain strings and need no rules of their own.
"""

import unicodedata
from typing import Final

from attrs import frozen

from marketplace_core.search.domain.document import SearchDocument
from marketplace_core.search.domain.errors import QueryTooLong

QUERY_LENGTH_MAX: Final = 200
TERMS_MAX: Final = 16
"""Words beyond these in a query are not looked at."""
WORD_LENGTH_MAX: Final = 64
STEM_LENGTH_MIN: Final = 4
_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`")
# The longest ending first, spelled as `words_of` leaves them (й is и). Only query words are shortened, and only to find
# more, never fewer.
_ENDINGS: Final = (
    *("иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям"),
    *("ies", "ses", "xes", "hes", "zes"),
    *("ах", "ях", "ам", "ям", "ом", "ем", "ов", "ев", "ои", "еи", "ыи", "ии", "ая", "яя", "ое", "ее", "ые", "ие"),
    *("ую", "юю", "ых", "их", "ым", "им", "ия", "ию"),
    *("а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "s", "y"),
)
_KEPT_LETTERS: Final = {"ses": 1, "xes": 1, "hes": 1, "zes": 1}
"""Of English plurals in -es the consonant before them stays; those may be one letter shorter: boxes, box."""


@frozen
class Term:
    """A word of a query: ``word`` as typed, and ``stem``, a beginning of it; words that begin with the stem match."""

    word: str
    stem: str


@frozen
class IndexedWords:
    """The words of a document by how much they say about it."""

    title: tuple[str, ...]
    keywords: tuple[str, ...]
    description: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Take a text apart into words of letters and digits, without case, accents and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (
        character if character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"} else " "
        for character in decomposed.translate(_APOSTROPHES)
        if not unicodedata.combining(character)
    )
    return tuple(word[:WORD_LENGTH_MAX] for word in "".join(kept).split())


def terms_of(query: str) -> tuple[Term, ...]:
    """Take a query apart. Raises ``QueryTooLong`` above 200 characters."""
    if len(query) > QUERY_LENGTH_MAX:
        raise QueryTooLong(f"A search is at most {QUERY_LENGTH_MAX} characters long.", limit=QUERY_LENGTH_MAX)
    distinct = dict.fromkeys(words_of(query))
    return tuple(Term(word, stem_of(word)) for word in list(distinct)[:TERMS_MAX])


def stem_of(word: str) -> str:
    """Return the word without a common English or Russian ending, at least three or four letters of it."""
    for ending in _ENDINGS:
        if word.endswith(ending):
            kept = _KEPT_LETTERS.get(ending, 0)
            stem = word[: len(word) - len(ending) + kept]
            if len(stem) >= STEM_LENGTH_MIN - kept:
                return stem
    return word


def indexed_words(document: SearchDocument) -> IndexedWords:
    """Return the words by which a document is found."""
    keywords = (document.seller_name, *(category.name for category in document.categories), *document.keywords)
    return IndexedWords(
        title=words_of(document.title),
        keywords=tuple(word for text in keywords for word in words_of(text)),
        description=words_of(document.description),
    )
