"""Card disputes, and refunds that a card network made itself (money design 4.8).

Such a refund was never asked for, so the table of refunds is made anew under its name, as SQLite cannot change a
constraint. Foreign keys are off while revisions are applied; the rows that point here go on pointing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from alembic import op

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent


def upgrade() -> None:
    """Make the tables and the view that audits them."""
    made = _statements("r0005_disputes.sqlite.sql")
    _remake_refunds([one for one in made if _is_of_refunds(one)])
    _run(one for one in made if not _is_of_refunds(one))


def downgrade() -> None:
    """Drop them. Refuses what r0004 has no words for; with no dispute there is no refund by a network."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM payments_disputes LIMIT 1").first() is not None:
        raise RuntimeError("r0004 knows no disputes: this database cannot go back to it.")
    _run(("DROP VIEW audit_dispute_matches_books", "DROP TABLE payments_dispute_parts", "DROP TABLE payments_disputes"))
    _remake_refunds([one for one in _statements("r0004_money.sqlite.sql") if _is_of_refunds(one)])


def _remake_refunds(made: Sequence[str]) -> None:
    """Make the table anew and fill it from what was in it, which lies in ``kept_refunds`` meanwhile."""
    _run(("CREATE TEMPORARY TABLE kept_refunds AS SELECT * FROM payments_refunds", "DROP TABLE payments_refunds"))
    _run(made)
    _run(("INSERT INTO payments_refunds SELECT * FROM kept_refunds", "DROP TABLE kept_refunds"))


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _statements(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").split("\n--;\n")


def _is_of_refunds(statement: str) -> bool:
    """Tell whether a statement makes the table of refunds or one of its indexes."""
    return statement.startswith("CREATE TABLE payments_refunds ") or " ON payments_refunds " in statement
