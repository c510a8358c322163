"""Several workers share the queues: what one of them has taken is kept from the others for a while."""

from alembic import op

revision = "r0027"
down_revision = "r0028"
branch_labels = None
depends_on = None

_QUEUES = ("outbox", "provider_messages", "deadlines")


def upgrade() -> None:
    """Add a column to every queue; nothing is taken."""
    kind = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "TEXT"
    for queue in _QUEUES:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {queue} ADD COLUMN taken_until {kind}")


def downgrade() -> None:
    """Drop it: whatever was taken may be done by somebody else as well, which does no harm."""
    for queue in _QUEUES:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {queue} DROP COLUMN taken_until")
