"""Rows of the catalogue to aggregates and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_core.catalog import Category, Image, Offer, Product, ProductStatus, ProductVideo, Variant
from marketplace_core.kernel.money import Money


def category_of(row: Row[Any]) -> Category:
    """Return the category of a row."""
    return Category(
        category_id=row.category_id,
        slug=row.slug,
        name=row.name,
        parent_id=row.parent_id,
        path=row.path,
        version=row.version,
    )


def category_values(category: Category) -> dict[str, Any]:
    """Return a category's columns without its key and version."""
    return {"slug": category.slug, "name": category.name, "parent_id": category.parent_id, "path": category.path}


def product_of(row: Row[Any], forms: Sequence[Row[Any]]) -> Product:
    """Return the product of a row and the rows of its variants with their offers, in order."""
    return Product(
        product_id=row.product_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        seller_slug=row.seller_slug,
        currency=row.currency,
        handle=row.handle,
        title=row.title,
        description=row.description,
        category_id=row.category_id,
        tags=tuple(row.tags),
        option_names=tuple(row.option_names),
        created_at=row.created_at,
        changed_at=row.changed_at,
        variants=tuple(
            Variant(
                variant_id=form.variant_id,
                options=tuple(form.options),
                sku=form.sku,
                offer=Offer(offer_id=form.offer_id, price=Money(form.price_minor, row.currency)),
            )
            for form in forms
        ),
        images=images_of(row.images),
        video=video_of(row.video),
        status=ProductStatus(row.status),
        on_hold=row.on_hold,
        published_at=row.published_at,
        version=row.version,
    )


def product_values(product: Product) -> dict[str, Any]:
    """Return a product's columns without its key and version."""
    return {
        "seller_id": product.seller_id,
        "seller_name": product.seller_name,
        "seller_slug": product.seller_slug,
        "currency": product.currency,
        "handle": product.handle,
        "title": product.title,
        "description": product.description,
        "category_id": product.category_id,
        "tags": list(product.tags),
        "option_names": list(product.option_names),
        "images": [encode(image) for image in product.images],
        "image_url": next((image.url for image in product.images if image.is_ready), None),
        "video": None if product.video is None else encode(product.video),
        "status": product.status.value,
        "on_hold": product.on_hold,
        "created_at": product.created_at,
        "changed_at": product.changed_at,
        "published_at": product.published_at,
    }


def variant_values(product: Product) -> list[dict[str, Any]]:
    """Return the columns of a product's variants."""
    return [
        {
            "variant_id": variant.variant_id,
            "product_id": product.product_id,
            "seller_id": product.seller_id,
            "position": position,
            "options": list(variant.options),
            "title": variant.title,
            "sku": variant.sku,
        }
        for position, variant in enumerate(product.variants)
    ]


def offer_values(product: Product) -> list[dict[str, Any]]:
    """Return the columns of a product's offers."""
    return [
        {
            "offer_id": variant.offer.offer_id,
            "variant_id": variant.variant_id,
            "product_id": product.product_id,
            "price_minor": variant.offer.price.amount_minor,
        }
        for variant in product.variants
    ]


def images_of(documents: Sequence[Any]) -> tuple[Image, ...]:
    """Return a product's pictures."""
    return tuple(decode(document, Image) for document in documents)


def video_of(document: Any) -> ProductVideo | None:
    """Return a product's video, if it has one."""
    return None if document is None else decode(document, ProductVideo)
