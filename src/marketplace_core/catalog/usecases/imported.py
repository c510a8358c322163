"""One product of an import: found or started, brought up to what the file says, and compared with what it was."""

import copy
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import define, field, frozen

from marketplace_core.catalog.domain.category import UNCATEGORISED_SLUG, Category
from marketplace_core.catalog.domain.errors import SkuTaken
from marketplace_core.catalog.domain.imports import (
    FieldChange,
    ImportedProduct,
    ImportedVariant,
    Outcome,
    ProductDiff,
    RowError,
    changes_between,
    money_of,
)
from marketplace_core.catalog.domain.lifecycle import ProductStatus, Step
from marketplace_core.catalog.domain.product import Product
from marketplace_core.catalog.domain.publishing import problems
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.slugs import slug_of
from marketplace_core.catalog.domain.stock import StockLevel, checked_units
from marketplace_core.catalog.domain.variant import Variant, folded
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError, RuleBroken
from marketplace_core.kernel.ids import CategoryId, IdFactory, OfferId, ProductId, VariantId

UNCATEGORISED_NAME: Final = "Uncategorised"
DEFAULT_VARIANT: Final = "default"


class Refused(Exception):
    """The product is not imported; ``error`` says why."""

    def __init__(self, error: RowError) -> None:
        super().__init__(error.reason)
        self.error = error


class OtherOptions(RuleBroken):
    """The product in the shop differs by other options than the one in the file."""

    code = "catalog.other_options"


class ProductIsArchived(RuleBroken):
    """The file names a product that was put away for good."""

    code = "catalog.product_is_archived"


@define
class Filing:
    """Where products of an import go: known categories by slug, and the catch-all, made when it is first needed."""

    known: dict[str, Category]
    ids: IdFactory
    made: Category | None = None

    def category_for(self, said: str | None, present: CategoryId | None) -> CategoryId:
        """Return the category that the file names; otherwise the present one; otherwise the catch-all."""
        named = self.known.get(slug_of(said)) if said else None
        if named is None and present is not None:
            return present
        return (named or self._catch_all()).category_id

    def label(self, category_id: CategoryId | None) -> str:
        """Return the category's slug as far as it is known here."""
        for slug, category in self.known.items():
            if category.category_id == category_id:
                return slug
        return category_id or ""

    def _catch_all(self) -> Category:
        found = self.known.get(UNCATEGORISED_SLUG)
        if found is None:
            category_id = CategoryId(self.ids.new("cat"))
            found = Category.under(None, category_id=category_id, slug=UNCATEGORISED_SLUG, name=UNCATEGORISED_NAME)
            self.made = self.known[UNCATEGORISED_SLUG] = found
        return found


@define(kw_only=True)
class Imported:
    """A product brought up to what the file says, not yet stored."""

    row: ImportedProduct
    product: Product
    is_new: bool
    changes: tuple[FieldChange, ...] = ()
    product_differs: bool = False
    openings: list[StockLevel] = field(factory=list)
    adjustments: list[tuple[StockLevel, int]] = field(factory=list)
    notes: list[str] = field(factory=list)

    def diff(self, *, dry_run: bool) -> ProductDiff:
        """Describe it for the report."""
        outcome = Outcome.CREATED if self.is_new else Outcome.CHANGED if self.changes else Outcome.UNCHANGED
        return ProductDiff(
            line=self.row.line,
            handle=self.row.handle,
            title=self.product.title,
            product_id=None if self.is_new and dry_run else self.product.product_id,
            variants=len(self.row.variants),
            outcome=outcome,
            changes=self.changes,
            notes=(*self.row.notes, *self.notes),
        )


