"""The bodies of catalogue answers."""

from datetime import datetime

from marketplace_core.catalog import ImageState, MovementKind, Outcome, ProductStatus, VideoState
from marketplace_entrypoints.http.dependencies import MoneyOut, Outgoing
from marketplace_entrypoints.http.video.schemas import UploadSlotOut


class CategoryOut(Outgoing):
    """A category with those below it."""

    category_id: str
    slug: str
    name: str
    parent_id: str | None
    children: "list[CategoryOut]"


class CategoriesOut(Outgoing):
    """The tree of categories."""

    items: list[CategoryOut]


class CategoryCreatedOut(Outgoing):
    """The category that was created; ``path`` are the ids from the root to it, each followed by a slash."""

    category_id: str
    slug: str
    path: str


class ProductVideoOut(Outgoing):
    """The product's video; addresses and measures are known once it is ready."""

    video_id: str
    state: VideoState
    poster_url: str | None
    hls_url: str | None
    duration_ms: int
    width: int
    height: int


class ProductCardOut(Outgoing):
    """A product as lists show it."""

    product_id: str
    seller_id: str
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    status: ProductStatus
    category_id: str | None
    price_from: MoneyOut | None
    price_to: MoneyOut | None
    in_stock: bool
    purchasable: bool
    only_offer_id: str | None
    image_url: str | None
    video: ProductVideoOut | None
    created_at: datetime
    published_at: datetime | None
    version: int


class ProductPageOut(Outgoing):
    """A page of products."""

    items: list[ProductCardOut]
    next_cursor: str | None


class ImageOut(Outgoing):
    """A picture of a product."""

    image_id: str
    state: ImageState
    url: str | None
    content_type: str
    width: int
    height: int


class VariantOut(Outgoing):
    """A form of a product and its offer."""

    variant_id: str
    options: list[str]
    title: str
    sku: str | None
    offer_id: str
    price: MoneyOut
    available: int
    purchasable: bool
    reason: str | None


class ProductOut(Outgoing):
    """Everything about a product."""

    product_id: str
    seller_id: str
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    description: str
    status: ProductStatus
    on_hold: bool
    category_id: str | None
    category_slug: str | None
    category_name: str | None
    tags: list[str]
    currency: str
    option_names: list[str]
    variants: list[VariantOut]
    images: list[ImageOut]
    video: ProductVideoOut | None
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    version: int


class VariantAddedOut(Outgoing):
    """A variant that was added, and its offer."""

    variant_id: str
    offer_id: str
    options: list[str]


class ProductCreatedOut(Outgoing):
    """The product that was created."""

    product_id: str
    handle: str
    version: int
    variants: list[VariantAddedOut]


class ProductSavedOut(Outgoing):
    """The product that was changed."""

    product_id: str
    version: int
    status: ProductStatus


class ImageUploadOut(Outgoing):
    """The awaited picture and its upload address."""

    image_id: str
    slot: UploadSlotOut


class StockLevelOut(Outgoing):
    """The counters of an offer: all units there ever were to sell, those unpaid orders hold, those paid orders took."""

    offer_id: str
    product_id: str
    on_hand: int
    held: int
    sold: int
    available: int


class StockMovementOut(Outgoing):
    """One change of the counters."""

    kind: MovementKind
    quantity: int
    order_id: str | None
    reason: str
    at: datetime


class StockOut(Outgoing):
    """An offer's counters and their last changes."""

    level: StockLevelOut
    movements: list[StockMovementOut]


class FieldChangeOut(Outgoing):
    """One field that an import changes."""

    field: str
    old: str | None
    new: str


class ProductDiffOut(Outgoing):
    """What an import does, or would do, to one product."""

    line: int
    handle: str
    title: str
    product_id: str | None
    variants: int
    outcome: Outcome
    changes: list[FieldChangeOut]
    notes: list[str]


class RowErrorOut(Outgoing):
    """A row in error; its product was not imported."""

    line: int
    handle: str | None
    reason: str


class ImportReportOut(Outgoing):
    """What an import did, or would do."""

    dry_run: bool
    products: list[ProductDiffOut]
    errors: list[RowErrorOut]
