"""Orders and seller orders. Lines and timelines are documents: written with their row, never searched."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

orders = table(
    "orders_orders",
    Column("order_id", Words, primary_key=True),
    Column("buyer_id", Words, nullable=False),
    Column("cart_id", Words, nullable=False, unique=True),
    Column("payment_id", Words, nullable=False, unique=True),
    Column("state", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("total_minor", Number, nullable=False),
    Column("address", Document, nullable=False),
    Column("quote_hash", Words, nullable=False),
    Column("request_key", Words),
    Column("policy_version", Words, nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("pay_by", Instant, nullable=False),
    Column("history", Document, nullable=False),
    Column("version", Number, nullable=False),
    Column("policy_number", Number, nullable=False, server_default=text("0")),
    Column("rules", Document),
    CheckConstraint(
        "state IN ('pending_payment', 'payment_review', 'confirmed', 'closed', 'expired', 'cancelled')",
        name="state_known",
    ),
    CheckConstraint("total_minor >= 0", name="total_not_negative"),
)
Index("ix_orders_orders_buyer", orders.c.buyer_id, orders.c.order_id)
Index("ix_orders_orders_state", orders.c.state, orders.c.order_id)

seller_orders = table(
    "orders_seller_orders",
    Column("seller_order_id", Words, primary_key=True),
    Column("order_id", Words, ForeignKey("orders_orders.order_id"), nullable=False),
    Column("buyer_id", Words, nullable=False),
    Column("seller_id", Words, nullable=False),
    Column("seller_name", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("lines", Document, nullable=False),
    Column("quantity", Number, nullable=False),
    Column("currency", Words, nullable=False),
    Column("items_minor", Number, nullable=False),
    Column("delivery_minor", Number, nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("parcels", Document, nullable=False),
    Column("called_off", Document, nullable=False),
    Column("shipped_at", Instant),
    Column("proof", Words),
    Column("delivered_at", Instant),
    Column("history", Document, nullable=False),
    Column("version", Number, nullable=False),
    Column("pricing", Document, nullable=False, server_default=text("'{}'")),
    Column("rules", Document),
    UniqueConstraint("order_id", "seller_id"),
    CheckConstraint(
        "state IN ('pending', 'confirmed', 'accepted', 'part_shipped', 'shipped', 'delivered', 'returned_to_sender',"
        " 'completed', 'declined', 'cancelled')",
        name="state_known",
    ),
    CheckConstraint("items_minor >= 0 AND delivery_minor >= 0 AND quantity > 0", name="amounts_not_negative"),
    CheckConstraint(
        "(shipped_at IS NOT NULL)"
        " = (state IN ('part_shipped', 'shipped', 'delivered', 'returned_to_sender', 'completed'))",
        name="shipped_has_parcels",
    ),
    CheckConstraint("(delivered_at IS NULL) = (proof IS NULL)", name="arrival_whole"),
    CheckConstraint(
        "state = 'completed' OR (state = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_has_proof"
    ),
)
Index("ix_orders_seller_orders_seller", seller_orders.c.seller_id, seller_orders.c.seller_order_id)
Index(
    "ix_orders_seller_orders_seller_state",
    seller_orders.c.seller_id,
    seller_orders.c.state,
    seller_orders.c.seller_order_id,
)

deliveries = table(
    "orders_deliveries",
    Column("seller_id", Words, primary_key=True),
    Column("fee_minor", Number, nullable=False),
    Column("free_from_minor", Number),
    CheckConstraint(
        "fee_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0)", name="amounts_not_negative"
    ),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
