"""Vouchers and what they were used for; the code a buyer entered in a cart; how the parts of an order are priced.

Orders that were placed before had neither discount nor tax nor fee: their price is the sum of their parts.
"""

from pathlib import Path

from alembic import op

revision = "r0008b"
down_revision = "r0006"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the tables, add the columns."""
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE cart_carts ADD COLUMN voucher_code TEXT")
    connection.exec_driver_sql("ALTER TABLE orders_seller_orders ADD COLUMN pricing TEXT DEFAULT '{}' NOT NULL")
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them. Refuses orders whose price is not the sum of their parts, and forgets vouchers nobody used."""
    connection = op.get_bind()
    priced = "SELECT 1 FROM orders_seller_orders WHERE pricing NOT IN ('{}', (SELECT pricing FROM plain)) LIMIT 1"
    plain = '{"discount_minor":0,"subsidy_minor":0,"tax":null,"fee_minor":0,"voucher":""}'
    if connection.exec_driver_sql(f"WITH plain AS (SELECT '{plain}' AS pricing) {priced}").first() is not None:
        raise RuntimeError("The revision before knows no vouchers, tax and fees: this database cannot go back to it.")
    for statement in (
        "DROP VIEW audit_voucher_is_counted",
        "DROP TABLE orders_voucher_redemptions",
        "DROP TABLE orders_vouchers",
        "ALTER TABLE orders_seller_orders DROP COLUMN pricing",
        "ALTER TABLE cart_carts DROP COLUMN voucher_code",
    ):
        connection.exec_driver_sql(statement)
