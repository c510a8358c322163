"""Brakes: when money to sellers stood still, what for, and who let it go."""

from pathlib import Path

from alembic import op

revision = "r0009c"
down_revision = "r0007b"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the table."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").strip().split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it."""
    op.get_bind().exec_driver_sql("DROP TABLE payments_brakes")
