"""Card disputes (money design 4.8)."""

from pathlib import Path

from alembic import op

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")
_BETWEEN = "\n--;\n"


def upgrade() -> None:
    """Make the tables and the view that audits them."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").split(_BETWEEN):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them. Refuses what r0004 has no words for."""
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM payments_disputes LIMIT 1").first() is not None:
        raise RuntimeError("r0004 knows no disputes: this database cannot go back to it.")
    connection.exec_driver_sql("DROP VIEW audit_dispute_matches_books")
    connection.exec_driver_sql("DROP TABLE payments_dispute_parts")
    connection.exec_driver_sql("DROP TABLE payments_disputes")
