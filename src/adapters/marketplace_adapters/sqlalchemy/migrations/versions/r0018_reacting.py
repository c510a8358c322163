"""Events that were published are not yet events that were reacted to: an event bus may be between the two.

Until now publishing was reacting, so what was published has been reacted to.
"""

from alembic import op

revision = "r0018"
down_revision = "r0015"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_outbox_waiting", "id"),
    ("ix_outbox_waiting_aggregate", "aggregate_type, aggregate_id, id"),
)


def upgrade() -> None:
    """Add the column, fill it, and let the indexes of what waits follow it."""
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE outbox ADD COLUMN reacted_at TEXT")
    connection.exec_driver_sql("UPDATE outbox SET reacted_at = published_at")
    _index("reacted_at")


def downgrade() -> None:
    """Drop it. What was published and not reacted to is to be published again, which is how it is reacted to then."""
    connection = op.get_bind()
    connection.exec_driver_sql("UPDATE outbox SET published_at = reacted_at")
    _index("published_at")
    connection.exec_driver_sql("ALTER TABLE outbox DROP COLUMN reacted_at")


def _index(column: str) -> None:
    connection = op.get_bind()
    for name, columns in _INDEXES:
        connection.exec_driver_sql(f"DROP INDEX {name}")
        connection.exec_driver_sql(
            f"CREATE INDEX {name} ON outbox ({columns}) WHERE {column} IS NULL AND quarantined = 0"
        )
