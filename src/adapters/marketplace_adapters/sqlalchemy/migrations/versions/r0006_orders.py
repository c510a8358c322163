"""Orders to their end: parcels, what was called off, restocked goods, and money that was accepted after a review.

What was shipped went in one parcel with all its lines. What is still to be sent is due 14 days from now, what has
arrived is complete 14 days after it did. SQLite cannot change a constraint, so the tables are made anew under their
names. Foreign keys are off while revisions are applied; the rows that point here go on pointing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from alembic import op

revision = "r0006"
down_revision = "r0007"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_REMADE = ("orders_orders", "orders_seller_orders", "catalog_movements", "payments_payments")
_UNKNOWN_BEFORE = {
    "closed orders": "orders_orders WHERE state = 'closed'",
    "seller orders in such states": "orders_seller_orders WHERE state IN ('part_shipped', 'returned_to_sender',"
    " 'completed', 'declined')",
    "seller orders that were called off": "orders_seller_orders WHERE called_off <> '[]'",
    "seller orders in several parcels": "orders_seller_orders WHERE json_array_length(parcels) > 1",
    "restocked goods": "catalog_movements WHERE kind = 'restocked'",
    "payments that were too large": "payments_payments WHERE state = 'captured' AND captured_minor <> amount_minor",
}


def upgrade() -> None:
    """Make the tables anew, each parcel a document, and set the timers that nobody had set."""
    _remake(_statements("r0006_orders.sqlite.sql"), _statements("r0006_orders.up.sqlite.sql"))


def downgrade() -> None:
    """Put the one parcel back into its columns. Refuses what r0007 has no words for."""
    connection = op.get_bind()
    for what, found in _UNKNOWN_BEFORE.items():
        if connection.exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0007 knows no {what}: this database cannot go back to it.")
    wanted = {_name(statement) for statement in _statements("r0006_orders.sqlite.sql")}
    first, later = _statements("r0001_first.sqlite.sql"), _statements("r0004_money.sqlite.sql")
    before = [*_statements("r0003_questions.sqlite.sql"), *later]
    made_later = {_name(statement) for statement in before}
    made = [one for one in first if _name(one) in wanted - made_later] + [one for one in before if _name(one) in wanted]
    _remake(made, _statements("r0006_orders.down.sqlite.sql"))


def _remake(made: Sequence[str], filled: Sequence[str]) -> None:
    """Make the tables anew and fill them from what was in them, which lies in ``kept_…`` meanwhile."""
    _run(f"CREATE TEMPORARY TABLE kept_{name} AS SELECT * FROM {name}" for name in _REMADE)  # noqa: S608 - ours
    _run(f"DROP TABLE {name}" for name in _REMADE)
    _run(made)
    _run(filled)
    _run(f"DROP TABLE kept_{name}" for name in _REMADE)


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _statements(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").strip().split("\n--;\n")


def _name(statement: str) -> str:
    """Return the name of what a statement makes."""
    return statement.replace("IF NOT EXISTS ", "").split(maxsplit=3)[2]
