"""Names for addresses: lower-case ASCII words joined by hyphens."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

from marketplace_core.catalog.domain.errors import MalformedProduct

SLUG_LENGTH_MAX: Final = 80
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")
_SILENT: Final = re.compile("['’ʼ`]")

# Letters that Unicode does not decompose into ASCII ones. Cyrillic as commonly read in English; one row each for the
# Russian alphabet, its Ukrainian, Belarusian, Serbian and Macedonian neighbours, and Latin letters of their own.
_LETTERS: Final = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True)),
    "ё": "yo",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "і": "i",
    "ї": "yi",
    "ґ": "g",
    "ў": "u",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "ѓ": "g",
    "ќ": "k",
    "ѕ": "dz",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
}


def slug_of(text: str, *, length_max: int = SLUG_LENGTH_MAX) -> str:
    """Derive a slug from a text; empty if nothing of it can be spelled in ASCII."""
    spelled = "".join(_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text).lower())
    ascii_only = unicodedata.normalize("NFKD", _SILENT.sub("", spelled)).encode("ascii", "ignore").decode()
    slug = _BETWEEN_WORDS.sub("-", ascii_only.lower()).strip("-")
    if len(slug) <= length_max:
        return slug
    whole_words, _, _ = slug[: length_max + 1].rpartition("-")
    return whole_words or slug[:length_max]


def checked_slug(slug: str, *, field: str) -> str:
    """Return the slug, or raise ``MalformedProduct``."""
    if len(slug) > SLUG_LENGTH_MAX or not _SLUG.fullmatch(slug):
        raise MalformedProduct(field, f"is at most {SLUG_LENGTH_MAX} lower-case letters, digits and single hyphens")
    return slug


def free_slug(stem: str, taken: Container[str]) -> str:
    """Return the stem, or the first of ``stem-2``, ``stem-3`` … that is not taken."""
    candidate, number = stem, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate
