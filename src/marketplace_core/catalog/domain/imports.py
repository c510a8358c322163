"""What an import brings, and what it did or would do."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.catalog.domain.errors import MalformedProduct
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.money import Money, exponent

PRODUCTS_MAX: Final = 10_000


@frozen(kw_only=True)
class ImportedVariant:
    """A form of a product as a file gives it. ``stock`` None leaves the count as it is; ``line`` is the file's."""

    line: int
    options: tuple[str, ...]
    sku: str | None
    price: Decimal
    stock: int | None


@frozen(kw_only=True)
class ImportedProduct:
    """A product as a file gives it; None leaves as it is what the product has already.

    ``category`` is a name or a slug. ``notes`` are remarks for whoever imports, such as pictures that were not fetched.
    """

    line: int
    handle: str
    title: str
    description: str | None
    category: str | None
    tags: tuple[str, ...] | None
    published: bool | None
    option_names: tuple[str, ...]
    variants: tuple[ImportedVariant, ...]
    notes: tuple[str, ...] = ()


@frozen(kw_only=True)
class RowError:
    """Why a line of the file, and with it the whole product ``handle``, was not imported."""

    line: int
    handle: str | None
    reason: str


class Outcome(Enum):
    """What the import did with a product, or would do."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@frozen(kw_only=True)
class FieldChange:
    """A field that differs, as a person reads it; ``old`` is None for something new."""

    field: str
    old: str | None
    new: str


@frozen(kw_only=True)
class ProductDiff:
    """One product of an import: what became of it, and which fields differ.

    In a dry run ``product_id`` is None for a new product.
    """

    line: int
    handle: str
    title: str
    product_id: ProductId | None
    variants: int
    outcome: Outcome
    changes: tuple[FieldChange, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do. Errors are in the order of the file's lines."""

    dry_run: bool
    products: tuple[ProductDiff, ...]
    errors: tuple[RowError, ...]

    def count(self, outcome: Outcome) -> int:
        """Tell how many products ended so."""
        return sum(product.outcome is outcome for product in self.products)

    @property
    def variants(self) -> int:
        """The number of variants of all products that are not in error."""
        return sum(product.variants for product in self.products)

    @property
    def refused(self) -> tuple[str, ...]:
        """The handles of the products that were not imported; a line without a handle names itself."""
        return tuple(dict.fromkeys(error.handle or f"line {error.line}" for error in self.errors))


def money_of(price: Decimal, currency: str) -> Money:
    """Return a decimal price in minor units. Raises ``MalformedProduct`` if the currency has no such fraction."""
    minor = price.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise MalformedProduct("price", f"{price} has more decimals than {currency} has")
    return Money(int(minor), currency)


def changes_between(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return the fields of ``new`` that ``old`` lacks or says otherwise."""
    return tuple(
        FieldChange(field=field, old=old.get(field), new=value)
        for field, value in new.items()
        if old.get(field) != value
    )
