"""What is for sale: categories, products, variants, offers, stock and pictures."""

from marketplace_core.catalog.domain.category import UNCATEGORISED_SLUG, Category
from marketplace_core.catalog.domain.errors import (
    CategoryNotFound,
    CategorySlugTaken,
    CategoryTooDeep,
    HandleTaken,
    HeldOtherwise,
    IllegalTransition,
    ImageNotFound,
    ImageNotUploaded,
    ImageRejected,
    LimitReached,
    MalformedProduct,
    MediaNotReady,
    NotPublishable,
    OfferNotFound,
    OutOfStock,
    ProductNotFound,
    ShopNotFound,
    SkuTaken,
    StockNotHeld,
    StockTooLow,
    UnreadableImport,
    VariantExists,
    VariantHeld,
    WrongCurrency,
)
from marketplace_core.catalog.domain.events import (
    OfferPriceChanged,
    ProductChanged,
    ProductPublished,
    ProductUnpublished,
    ProductVideoChanged,
    StockChanged,
)
from marketplace_core.catalog.domain.imports import (
    FieldChange,
    ImportedProduct,
    ImportedVariant,
    ImportReport,
    Outcome,
    ProductDiff,
    RowError,
)
from marketplace_core.catalog.domain.lifecycle import TRANSITIONS, ProductStatus, Step
from marketplace_core.catalog.domain.media import (
    IMAGE_BYTES_MAX,
    IMAGE_TYPES,
    Image,
    ImageState,
    ProductVideo,
    VideoState,
)
from marketplace_core.catalog.domain.product import Product
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.shopify import IMPORT_BYTES_MAX, ParsedFile
from marketplace_core.catalog.domain.shopify import parse as parse_shopify
from marketplace_core.catalog.domain.stock import (
    MovementKind,
    Reservation,
    ReservationState,
    StockLevel,
    StockLine,
    StockMovement,
    replayed,
)
from marketplace_core.catalog.domain.variant import Offer, Variant
from marketplace_core.catalog.handlers import TIMERS, answers, handlers
from marketplace_core.catalog.queries import (
    CARDS_MAX,
    AuditStock,
    CatalogReader,
    CategoryView,
    ImageView,
    ListCategories,
    ListOwnProducts,
    ListProducts,
    OfferCard,
    ProductCard,
    ProductDocument,
    ProductView,
    Shelf,
    StockMismatch,
    StockView,
    VariantView,
    ViewProduct,
    ViewStock,
)
from marketplace_core.catalog.usecases.add_variant import AddVariant
from marketplace_core.catalog.usecases.adjust_stock import AdjustStock
from marketplace_core.catalog.usecases.archive_product import ArchiveProduct
from marketplace_core.catalog.usecases.arrange_images import ArrangeImages
from marketplace_core.catalog.usecases.attach_video import AttachVideo
from marketplace_core.catalog.usecases.change_price import ChangePrice
from marketplace_core.catalog.usecases.change_product import ChangeProduct
from marketplace_core.catalog.usecases.commit_stock import CommitStock
from marketplace_core.catalog.usecases.confirm_image import ConfirmImage
from marketplace_core.catalog.usecases.create_category import CategoryCreated, CreateCategory
from marketplace_core.catalog.usecases.create_product import CreateProduct, NewVariant, ProductCreated, VariantAdded
from marketplace_core.catalog.usecases.detach_video import DetachVideo
from marketplace_core.catalog.usecases.discard_image import DiscardImage
from marketplace_core.catalog.usecases.follow_seller import FollowSeller
from marketplace_core.catalog.usecases.hold_part import HoldPart
from marketplace_core.catalog.usecases.hold_stock import HoldStock
from marketplace_core.catalog.usecases.import_products import IMPORT_REASON, ImportProducts
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.catalog.usecases.publish_product import PublishProduct
from marketplace_core.catalog.usecases.release_stock import ReleaseStock
from marketplace_core.catalog.usecases.remove_image import RemoveImage
from marketplace_core.catalog.usecases.remove_variant import REMOVAL_REASON, RemoveVariant
from marketplace_core.catalog.usecases.rename_variant import RenameVariant
from marketplace_core.catalog.usecases.request_image_upload import ImageUpload, RequestImageUpload
from marketplace_core.catalog.usecases.restock_sold import RestockSold
from marketplace_core.catalog.usecases.unpublish_product import UnpublishProduct

__all__ = [
    "CARDS_MAX",
    "IMAGE_BYTES_MAX",
    "IMAGE_TYPES",
    "IMPORT_BYTES_MAX",
    "IMPORT_REASON",
    "REMOVAL_REASON",
    "TIMERS",
    "TRANSITIONS",
    "UNCATEGORISED_SLUG",
    "AddVariant",
    "AdjustStock",
    "ArchiveProduct",
    "ArrangeImages",
    "AttachVideo",
    "AuditStock",
    "CatalogReader",
    "Category",
    "CategoryCreated",
    "CategoryNotFound",
    "CategorySlugTaken",
    "CategoryTooDeep",
    "CategoryView",
    "ChangePrice",
    "ChangeProduct",
    "CommitStock",
    "ConfirmImage",
    "CreateCategory",
    "CreateProduct",
    "DetachVideo",
    "DiscardImage",
    "FieldChange",
    "FollowSeller",
    "HandleTaken",
    "HeldOtherwise",
    "HoldPart",
    "HoldStock",
    "IllegalTransition",
    "Image",
    "ImageNotFound",
    "ImageNotUploaded",
    "ImageRejected",
    "ImageState",
    "ImageUpload",
    "ImageView",
    "ImportProducts",
    "ImportReport",
    "ImportedProduct",
    "ImportedVariant",
    "LimitReached",
    "ListCategories",
    "ListOwnProducts",
    "ListProducts",
    "MalformedProduct",
    "MediaNotReady",
    "MovementKind",
    "NewVariant",
    "NotPublishable",
    "Offer",
    "OfferCard",
    "OfferNotFound",
    "OfferPriceChanged",
    "OutOfStock",
    "Outcome",
    "ParsedFile",
    "Product",
    "ProductCard",
    "ProductChanged",
    "ProductCreated",
    "ProductDiff",
    "ProductDocument",
    "ProductNotFound",
    "ProductPublished",
    "ProductSaved",
    "ProductStatus",
    "ProductUnpublished",
    "ProductVideo",
    "ProductVideoChanged",
    "ProductView",
    "PublishProduct",
    "ReleaseStock",
    "RemoveImage",
    "RemoveVariant",
    "RenameVariant",
    "RequestImageUpload",
    "Reservation",
    "ReservationState",
    "RestockSold",
    "RowError",
    "Shelf",
    "Shop",
    "ShopNotFound",
    "SkuTaken",
    "Step",
    "StockChanged",
    "StockLevel",
    "StockLine",
    "StockMismatch",
    "StockMovement",
    "StockNotHeld",
    "StockTooLow",
    "StockView",
    "UnpublishProduct",
    "UnreadableImport",
    "Variant",
    "VariantAdded",
    "VariantExists",
    "VariantHeld",
    "VariantView",
    "VideoState",
    "ViewProduct",
    "ViewStock",
    "WrongCurrency",
    "answers",
    "handlers",
    "parse_shopify",
    "replayed",
]
