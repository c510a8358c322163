"""What shops charge for their parcels."""

from pathlib import Path

from alembic import op

revision = "r0010"
down_revision = "r0008"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the table."""
    op.get_bind().exec_driver_sql(_MADE.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Drop it: every shop delivers on the marketplace's terms again."""
    op.get_bind().exec_driver_sql("DROP TABLE orders_deliveries")
