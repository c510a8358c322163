"""Carts. Lines are a document: written with their cart, never searched."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, Index, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

carts = table(
    "cart_carts",
    Column("cart_id", Words, primary_key=True),
    Column("buyer_id", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("order_id", Words),
    Column("lines", Document, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("version", Number, nullable=False),
    Column("voucher_code", Words),
    CheckConstraint("state IN ('open', 'checked_out')", name="state_known"),
    CheckConstraint("(state = 'checked_out') = (order_id IS NOT NULL)", name="checked_out_has_order"),
)
Index(
    "uq_cart_carts_open_of_buyer",
    carts.c.buyer_id,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
