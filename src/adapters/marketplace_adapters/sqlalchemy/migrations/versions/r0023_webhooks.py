"""Endpoints that are told what happens, the deliveries to them, and which events others have been told of.

What happened before there were endpoints counts as told; PostgreSQL writes that into no row.
"""

from pathlib import Path

from alembic import op

revision = "r0023"
down_revision = "r0027"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    """Make the tables, and mark the events."""
    connection = op.get_bind()
    made = (_HERE / f"r0023_webhooks.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in made.strip().split("\n--;\n"):
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE outbox ADD COLUMN is_announced INTEGER DEFAULT 1 NOT NULL")
        connection.exec_driver_sql("ALTER TABLE outbox ALTER COLUMN is_announced SET DEFAULT 0")
    else:
        connection.exec_driver_sql("ALTER TABLE outbox ADD COLUMN is_announced INTEGER DEFAULT 0 NOT NULL")
        connection.exec_driver_sql("UPDATE outbox SET is_announced = 1")
    connection.exec_driver_sql("CREATE INDEX ix_outbox_unannounced ON outbox (id) WHERE is_announced = 0")


def downgrade() -> None:
    """Drop them; nobody is told any more."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP INDEX ix_outbox_unannounced")
    connection.exec_driver_sql("ALTER TABLE outbox DROP COLUMN is_announced")
    connection.exec_driver_sql("DROP TABLE webhooks_deliveries")
    connection.exec_driver_sql("DROP TABLE webhooks_endpoints")
