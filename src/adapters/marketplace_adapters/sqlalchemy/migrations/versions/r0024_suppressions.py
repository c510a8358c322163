"""Addresses that nothing is sent to."""

from pathlib import Path

from alembic import op

revision = "r0024"
down_revision = "r0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    connection = op.get_bind()
    made = Path(__file__).with_suffix(f".{connection.dialect.name}.sql")
    for statement in made.read_text(encoding="utf-8").strip().split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it: mails are tried again wherever they go, and come back."""
    op.get_bind().exec_driver_sql("DROP TABLE notifications_suppressions")
