"""What is remembered of sellers, and the settlements of their debts."""

from pathlib import Path

from alembic import op

revision = "r0007b"
down_revision = "r0008b"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")


def upgrade() -> None:
    """Make the tables."""
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them. Refuses while a settlement is in the books: they would be about nothing."""
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM payments_debt_settlements LIMIT 1").first() is not None:
        raise RuntimeError("Before r0007b no settlements were known: this database cannot go back.")
    for name in ("payments_debt_settlements", "payments_seller_standings"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
