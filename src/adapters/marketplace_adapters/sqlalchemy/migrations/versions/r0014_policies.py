"""Versions of the terms of trade: added to, and never changed; orders name the one they were placed under."""

from pathlib import Path

from alembic import op

revision = "r0014"
down_revision = "r0011"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")
_NUMBER = "policy_number INTEGER DEFAULT 0 NOT NULL"


def upgrade() -> None:
    """Make the table and what guards it; orders from before were placed under terms that were not stored."""
    connection = op.get_bind()
    connection.exec_driver_sql(f"ALTER TABLE orders_orders ADD COLUMN {_NUMBER}")
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it: the settings say again what holds."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TABLE policies")
    connection.exec_driver_sql("ALTER TABLE orders_orders DROP COLUMN policy_number")
