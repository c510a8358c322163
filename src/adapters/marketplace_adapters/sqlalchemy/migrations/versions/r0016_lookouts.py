"""Lookouts: until when a payment provider was asked what happened there."""

from pathlib import Path

from alembic import op

revision = "r0016"
down_revision = "r0012"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the table."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").strip().split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it; whoever looks next begins at the beginning again."""
    op.get_bind().exec_driver_sql("DROP TABLE payments_lookouts")
