"""What can be asked of the catalogue: questions, views, and the reader port that answers them."""

from marketplace_core.catalog.queries.cursor import cursor_after, moment_and_id_of
from marketplace_core.catalog.queries.questions import (
    AuditStock,
    AuditStockHandler,
    ListCategories,
    ListCategoriesHandler,
    ListOwnProducts,
    ListOwnProductsHandler,
    ListProducts,
    ListProductsHandler,
    ViewProduct,
    ViewProductHandler,
    ViewStock,
    ViewStockHandler,
)
from marketplace_core.catalog.queries.reader import CARDS_MAX, MOVEMENTS_MAX, CatalogReader, Shelf
from marketplace_core.catalog.queries.views import (
    CategoryView,
    ImageView,
    OfferCard,
    ProductCard,
    ProductDocument,
    ProductView,
    StockMismatch,
    StockView,
    VariantView,
)

__all__ = [
    "CARDS_MAX",
    "MOVEMENTS_MAX",
    "AuditStock",
    "AuditStockHandler",
    "CatalogReader",
    "CategoryView",
    "ImageView",
    "ListCategories",
    "ListCategoriesHandler",
    "ListOwnProducts",
    "ListOwnProductsHandler",
    "ListProducts",
    "ListProductsHandler",
    "OfferCard",
    "ProductCard",
    "ProductDocument",
    "ProductView",
    "Shelf",
    "StockMismatch",
    "StockView",
    "VariantView",
    "ViewProduct",
    "ViewProductHandler",
    "ViewStock",
    "ViewStockHandler",
    "cursor_after",
    "moment_and_id_of",
]
