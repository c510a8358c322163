"""What people did to other people's money, and why: added to, and never changed."""

from pathlib import Path

from alembic import op

revision = "r0009b"
down_revision = "r0010"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the table and what guards it."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it."""
    op.get_bind().exec_driver_sql("DROP TABLE acts")
