"""What sellers type about a product: texts, a category out of the tree, tags, options, rows of variants."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.catalog import CategoryView, ListCategories, NewVariant, ProductView
from marketplace_core.kernel.money import Money
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

OPTIONS: Final = (1, 2, 3)
ROWS: Final = 3
ROWS_MORE: Final = 5
ROWS_MAX: Final = 60
"""More rows than this do not fit into one form; the rest are added one by one, or imported."""
NESTED: Final = "\u2003"


@frozen(kw_only=True)
class Texts:
    """What a product says of itself."""

    title: str
    description: str
    category: str | None
    tags: tuple[str, ...]

    @classmethod
    def typed(cls, form: Form) -> "Texts":
        """Read them from a form; tags are separated by commas."""
        tags = [tag.strip() for tag in form.text("tags").split(",")]
        return cls(
            title=form.text("title", required=True),
            description=form.text("description"),
            category=form.text("category") or None,
            tags=tuple(tag for tag in tags if tag),
        )

    @classmethod
    def of(cls, product: ProductView) -> "Texts":
        """Return those of a product."""
        return cls(
            title=product.title, description=product.description, category=product.category_slug, tags=product.tags
        )

    @property
    def digest(self) -> str:
        """A short name of exactly these texts."""
        written = json.dumps([self.title, self.description, self.category, self.tags])
        return hashlib.sha256(written.encode()).hexdigest()[:16]


async def category_choices(visit: Visit) -> Sequence[tuple[str, str]]:
    """Return every category by slug and name, those below another one indented."""
    tree = await visit.ask(ListCategories())
    return [("", visit.language.say("No category yet")), *_indented(tree)]


def option_names(form: Form) -> tuple[str, ...]:
    """Return the names of the options that were typed."""
    return tuple(name for name in (form.text(f"option{number}") for number in OPTIONS) if name)


def rows_of(form: Form) -> int:
    """Return how many rows of variants the form has."""
    return max(1, min(form.whole("rows", ROWS), ROWS_MAX))


def variants_of(form: Form, currency: str, rows: int) -> tuple[NewVariant, ...]:
    """Return the variants that were typed; a row in which nothing stands is none."""
    used = [number for number in OPTIONS if form.text(f"option{number}")]
    return tuple(
        variant for row in range(rows) if (variant := variant_of(form, currency, f"r{row}_", used)) is not None
    )


def variant_of(form: Form, currency: str, prefix: str, options: Sequence[int]) -> NewVariant | None:
    """Return the variant of one row, or None if nothing stands there."""
    values = tuple(form.text(f"{prefix}o{number}") for number in options)
    sku, stock = form.text(f"{prefix}sku"), f"{prefix}stock"
    price = price_of(form, f"{prefix}price", currency)
    if not any((*values, sku, form.text(f"{prefix}price"))):
        return None
    return NewVariant(
        options=values,
        sku=sku or None,
        price_minor=price.amount_minor,
        currency=currency,
        stock=form.whole(stock, 0),
    )


def price_of(form: Form, name: str, currency: str) -> Money:
    """Return the price that was typed; nothing typed means not priced yet."""
    return form.money(name, currency) if form.text(name) else Money.zero(currency)


def plain(price: Money) -> str:
    """Return a price as it is typed, without its currency; nothing for one that is not set."""
    return str(price).partition(" ")[0] if price else ""


def _indented(categories: Sequence[CategoryView], depth: int = 0) -> Iterator[tuple[str, str]]:
    for category in categories:
        yield category.slug, f"{NESTED * depth}{category.name}"
        yield from _indented(category.children, depth + 1)
