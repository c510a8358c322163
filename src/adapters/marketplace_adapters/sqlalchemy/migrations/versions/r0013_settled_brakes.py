"""Brakes: from when on what was found is no more."""

from alembic import op

revision = "r0013"
down_revision = "r0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.get_bind().exec_driver_sql("ALTER TABLE payments_brakes ADD COLUMN settled_at TEXT")


def downgrade() -> None:
    """Drop it."""
    op.get_bind().exec_driver_sql("ALTER TABLE payments_brakes DROP COLUMN settled_at")
