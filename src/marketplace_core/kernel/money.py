"""Money in integer minor units: no fraction of a cent can be written down, so none can be lost."""

from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.errors import InvalidInput

# ISO 4217 exponents that are not 2. Source: ISO 4217 list one (maintained by SIX).
_EXPONENTS: Final = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
AMOUNT_MINOR_MAX: Final = 1_000_000_000_000
"""The largest single amount, in minor units; the ledger refuses more (a slipped zero, not a sale)."""


class CurrencyMismatch(InvalidInput):
    """Two amounts of different currencies met in one sum."""

    code = "kernel.currency_mismatch"


class MalformedMoney(InvalidInput):
    """An amount or a currency that cannot be money."""

    code = "kernel.malformed_money"


def exponent(currency: str) -> int:
    """Tell how many decimal digits the currency's minor unit has (EUR 2, JPY 0, KWD 3)."""
    return _EXPONENTS.get(currency, 2)


@frozen(order=False)
class Money:
    """An amount in minor units of one currency.

    ``amount_minor`` may be negative (a refund, a difference); ``currency`` is an ISO 4217 code in capitals.
    Raises ``MalformedMoney`` for anything else, booleans and floats included.
    """

    amount_minor: int = field()
    currency: str = field()

    def __attrs_post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise MalformedMoney("An amount is a whole number of minor units.")
        if abs(self.amount_minor) > AMOUNT_MINOR_MAX:
            raise MalformedMoney("The amount is larger than the marketplace handles.")
        if (
            len(self.currency) != 3
            or not self.currency.isascii()
            or not self.currency.isalpha()
            or not self.currency.isupper()
        ):
            raise MalformedMoney("A currency is three capital letters, such as EUR.")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Return nothing, in the given currency."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise MalformedMoney("Money is multiplied by whole numbers only; shares go through allocate().")
        return Money(self.amount_minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount_minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount_minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __str__(self) -> str:
        digits = exponent(self.currency)
        sign = "-" if self.amount_minor < 0 else ""
        whole = str(abs(self.amount_minor)).rjust(digits + 1, "0")
        return (
            f"{sign}{whole[:-digits]}.{whole[-digits:]} {self.currency}" if digits else f"{sign}{whole} {self.currency}"
        )

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split into parts proportional to ``weights``; see ``allocate``."""
        return tuple(Money(part, self.currency) for part in allocate(self.amount_minor, weights))

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot meet in one sum.")
        return other.amount_minor


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Sum amounts of one currency; an empty sequence is zero of that currency."""
    result = Money.zero(currency)
    for amount in amounts:
        result = result + amount
    return result


def allocate(amount_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount by largest remainder so that the parts sum to it exactly.

    ``weights`` are non-negative integers, not all zero; ties go to the earlier part, so callers sort by id first.
    A negative amount is split as its mirror image. Raises ``MalformedMoney`` for weights that cannot be shares.
    """
    if not weights or any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise MalformedMoney("An amount is split over at least one positive weight and no negative one.")
    if amount_minor < 0:
        return tuple(-part for part in allocate(-amount_minor, weights))
    whole = sum(weights)
    parts = [amount_minor * weight // whole for weight in weights]
    remainders = [amount_minor * weight % whole for weight in weights]
    missing = amount_minor - sum(parts)
    for position in sorted(range(len(weights)), key=lambda index: (-remainders[index], index))[:missing]:
        parts[position] += 1
    return tuple(parts)


def portion(amount_minor: int, rate_bps: int) -> int:
    """Return ``rate_bps`` basis points of an amount in minor units, rounded half to even."""
    return fraction(amount_minor, rate_bps, 10_000)


def fraction(amount_minor: int, part: int, whole: int) -> int:
    """Return ``part`` of ``whole`` parts of an amount in minor units, rounded half to even; ``whole`` is above zero."""
    quotient, remainder = divmod(amount_minor * part, whole)
    if remainder * 2 > whole or (remainder * 2 == whole and quotient % 2 == 1):
        return quotient + 1
    return quotient
