"""The forms in which a product is sold, and what each costs."""

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from marketplace_core.catalog.domain.errors import MalformedProduct
from marketplace_core.catalog.domain.texts import one_line
from marketplace_core.kernel.ids import OfferId, VariantId
from marketplace_core.kernel.money import Money

OPTION_NAMES_MAX: Final = 3
OPTION_LENGTH_MAX: Final = 60
VARIANTS_MAX: Final = 100
SKU_LENGTH_MAX: Final = 64
PRICE_MINOR_MAX: Final = 100_000_000
_SKU: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")


@frozen(kw_only=True)
class Offer:
    """A seller's price for a variant. A price of zero means that it has not been set yet."""

    offer_id: OfferId
    price: Money


@frozen(kw_only=True)
class Variant:
    """One form of a product: a value for each of its option names; ``sku`` is the seller's own number for it."""

    variant_id: VariantId
    options: tuple[str, ...]
    sku: str | None
    offer: Offer

    @property
    def title(self) -> str:
        """The option values as a person reads them; empty for the only form of a product without options."""
        return " / ".join(self.options)

    def is_like(self, options: Sequence[str]) -> bool:
        """Tell whether these are its option values, in any capitals."""
        return folded(self.options) == folded(options)

    def at(self, price: Money) -> "Variant":
        """Return the variant at another price. Raises ``MalformedProduct``."""
        return evolve(self, offer=evolve(self.offer, price=checked_price(price)))


def folded(options: Sequence[str]) -> tuple[str, ...]:
    """Return option values in the form in which they are compared."""
    return tuple(option.casefold() for option in options)


def checked_price(price: Money) -> Money:
    """Return the price, or raise ``MalformedProduct``."""
    if not 0 <= price.amount_minor <= PRICE_MINOR_MAX:
        raise MalformedProduct("price", f"is 0 to {PRICE_MINOR_MAX} minor units")
    return price


def checked_sku(sku: str | None) -> str | None:
    """Return the SKU without spaces around it, None for an empty one. Raises ``MalformedProduct``."""
    stripped = (sku or "").strip()
    if not stripped:
        return None
    if len(stripped) > SKU_LENGTH_MAX or not _SKU.fullmatch(stripped):
        raise MalformedProduct("sku", f"is at most {SKU_LENGTH_MAX} visible ASCII characters")
    return stripped


def checked_option_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names by which variants differ. Raises ``MalformedProduct`` for too many, empty or equal ones."""
    if len(names) > OPTION_NAMES_MAX:
        raise MalformedProduct("option_names", f"has at most {OPTION_NAMES_MAX} names")
    checked = tuple(one_line(name, field="option_names", length_max=OPTION_LENGTH_MAX) for name in names)
    if len(set(folded(checked))) < len(checked):
        raise MalformedProduct("option_names", "must differ from each other")
    return checked


def checked_options(options: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return the values of a variant, one per name. Raises ``MalformedProduct``."""
    if len(options) != len(names):
        expected = ", ".join(names) or "none"
        raise MalformedProduct("options", f"needs one value for each option of the product ({expected})")
    return tuple(one_line(option, field="options", length_max=OPTION_LENGTH_MAX) for option in options)
