"""Parcels that arrived of a share that is released parcel by parcel; of older shares there are none."""

from alembic import op
from sqlalchemy import text

revision = "r0014b"
down_revision = "r0017"
branch_labels = None
depends_on = None

_HALF = (
    "SELECT 1 FROM payments_holds WHERE state IN ('held', 'frozen') AND CAST(parcels AS TEXT) LIKE '%number%' LIMIT 1"
)


def upgrade() -> None:
    """Add the column."""
    connection = op.get_bind()
    kind = "JSONB" if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(f"ALTER TABLE payments_holds ADD COLUMN parcels {kind} DEFAULT '{{}}' NOT NULL")


def downgrade() -> None:
    """Drop it. Refuses to forget which parcels had arrived while more were on their way."""
    connection = op.get_bind()
    if connection.execute(text(_HALF)).first() is not None:
        raise RuntimeError("r0017 knows no release by parcel: this database cannot go back to it.")
    connection.exec_driver_sql("ALTER TABLE payments_holds DROP COLUMN parcels")
