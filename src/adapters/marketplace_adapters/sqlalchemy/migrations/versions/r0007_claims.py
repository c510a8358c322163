"""Buyers' claims (money design 4.9)."""

from pathlib import Path

from alembic import op

revision = "r0007"
down_revision = "r0009b"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the tables."""
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them. Refuses while there is a claim: r0009b has no words for it, and its money is frozen."""
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM payments_claims LIMIT 1").first() is not None:
        raise RuntimeError("r0009b knows no claims: this database cannot go back to it.")
    for name in ("payments_claim_messages", "payments_claims"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
