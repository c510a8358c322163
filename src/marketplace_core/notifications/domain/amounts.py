"""Money as people of a language write it."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from marketplace_core.kernel.money import Money, exponent

_SYMBOLS: Final[Mapping[str, str]] = {
    "EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "JPY": "¥", "UAH": "₴", "PLN": "zł", "TRY": "₺", "KZT": "₸",
}  # fmt: skip
NO_BREAK: Final = "\u00a0"


@frozen(kw_only=True)
class AmountStyle:
    """Separators of a language, and whether the sign of the currency stands before the number."""

    group: str
    decimal: str
    symbol_first: bool


STYLES: Final[Mapping[str, AmountStyle]] = {
    "en": AmountStyle(group=",", decimal=".", symbol_first=True),
    "ru": AmountStyle(group=NO_BREAK, decimal=",", symbol_first=False),
}


def amount_in(money: Money, language: str) -> str:
    """Write an amount in a language: €1,234.50 in English, 1 234,50 € in Russian."""
    style = STYLES[language]
    digits = exponent(money.currency)
    whole, fraction = divmod(abs(money.amount_minor), 10**digits)
    number = f"{whole:,}".replace(",", style.group)
    if digits:
        number = f"{number}{style.decimal}{fraction:0{digits}d}"
    sign = "-" if money.amount_minor < 0 else ""
    symbol = _SYMBOLS.get(money.currency)
    if not style.symbol_first:
        return f"{sign}{number}{NO_BREAK}{symbol or money.currency}"
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{money.currency}{NO_BREAK}{number}"
