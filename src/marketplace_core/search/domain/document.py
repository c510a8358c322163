"""A product as it is found."""

import hashlib
import json
from datetime import UTC, datetime

from attrs import asdict, frozen

from marketplace_core.kernel.ids import CategoryId, ProductId, SellerId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class CategoryLabel:
    """A category by which a product is found."""

    category_id: CategoryId
    slug: str
    name: str


@frozen(kw_only=True)
class SearchDocument:
    """A product that buyers may see, and nothing that they may not.

    ``categories`` run from the root down; ``keywords`` are tags, option values and stock numbers. Prices span the
    priced variants, None while there is none; both are of one currency.
    """

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    description: str
    categories: tuple[CategoryLabel, ...]
    keywords: tuple[str, ...]
    price_from: Money | None
    price_to: Money | None
    in_stock: bool
    has_video: bool
    image_url: str | None
    poster_url: str | None
    published_at: datetime

    @property
    def digest(self) -> str:
        """A short name of everything it says: two documents that differ anywhere differ in it."""
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=_in_words)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _in_words(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@frozen(kw_only=True)
class IndexEntry:
    """A product in an index, and the digest of the document it was put there by; empty if that is not known."""

    product_id: ProductId
    digest: str


@frozen(kw_only=True)
class SearchHit:
    """A product in a list of results."""

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    price_from: Money | None
    price_to: Money | None
    in_stock: bool
    has_video: bool
    image_url: str | None
    poster_url: str | None
    published_at: datetime

    @classmethod
    def of(cls, document: SearchDocument) -> "SearchHit":
        """Return the part of a document that a list shows."""
        return cls(
            product_id=document.product_id,
            seller_id=document.seller_id,
            seller_name=document.seller_name,
            seller_slug=document.seller_slug,
            handle=document.handle,
            title=document.title,
            price_from=document.price_from,
            price_to=document.price_to,
            in_stock=document.in_stock,
            has_video=document.has_video,
            image_url=document.image_url,
            poster_url=document.poster_url,
            published_at=document.published_at,
        )
