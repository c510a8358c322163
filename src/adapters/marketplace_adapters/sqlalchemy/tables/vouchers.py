"""Vouchers, and the orders they were used for."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.tables.triggers import attach
from marketplace_adapters.sqlalchemy.types import Instant, Number, Words, table

vouchers = table(
    "orders_vouchers",
    Column("voucher_id", Words, primary_key=True),
    Column("code", Words, nullable=False, unique=True),
    Column("seller_id", Words),
    Column("currency", Words, nullable=False),
    Column("percent_bps", Number),
    Column("amount_minor", Number),
    Column("minimum_minor", Number, nullable=False),
    Column("uses_max", Number),
    Column("uses_per_buyer_max", Number),
    Column("valid_from", Instant, nullable=False),
    Column("valid_until", Instant),
    Column("made_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    Column("used", Number, nullable=False, server_default=text("0")),
    Column("version", Number, nullable=False),
    CheckConstraint("(percent_bps IS NULL) <> (amount_minor IS NULL)", name="takes_off_one_or_the_other"),
    CheckConstraint("percent_bps IS NULL OR percent_bps BETWEEN 1 AND 10000", name="percentage_is_one"),
    CheckConstraint("amount_minor IS NULL OR amount_minor > 0", name="amount_positive"),
    CheckConstraint("minimum_minor >= 0", name="minimum_not_negative"),
    CheckConstraint("used >= 0 AND (uses_max IS NULL OR used <= uses_max)", name="used_within_its_limit"),
)
Index("ix_orders_vouchers_seller", vouchers.c.seller_id, vouchers.c.voucher_id)

redemptions = table(
    "orders_voucher_redemptions",
    Column("voucher_id", Words, ForeignKey("orders_vouchers.voucher_id"), nullable=False),
    Column("order_id", Words, nullable=False),
    Column("buyer_id", Words, nullable=False),
    Column("number", Number),
    Column("redeemed_at", Instant, nullable=False),
    Column("returned_at", Instant),
    PrimaryKeyConstraint("voucher_id", "order_id"),
    # A buyer's uses are numbered; of two at the same time, one finds its number taken.
    UniqueConstraint("voucher_id", "buyer_id", "number"),
    CheckConstraint("(number IS NULL) = (returned_at IS NOT NULL)", name="returned_has_no_number"),
    CheckConstraint("number IS NULL OR number > 0", name="numbers_begin_at_one"),
)
Index("ix_orders_voucher_redemptions_order", redemptions.c.order_id)

EXTRA_DDL: Final[tuple[str, ...]] = (
    """
    CREATE VIEW IF NOT EXISTS audit_voucher_is_counted AS
    SELECT v.code AS subject, 'used ' || v.used || ' times, noted ' || count(r.order_id) AS detail
    FROM orders_vouchers AS v
    LEFT JOIN orders_voucher_redemptions AS r ON r.voucher_id = v.voucher_id AND r.returned_at IS NULL
    GROUP BY v.voucher_id HAVING v.used <> count(r.order_id)
    """,
)

attach(redemptions, *EXTRA_DDL)
