"""The language of a page: its words, and how it writes money, dates and numbers."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen
from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations, Translations

from marketplace_core.kernel.money import Money, exponent

CATALOGUES: Final = Path(__file__).parent / "locale"
CODES: Final = ("en", "ru")
"""The languages of the pages, the first is spoken to everybody we do not know better of."""
NAMES: Final[Mapping[str, str]] = {"en": "English", "ru": "Русский"}
UTC: Final = ZoneInfo("UTC")


def msg(message: str) -> str:
    """Mark a message for translation where it stands."""
    return message


@frozen(kw_only=True)
class Language:
    """One language, in one time zone."""

    code: str
    locale: Locale
    words: NullTranslations
    zone: tzinfo = UTC

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language, its ``%(name)s`` filled in."""
        said = self.words.ugettext(message)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a message that goes with a number, which is ``%(num)s`` in it."""
        return self.words.ungettext(one, many, number) % {"num": self.number(number), **values}

    def money(self, amount: Money) -> str:
        """Write an amount as people of this language do."""
        digits = exponent(amount.currency)
        major = Decimal(amount.amount_minor).scaleb(-digits)
        return format_currency(major, amount.currency, locale=self.locale)

    def number(self, value: int | float) -> str:
        """Write a number."""
        return format_decimal(value, locale=self.locale)

    def percent(self, bps: int) -> str:
        """Write basis points as per cent, no digit lost."""
        return format_percent(Decimal(bps) / 10_000, locale=self.locale, decimal_quantization=False)

    def date(self, moment: datetime) -> str:
        """Write the day of a moment."""
        return format_date(moment.astimezone(self.zone), "d MMMM y", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """Write day and time of a moment."""
        return format_datetime(moment, "d MMM y, HH:mm", tzinfo=self.zone, locale=self.locale)

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166 code; an unknown code stays as it is."""
        return str(self.locale.territories.get(code, code))


def duration(milliseconds: int) -> str:
    """Write a length of time as players do: ``1:05``."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes}:{seconds:02}"


@cache
def language(code: str) -> Language:
    """Return the language of that code, or the first one."""
    known = code if code in CODES else CODES[0]
    return Language(code=known, locale=Locale.parse(known), words=_words(known))


def preferred(header: str) -> str:
    """Return the code that suits an ``Accept-Language`` header best."""
    return negotiate_locale(_asked(header), CODES, sep="-") or CODES[0]


def zone_of(name: str) -> tzinfo:
    """Return the time zone of that name, or UTC for a name nobody knows."""
    try:
        return ZoneInfo(name) if name and len(name) <= 64 else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _asked(header: str) -> Sequence[str]:
    ranked: list[tuple[float, str]] = []
    for part in header[:200].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(ranked, key=lambda pair: pair[0]) if tag and tag != "*"]


def _words(code: str) -> NullTranslations:
    """Read a catalogue as translators write it; it is compiled in memory."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
