"""What waits in suspense of a payment that was kept after a review: what came beyond its price, until it is owed."""

from pathlib import Path

from alembic import op

revision = "r0006b"
down_revision = "r0009c"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_VIEW = "audit_suspense_matches_payment"


def upgrade() -> None:
    """Make the view anew."""
    _remake("r0006b_suspense.sqlite.sql")


def downgrade() -> None:
    """Make it as r0009 does."""
    _remake("r0009_seeing.sqlite.sql")


def _remake(name: str) -> None:
    connection = op.get_bind()
    connection.exec_driver_sql(f"DROP VIEW {_VIEW}")
    for statement in (_HERE / name).read_text(encoding="utf-8").strip().split("\n--;\n"):
        if f" {_VIEW} " in statement.split("\n")[0]:
            connection.exec_driver_sql(statement)
