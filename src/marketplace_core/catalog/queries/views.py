"""What the catalogue shows: to buyers, to sellers, and to the contexts next door."""

from datetime import datetime

from attrs import evolve, frozen

from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.domain.media import ImageState, ProductVideo
from marketplace_core.catalog.domain.stock import StockLevel, StockMovement
from marketplace_core.kernel.ids import CategoryId, ImageId, OfferId, ProductId, SellerId, VariantId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class OfferCard:
    """An offer as a cart or an order needs it.

    ``reason`` is the code of why it is not purchasable: ``unpublished``, ``seller_suspended``, ``not_priced``,
    ``sold_out``. ``variant_title`` is empty for the only form of a product without options.
    """

    offer_id: OfferId
    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    title: str
    variant_title: str
    sku: str | None
    price: Money
    available: int
    purchasable: bool
    reason: str | None
    image_url: str | None


@frozen(kw_only=True)
class ProductCard:
    """A product in a list or on a seller's page.

    ``price_from`` and ``price_to`` span the priced variants, None while there is none. ``purchasable`` says that
    at least one offer can be bought now. ``only_offer_id`` is the offer that has a price if no other has one: nothing
    has to be chosen. ``listed`` says that buyers see it.
    """

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    status: ProductStatus
    listed: bool
    category_id: CategoryId | None
    price_from: Money | None
    price_to: Money | None
    in_stock: bool
    purchasable: bool
    only_offer_id: OfferId | None
    image_url: str | None
    video: ProductVideo | None
    created_at: datetime
    published_at: datetime | None
    version: int


@frozen(kw_only=True)
class ProductDocument:
    """A visible product as a search index stores it. ``category_slugs`` run from the root down."""

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    description: str
    category_id: CategoryId | None
    category_name: str | None
    category_slugs: tuple[str, ...]
    tags: tuple[str, ...]
    options: tuple[str, ...]
    skus: tuple[str, ...]
    price_from: Money | None
    price_to: Money | None
    in_stock: bool
    has_video: bool
    image_url: str | None
    poster_url: str | None
    published_at: datetime


@frozen(kw_only=True)
class ImageView:
    """A picture of a product; ``url`` is None until it is ready, measures are in pixels."""

    image_id: ImageId
    state: ImageState
    url: str | None
    content_type: str
    width: int
    height: int


@frozen(kw_only=True)
class VariantView:
    """A form of a product with its offer."""

    variant_id: VariantId
    options: tuple[str, ...]
    title: str
    sku: str | None
    offer_id: OfferId
    price: Money
    available: int
    purchasable: bool
    reason: str | None


@frozen(kw_only=True)
class CategoryView:
    """A category with those below it."""

    category_id: CategoryId
    slug: str
    name: str
    parent_id: CategoryId | None
    children: "tuple[CategoryView, ...]" = ()


@frozen(kw_only=True)
class ProductView:
    """Everything about one product."""

    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    description: str
    status: ProductStatus
    on_hold: bool
    category_id: CategoryId | None
    category_slug: str | None
    category_name: str | None
    tags: tuple[str, ...]
    currency: str
    option_names: tuple[str, ...]
    variants: tuple[VariantView, ...]
    images: tuple[ImageView, ...]
    video: ProductVideo | None
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    version: int

    @property
    def listed(self) -> bool:
        """Tell whether buyers see it."""
        return self.status is ProductStatus.PUBLISHED and not self.on_hold

    def for_buyers(self) -> "ProductView":
        """Return it without what is not ready to be shown."""
        return evolve(
            self,
            images=tuple(image for image in self.images if image.state is ImageState.READY),
            video=self.video if self.video and self.video.is_ready else None,
        )


@frozen(kw_only=True)
class StockView:
    """The counters of an offer and its latest movements, the newest first."""

    seller_id: SellerId
    level: StockLevel
    movements: tuple[StockMovement, ...]


@frozen(kw_only=True)
class StockMismatch:
    """An offer whose counters are not what its reservations come to: units held and reserved, sold and committed."""

    offer_id: OfferId
    held: int
    reserved: int
    sold: int
    committed: int
