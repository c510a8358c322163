"""Rows of the catalogue to what readers answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from marketplace_adapters.sqlalchemy.catalog_rows import images_of, video_of
from marketplace_core.catalog import (
    CategoryView,
    ImageView,
    MovementKind,
    OfferCard,
    ProductCard,
    ProductDocument,
    ProductStatus,
    ProductVideo,
    ProductView,
    StockMovement,
    VariantView,
)
from marketplace_core.catalog.domain.publishing import why_not_purchasable
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.money import Money


def offer_card_of(row: Row[Any]) -> OfferCard:
    """Return the card of an offer's row."""
    reason = _reason(row)
    return OfferCard(
        offer_id=row.offer_id,
        product_id=row.product_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        seller_slug=row.seller_slug,
        title=row.title,
        variant_title=row.variant_title,
        sku=row.sku,
        price=Money(row.price_minor, row.currency),
        available=row.available,
        purchasable=reason is None,
        reason=reason,
        image_url=row.image_url,
    )


def card_of(row: Row[Any]) -> ProductCard:
    """Return the card of a product's row with the sums over its offers."""
    listed = _listed(row)
    return ProductCard(
        product_id=row.product_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        seller_slug=row.seller_slug,
        handle=row.handle,
        title=row.title,
        status=ProductStatus(row.status),
        listed=listed,
        category_id=row.category_id,
        price_from=_money(row.price_from_minor, row.currency),
        price_to=_money(row.price_to_minor, row.currency),
        in_stock=(row.available_most or 0) > 0,
        purchasable=listed and (row.purchasable_most or 0) > 0,
        only_offer_id=row.priced_first if row.priced_first == row.priced_last else None,
        image_url=row.image_url,
        video=_ready(row),
        created_at=row.created_at,
        published_at=row.published_at,
        version=row.version,
    )


def document_of(rows: Sequence[Row[Any]]) -> ProductDocument:
    """Return what search may show: a row per variant and category above."""
    first = rows[0]
    video = _ready(first)
    prices = [row.price_minor for row in rows if row.price_minor]
    above = {row.above_depth: row.above_slug for row in rows if row.above_slug is not None}
    return ProductDocument(
        product_id=first.product_id,
        seller_id=first.seller_id,
        seller_name=first.seller_name,
        seller_slug=first.seller_slug,
        handle=first.handle,
        title=first.title,
        description=first.description,
        category_id=first.category_id,
        category_name=first.category_name,
        category_slugs=tuple(above[depth] for depth in sorted(above)),
        tags=tuple(first.tags),
        options=tuple(sorted({option for row in rows for option in row.options or ()})),
        skus=tuple(sorted({row.sku for row in rows if row.sku})),
        price_from=_money(min(prices, default=None), first.currency),
        price_to=_money(max(prices, default=None), first.currency),
        in_stock=any(row.available > 0 for row in rows),
        has_video=video is not None,
        image_url=first.image_url,
        poster_url=video.poster_url if video else None,
        published_at=first.published_at,
    )


def view_of(rows: Sequence[Row[Any]]) -> ProductView:
    """Return everything about a product: a row per variant, in order."""
    first = rows[0]
    return ProductView(
        product_id=first.product_id,
        seller_id=first.seller_id,
        seller_name=first.seller_name,
        seller_slug=first.seller_slug,
        handle=first.handle,
        title=first.title,
        description=first.description,
        status=ProductStatus(first.status),
        on_hold=first.on_hold,
        category_id=first.category_id,
        category_slug=first.category_slug,
        category_name=first.category_name,
        tags=tuple(first.tags),
        currency=first.currency,
        option_names=tuple(first.option_names),
        variants=tuple(_variant(row) for row in rows if row.variant_id is not None),
        images=tuple(
            ImageView(
                image_id=image.image_id,
                state=image.state,
                url=image.url,
                content_type=image.content_type,
                width=image.width,
                height=image.height,
            )
            for image in images_of(first.images)
        ),
        video=video_of(first.video),
        created_at=first.created_at,
        changed_at=first.changed_at,
        published_at=first.published_at,
        version=first.version,
    )


def tree_of(rows: Sequence[Row[Any]], parent_id: str | None = None) -> tuple[CategoryView, ...]:
    """Return the categories below one, siblings in the order of the rows."""
    return tuple(
        CategoryView(
            category_id=row.category_id,
            slug=row.slug,
            name=row.name,
            parent_id=row.parent_id,
            children=tree_of(rows, row.category_id),
        )
        for row in rows
        if row.parent_id == parent_id
    )


def movement_of(row: Row[Any], offer_id: OfferId) -> StockMovement:
    """Return the movement of a row."""
    return StockMovement(
        offer_id=offer_id,
        kind=MovementKind(row.kind),
        quantity=row.quantity,
        order_id=row.order_id,
        reason=row.reason,
        at=row.at,
    )


def _variant(row: Row[Any]) -> VariantView:
    reason = _reason(row)
    return VariantView(
        variant_id=row.variant_id,
        options=tuple(row.options),
        title=row.variant_title,
        sku=row.sku,
        offer_id=row.offer_id,
        price=Money(row.price_minor, row.currency),
        available=row.available,
        purchasable=reason is None,
        reason=reason,
    )


def _reason(row: Row[Any]) -> str | None:
    return why_not_purchasable(
        status=ProductStatus(row.status), on_hold=row.on_hold, price_minor=row.price_minor, available=row.available
    )


def _listed(row: Row[Any]) -> bool:
    return ProductStatus(row.status) is ProductStatus.PUBLISHED and not row.on_hold


def _ready(row: Row[Any]) -> ProductVideo | None:
    video = video_of(row.video)
    return video if video and video.is_ready else None


def _money(amount_minor: int | None, currency: str) -> Money | None:
    return None if amount_minor is None else Money(amount_minor, currency)