@frozen(kw_only=True)
class Workbench:
    """What a batch of an import starts from: the shop, and whatever of it the file names."""

    shop: Shop
    present: Mapping[str, Product]
    levels: Mapping[OfferId, StockLevel]
    holders: Mapping[str, ProductId]
    filing: Filing
    ids: IdFactory
    now: datetime

    def take(self, row: ImportedProduct) -> Imported:
        """Bring one product up to what the file says. Raises ``Refused``."""
        at = [row.line]
        try:
            return self._taken(row, at)
        except (RuleBroken, InvalidInput) as error:
            raise Refused(RowError(line=at[-1], handle=row.handle, reason=said(error))) from error

    def _taken(self, row: ImportedProduct, at: list[int]) -> Imported:
        present = self.present.get(row.handle)
        before = copy.copy(present) if present else None
        imported = Imported(row=row, product=self._described(row, present), is_new=present is None)
        for variant in row.variants:
            at.append(variant.line)
            self._require_own_sku(variant, imported.product)
            self._bring_in(variant, imported)
        at.append(row.line)
        self._publish(imported)
        self._compare(before, imported)
        return imported

    def _described(self, row: ImportedProduct, present: Product | None) -> Product:
        if present is None:
            return Product.draft(
                product_id=ProductId(self.ids.new("prd")),
                shop=self.shop,
                handle=row.handle,
                title=row.title,
                description=row.description or "",
                category_id=self.filing.category_for(row.category, None),
                option_names=row.option_names,
                tags=row.tags or (),
                now=self.now,
            )
        if present.status is ProductStatus.ARCHIVED:
            raise ProductIsArchived("the shop's product with this handle is archived")
        if folded(present.option_names) != folded(row.option_names):
            in_shop, in_file = (", ".join(names) or "none" for names in (present.option_names, row.option_names))
            raise OtherOptions(f"its options are {in_shop} in the shop and {in_file} in the file")
        present.describe(
            title=row.title,
            description=row.description,
            category_id=self.filing.category_for(row.category, present.category_id),
            tags=row.tags,
            now=self.now,
        )
        return present

    def _require_own_sku(self, variant: ImportedVariant, product: Product) -> None:
        holder = self.holders.get(variant.sku) if variant.sku else None
        if variant.sku and holder not in (None, product.product_id):
            raise SkuTaken(variant.sku)

    def _bring_in(self, wanted: ImportedVariant, imported: Imported) -> None:
        product = imported.product
        price = money_of(wanted.price, self.shop.currency)
        found = matching(product.variants, wanted)
        if found is None:
            added = product.add_variant(
                variant_id=VariantId(self.ids.new("var")),
                options=wanted.options,
                sku=wanted.sku,
                offer_id=OfferId(self.ids.new("off")),
                price=price,
                now=self.now,
            )
            units = checked_units(wanted.stock or 0)
            opening = StockLevel(offer_id=added.offer.offer_id, product_id=product.product_id, on_hand=units)
            imported.openings.append(opening)
            return
        sku = wanted.sku or found.sku
        if (found.options, found.sku) != (wanted.options, sku):
            product.rename_variant(found.variant_id, options=wanted.options, sku=sku, now=self.now)
        product.price_offer(found.offer.offer_id, price, now=self.now)
        if wanted.stock is not None:
            level = self.levels[found.offer.offer_id]
            delta = level.adjustment(to=checked_units(wanted.stock))
            if delta:
                imported.adjustments.append((level, delta))

    def _publish(self, imported: Imported) -> None:
        product, wanted = imported.product, imported.row.published
        if wanted is False and product.status is ProductStatus.PUBLISHED:
            product.withdraw(Step.UNPUBLISH, now=self.now)
        if wanted is not True or product.status is not ProductStatus.DRAFT:
            return
        missing = problems(product.variants, product.category_id, product.images, product.video, self.shop)
        if missing:
            imported.notes.append(f"stays a draft: {', '.join(missing)}")
        else:
            product.publish(self.shop, now=self.now)

    def _compare(self, before: Product | None, imported: Imported) -> None:
        labels = {variant.offer.offer_id: variant.title or DEFAULT_VARIANT for variant in imported.product.variants}
        own = changes_between(self._fields(before, labels), self._fields(imported.product, labels))
        counts = [
            FieldChange(
                field=f"stock of {labels[level.offer_id]}", old=str(level.unsold), new=str(level.unsold + delta)
            )
            for level, delta in imported.adjustments
        ]
        opened = [
            FieldChange(field=f"stock of {labels[level.offer_id]}", old=None, new=str(level.on_hand))
            for level in imported.openings
        ]
        imported.product_differs = bool(own)
        imported.changes = (*own, *counts, *opened)

    def _fields(self, product: Product | None, labels: Mapping[OfferId, str]) -> Mapping[str, str]:
        if product is None:
            return {}
        fields = {
            "title": product.title,
            "description": product.description,
            "category": self.filing.label(product.category_id),
            "tags": ", ".join(product.tags),
            "status": product.status.value,
        }
        for variant in product.variants:
            label = labels[variant.offer.offer_id]
            fields[f"variant {label}"] = variant.title or DEFAULT_VARIANT
            fields[f"price of {label}"] = str(variant.offer.price)
            fields[f"SKU of {label}"] = variant.sku or ""
        return fields


def matching(variants: Sequence[Variant], wanted: ImportedVariant) -> Variant | None:
    """Return the variant with the same SKU, or else with the same option values."""
    by_sku = next((variant for variant in variants if wanted.sku and variant.sku == wanted.sku), None)
    return by_sku or next((variant for variant in variants if variant.is_like(wanted.options)), None)


def said(error: MarketplaceError) -> str:
    """Return an error as the reason of a row: without the full stop of a sentence."""
    return error.message.rstrip(".")
