"""Categories, products with variants and offers, and stock. Pictures and the video are documents of their product."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from marketplace_adapters.sqlalchemy.types import Document, Flag, Instant, Number, Words, table

categories = table(
    "catalog_categories",
    Column("category_id", Words, primary_key=True),
    Column("slug", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("parent_id", Words, ForeignKey("catalog_categories.category_id")),
    Column("path", Words, nullable=False, unique=True),
    Column("version", Number, nullable=False),
)

products = table(
    "catalog_products",
    Column("product_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("seller_name", Words, nullable=False),
    Column("seller_slug", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("handle", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("category_id", Words, ForeignKey("catalog_categories.category_id")),
    Column("tags", Document, nullable=False),
    Column("option_names", Document, nullable=False),
    Column("images", Document, nullable=False),
    Column("image_url", Words),
    Column("video", Document),
    Column("status", Words, nullable=False),
    Column("on_hold", Flag, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("version", Number, nullable=False),
    UniqueConstraint("seller_id", "handle"),
    CheckConstraint("status IN ('draft', 'published', 'archived')", name="status_known"),
    CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_has_moment"),
)
_LISTED: Final = (products.c.status, products.c.on_hold, products.c.published_at, products.c.product_id)
Index("ix_catalog_products_listed", *_LISTED)
Index("ix_catalog_products_listed_of_seller", products.c.seller_id, *_LISTED)
Index("ix_catalog_products_listed_in_category", products.c.category_id, *_LISTED)
Index("ix_catalog_products_seller", products.c.seller_id, products.c.created_at, products.c.product_id)
Index("ix_catalog_products_shop", products.c.seller_slug)

REMOVED: Final = -1
"""The position of a variant that was removed: its rows are there for the movements of its stock, and say nothing."""

variants = table(
    "catalog_variants",
    Column("variant_id", Words, primary_key=True),
    Column("product_id", Words, ForeignKey("catalog_products.product_id"), nullable=False),
    Column("seller_id", Words, nullable=False),
    Column("position", Number, nullable=False),
    Column("options", Document, nullable=False),
    Column("title", Words, nullable=False),
    Column("sku", Words),
    UniqueConstraint("seller_id", "sku"),
    UniqueConstraint("product_id", "options"),
)

offers = table(
    "catalog_offers",
    Column("offer_id", Words, primary_key=True),
    Column("variant_id", Words, ForeignKey("catalog_variants.variant_id"), nullable=False, unique=True),
    Column("product_id", Words, ForeignKey("catalog_products.product_id"), nullable=False),
    Column("price_minor", Number, nullable=False),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
)
Index("ix_catalog_offers_product", offers.c.product_id)

stock = table(
    "catalog_stock",
    Column("offer_id", Words, ForeignKey("catalog_offers.offer_id"), primary_key=True),
    Column("product_id", Words, nullable=False),
    Column("on_hand", Number, nullable=False),
    Column("held", Number, nullable=False),
    Column("sold", Number, nullable=False),
    CheckConstraint("on_hand >= 0 AND held >= 0 AND sold >= 0", name="counts_not_negative"),
    CheckConstraint("held + sold <= on_hand", name="never_oversold"),
)

reservations = table(
    "catalog_reservations",
    Column("order_id", Words, primary_key=True),
    Column("offer_id", Words, ForeignKey("catalog_stock.offer_id"), primary_key=True),
    Column("quantity", Number, nullable=False),
    Column("state", Words, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("state IN ('held', 'committed', 'released')", name="state_known"),
)

movements = table(
    "catalog_movements",
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("offer_id", Words, ForeignKey("catalog_stock.offer_id"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("order_id", Words),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("kind IN ('opened', 'adjusted', 'held', 'committed', 'released', 'restocked')", name="kind_known"),
    CheckConstraint("kind = 'adjusted' OR quantity >= 0", name="quantity_not_negative"),
    CheckConstraint("(order_id IS NULL) = (kind IN ('opened', 'adjusted'))", name="order_named"),
)
Index("ix_catalog_movements_offer", movements.c.offer_id, movements.c.id)

EXTRA_DDL: Final[tuple[str, ...]] = (
    (
        "CREATE TRIGGER catalog_movements_kept BEFORE UPDATE ON catalog_movements "
        "BEGIN SELECT RAISE(ABORT, 'a stock movement is never changed'); END"
    ),
    (
        "CREATE TRIGGER catalog_movements_not_deleted BEFORE DELETE ON catalog_movements "
        "BEGIN SELECT RAISE(ABORT, 'a stock movement is never deleted'); END"
    ),
)
"""What the tables above cannot say (SQLite): movements are only ever added."""
