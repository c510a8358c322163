"""The index remembers what it was written by; what was written before says nothing, and is written again."""

from alembic import op

revision = "r0026"
down_revision = "r0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    connection = op.get_bind()
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(f"ALTER TABLE search_documents ADD COLUMN digest {words} DEFAULT '' NOT NULL")


def downgrade() -> None:
    """Drop it."""
    op.get_bind().exec_driver_sql("ALTER TABLE search_documents DROP COLUMN digest")
