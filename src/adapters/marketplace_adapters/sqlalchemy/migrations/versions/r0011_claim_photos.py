"""What claims show and what was done in saying something: photos, and offers as they were made.

Claims from before have no photos, and of what was said in them nothing tells what was done with it.
"""

from typing import Final

from alembic import op

revision = "r0011"
down_revision = "r0018"
branch_labels = None
depends_on = None

_ADDED: Final = (
    ("payments_claims", "photos", "TEXT DEFAULT '[]' NOT NULL"),
    ("payments_claim_messages", "did", "TEXT"),
    ("payments_claim_messages", "offered_items_minor", "INTEGER"),
    ("payments_claim_messages", "offered_delivery_minor", "INTEGER"),
)


def upgrade() -> None:
    """Add the columns."""
    for table, name, kind in _ADDED:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def downgrade() -> None:
    """Drop them. Refuses while there is a photo, of which the revision before has no row."""
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM payments_claims WHERE photos <> '[]' LIMIT 1").first() is not None:
        raise RuntimeError("The revision before knows no photos of claims: this database cannot go back to it.")
    for table, name, _ in reversed(_ADDED):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
