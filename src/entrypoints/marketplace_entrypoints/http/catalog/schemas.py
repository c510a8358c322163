"""The bodies of catalogue requests."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from marketplace_core.catalog import NewVariant
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_entrypoints.http.dependencies import Incoming

STOCK_MAX = 1_000_000


def _example(**body: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [body]})


class CategoryIn(Incoming):
    """A new category; ``parent`` is the id or slug of the one above."""

    model_config = _example(slug="guitars", name="Guitars", parent="instruments")

    slug: str = Field(min_length=1, max_length=100)
    name: str = Field(min_length=1, max_length=200)
    parent: str | None = Field(default=None, max_length=100)


class VariantIn(Incoming):
    """A form of a product: its options in the order of the product's option names, its price and stock."""

    model_config = _example(options=["Small"], sku="CUP-S", price_minor=1200, currency="EUR", stock=5)

    options: list[str] = Field(default_factory=list, max_length=3)
    sku: str | None = Field(default=None, max_length=100)
    price_minor: int = Field(ge=0, le=AMOUNT_MINOR_MAX)
    currency: str = Field(pattern="^[A-Z]{3}$")
    stock: int = Field(default=0, ge=0, le=STOCK_MAX)

    def variant(self) -> NewVariant:
        """Return it as the core's value."""
        return NewVariant(
            options=tuple(self.options),
            sku=self.sku,
            price_minor=self.price_minor,
            currency=self.currency,
            stock=self.stock,
        )


class VariantNameIn(Incoming):
    """What a form is called from now on: its options in the order of the product's option names, and its SKU."""

    model_config = _example(options=["Medium"], sku="CUP-M")

    options: list[str] = Field(default_factory=list, max_length=3)
    sku: str | None = Field(default=None, max_length=100)


class ProductIn(Incoming):
    """A new product, still a draft; ``category`` is an id or a slug."""

    model_config = _example(
        title="Blue Cup",
        description="Thrown by hand, glazed in cobalt.",
        category="cups",
        option_names=["Size"],
        variants=[{"options": ["Small"], "sku": "CUP-S", "price_minor": 1200, "currency": "EUR", "stock": 5}],
        tags=["blue"],
    )

    title: str = Field(min_length=1, max_length=300)
    description: str = Field(default="", max_length=20_000)
    category: str | None = Field(default=None, max_length=100)
    option_names: list[str] = Field(default_factory=list, max_length=3)
    variants: list[VariantIn] = Field(default_factory=list, max_length=100)
    handle: str | None = Field(default=None, max_length=200)
    tags: list[str] = Field(default_factory=list, max_length=50)


class ProductChangesIn(Incoming):
    """What to change; what is left out stays."""

    model_config = _example(title="Blue Cup, large")

    title: str | None = Field(default=None, min_length=1, max_length=300)
    description: str | None = Field(default=None, max_length=20_000)
    category: str | None = Field(default=None, max_length=100)
    tags: list[str] | None = Field(default=None, max_length=50)


class PriceIn(Incoming):
    """A new price in minor units."""

    model_config = _example(price_minor=1300, currency="EUR")

    price_minor: int = Field(ge=0, le=AMOUNT_MINOR_MAX)
    currency: str = Field(pattern="^[A-Z]{3}$")


class StockIn(Incoming):
    """A change of stock: ``delta`` units more or fewer, or counted anew so that ``to`` units are unsold."""

    model_config = _example(delta=10, reason="delivery from the kiln")

    delta: int | None = Field(default=None, ge=-STOCK_MAX, le=STOCK_MAX)
    to: int | None = Field(default=None, ge=0, le=STOCK_MAX)
    reason: str = Field(min_length=1, max_length=200)


class ImageOrderIn(Incoming):
    """Every picture that is shown, in the order in which it is to be shown."""

    model_config = _example(image_ids=["img_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])

    image_ids: list[Annotated[str, Field(max_length=64)]] = Field(max_length=100)


class ImageIn(Incoming):
    """A picture that is to come: image/jpeg, image/png or image/webp."""

    model_config = _example(content_type="image/jpeg", upload_bytes=120_000)

    content_type: str = Field(min_length=3, max_length=100)
    upload_bytes: int = Field(ge=1, le=2**40)
    sha256: str = Field(default="", max_length=64, description="Its SHA-256, if known: other bytes are then refused")
