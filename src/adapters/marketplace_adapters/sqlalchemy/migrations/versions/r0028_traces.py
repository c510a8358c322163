"""Events know the trace of the work that caused them."""

from alembic import op

revision = "r0028"
down_revision = "r0015b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; older events have no trace."""
    connection = op.get_bind()
    collated = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(f"ALTER TABLE outbox ADD COLUMN trace TEXT{collated}")


def downgrade() -> None:
    """Drop it."""
    op.get_bind().exec_driver_sql("ALTER TABLE outbox DROP COLUMN trace")
