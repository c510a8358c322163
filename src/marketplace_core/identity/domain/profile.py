"""Names, locales and countries that can be shown anywhere: in a page, a mail header, a terminal."""

import re
import unicodedata
from typing import Final

from marketplace_core.identity.domain.errors import InvalidProfile

NAME_LENGTH_MAX: Final = 100
DEVICE_LENGTH_MAX: Final = 200
REASON_LENGTH_MAX: Final = 500
_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
# Control, format (bidi overrides among them), surrogate, private and unassigned characters, line separators.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Format characters that some scripts and emoji need inside a word."""


def checked_name(text: str, field: str = "name") -> str:
    """Return the name in NFC with single blanks. Raises ``InvalidProfile`` for an empty, long or unprintable one."""
    name = _printable(text, field, NAME_LENGTH_MAX)
    if not any(character.isalnum() for character in name):
        raise InvalidProfile(field, "A name has at least one letter or digit.")
    return name


def checked_label(text: str, field: str, length_max: int) -> str:
    """Return a free text of one line that may be empty. Raises ``InvalidProfile``."""
    return _printable(text, field, length_max)


def checked_locale(text: str) -> str:
    """Return a locale such as ``en`` or ``ru-RU``. Raises ``InvalidProfile``."""
    if not _LOCALE.fullmatch(text):
        raise InvalidProfile("locale", "A locale looks like en or ru-RU.")
    return text


def checked_country(text: str) -> str:
    """Return a country as two capital letters (ISO 3166-1). Raises ``InvalidProfile``."""
    if not _COUNTRY.fullmatch(text):
        raise InvalidProfile("country", "A country is two capital letters, such as DE.")
    return text


def checked_currency(text: str) -> str:
    """Return a currency as three capital letters (ISO 4217). Raises ``InvalidProfile``."""
    if not _CURRENCY.fullmatch(text):
        raise InvalidProfile("currency", "A currency is three capital letters, such as EUR.")
    return text


def _printable(text: str, field: str, length_max: int) -> str:
    if len(text) > 4 * length_max:
        raise InvalidProfile(field, f"At most {length_max} characters, please.")
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > length_max:
        raise InvalidProfile(field, f"At most {length_max} characters, please.")
    if any(unicodedata.category(character) in _INVISIBLE and character not in _JOINERS for character in name):
        raise InvalidProfile(field, "Characters that cannot be seen are not allowed here.")
    return name
