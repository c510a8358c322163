"""Watches, so that operators hear of every trouble once."""

from pathlib import Path

from alembic import op

revision = "r0021"
down_revision = "r0022c"
branch_labels = None
depends_on = None

_HERE = Path(__file__)


def upgrade() -> None:
    """Make the table."""
    connection = op.get_bind()
    made = _HERE.with_suffix(f".{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in made.strip().split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop it: what is wrong is found again, and told once more."""
    op.get_bind().exec_driver_sql("DROP TABLE operations_watches")
