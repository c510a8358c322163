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


def card_of(row: Sequence[Any]) -> ProductCard:
    """Return the card of a product's row with the sums over its offers.

    The row is taken apart at once, in the order of its columns: to look each of them up by its name takes longer than
    all the rest.
    """
    (
        product_id,
        seller_id,
        seller_name,
        seller_slug,
        currency,
        handle,
        title,
        status,
        on_hold,
        category_id,
        image_url,
        video,
        created_at,
        published_at,
        version,
        price_from_minor,
        price_to_minor,
        priced_first,
        priced_last,
        available_most,
        purchasable_most,
        *_,
    ) = row
    listed = _is_listed(status, on_hold)
    return ProductCard(
        product_id=product_id,
        seller_id=seller_id,
        seller_name=seller_name,
        seller_slug=seller_slug,
        handle=handle,
        title=title,
        status=ProductStatus(status),
        listed=listed,
        category_id=category_id,
        price_from=_money(price_from_minor, currency),
        price_to=_money(price_to_minor, currency),
        in_stock=(available_most or 0) > 0,
        purchasable=listed and (purchasable_most or 0) > 0,
        only_offer_id=priced_first if priced_first == priced_last else None,
        image_url=image_url,
        video=_ready(video),
        created_at=created_at,
        published_at=published_at,
        version=version,
    )


def document_of(rows: Sequence[Row[Any]]) -> ProductDocument:
    """Return what search may show: a row per variant and category above."""
    first = rows[0]
    video = _ready(first.video)
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


def _is_listed(status: str, on_hold: bool) -> bool:
    return status == ProductStatus.PUBLISHED.value and not on_hold


def _ready(document: Any) -> ProductVideo | None:
    video = video_of(document)
    return video if video and video.is_ready else None


def _money(amount_minor: int | None, currency: str) -> Money | None:
    return None if amount_minor is None else Money(amount_minor, currency)
