"""A product as Meilisearch keeps it, and as it comes back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from marketplace_core.kernel.ids import ProductId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.search import SearchDocument, SearchHit, indexed_words, stem_of

NO_CURRENCY: Final = "~~~"
"""Sorts after every currency: what has no price comes last."""
FORM: Final = "1"
"""The form of these documents; another one makes every document that is there a stale one."""


class Attribute(Enum):
    """What documents are found, filtered and sorted by."""

    ID = "id"
    TITLE = "title_words"
    KEYWORDS = "keyword_words"
    DESCRIPTION = "description_words"
    VOCABULARY = "vocabulary"
    CATEGORIES = "categories"
    CATEGORY_LABELS = "category_labels"
    SELLER = "seller"
    SELLER_LABEL = "seller_label"
    CURRENCY = "currency"
    PRICE_FROM = "price_from"
    PRICE_TO = "price_to"
    IN_STOCK = "in_stock"
    HAS_VIDEO = "has_video"
    PUBLISHED_AT = "published_at"


DIGEST: Final = "digest"
HIT: Final = "hit"


def digest_of(document: SearchDocument) -> str:
    """Return what is kept to recognise a document by: its own digest, and the form it was written in."""
    return f"{FORM}.{document.digest}"


def own_digest(kept: str) -> str:
    """Return a document's own digest; empty if it was written in another form."""
    form, _, digest = kept.partition(".")
    return digest if form == FORM else ""


def document_of(product: SearchDocument) -> dict[str, Any]:
    """Write a product down. Words are as the core takes texts apart, each followed by its stem if that is another."""
    words = indexed_words(product)
    lowest, highest = product.price_from, product.price_to
    said = (words.title, words.keywords, words.description)
    return {
        "id": product.product_id,
        DIGEST: digest_of(product),
        "title_words": _with_stems(words.title),
        "keyword_words": _with_stems(words.keywords),
        "description_words": _with_stems(words.description),
        "vocabulary": sorted({word for some in said for word in some}),
        "categories": [name for label in product.categories for name in (label.category_id, label.slug)],
        "category_labels": [f"{label.slug} {label.name}" for label in product.categories],
        "seller": [product.seller_id, product.seller_slug],
        "seller_label": f"{product.seller_slug} {product.seller_name}",
        "currency": NO_CURRENCY if lowest is None else lowest.currency,
        "price_from": 0 if lowest is None else lowest.amount_minor,
        "price_to": 0 if highest is None else highest.amount_minor,
        "in_stock": product.in_stock,
        "has_video": product.has_video,
        "published_at": micros(product.published_at),
        HIT: {
            "seller_id": product.seller_id,
            "seller_name": product.seller_name,
            "seller_slug": product.seller_slug,
            "handle": product.handle,
            "title": product.title,
            "price_from": _amount(product.price_from),
            "price_to": _amount(product.price_to),
            "in_stock": product.in_stock,
            "has_video": product.has_video,
            "image_url": product.image_url,
            "poster_url": product.poster_url,
            "published_at": in_words(product.published_at),
        },
    }


def hit_of(row: Mapping[str, Any]) -> SearchHit:
    """Read a product. Raises ``KeyError``, ``TypeError`` and ``ValueError`` for what this adapter did not write."""
    hit = row[HIT]
    return SearchHit(
        product_id=ProductId(row["id"]),
        seller_id=SellerId(hit["seller_id"]),
        seller_name=hit["seller_name"],
        seller_slug=hit["seller_slug"],
        handle=hit["handle"],
        title=hit["title"],
        price_from=_money(hit["price_from"]),
        price_to=_money(hit["price_to"]),
        in_stock=hit["in_stock"],
        has_video=hit["has_video"],
        image_url=hit["image_url"],
        poster_url=hit["poster_url"],
        published_at=datetime.fromisoformat(hit["published_at"]),
    )


def micros(moment: datetime) -> int:
    """Return a moment as a number: Meilisearch compares numbers exactly up to 2**53, which is the year 2255."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def in_words(moment: datetime) -> str:
    """Return a moment as the text by which positions are told."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _with_stems(words: Sequence[str]) -> str:
    return " ".join(form for word in words for form in dict.fromkeys((word, stem_of(word))))


def _amount(money: Money | None) -> list[Any] | None:
    return None if money is None else [money.amount_minor, money.currency]


def _money(pair: Sequence[Any] | None) -> Money | None:
    return None if pair is None else Money(pair[0], pair[1])
