"""Refunds that are due: the one before failed, and they have to be made. What was paid by other means need not bounce.

SQLite cannot change a constraint, so the table is made anew under its name. Foreign keys are off while revisions are
applied; the parts that point here go on pointing.
"""

from collections.abc import Iterable
from pathlib import Path

from alembic import op

revision = "r0015b"
down_revision = "r0013"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_COLUMNS = (
    "refund_id, payment_id, order_id, buyer_id, provider, currency, amount_minor, reason, requested_by, requester_id,"
    " requested_at, state, approved_at, tried_at, reference, pending_reason, failure_code, note, ended_at, version"
)
_UNKNOWN_BEFORE = {
    "refunds that are due": "payments_refunds WHERE state = 'due'",
    "refunds that were settled unsent": "payments_refunds WHERE state = 'settled' AND tried_at IS NULL",
}


def upgrade() -> None:
    """Make the table anew: every refund was the first of its kind."""
    _remake("r0015b_due.sqlite.sql")


def downgrade() -> None:
    """Make it as r0008 does. Refuses what r0013 has no words for."""
    for what, found in _UNKNOWN_BEFORE.items():
        if op.get_bind().exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0013 knows no {what}: this database cannot go back to it.")
    _remake("r0008_pricing.sqlite.sql")


def _remake(name: str) -> None:
    """Make the table anew and fill it from what was in it, which lies in ``kept_refunds`` meanwhile."""
    made = (_HERE / name).read_text(encoding="utf-8").strip().split("\n--;\n")
    _run(("CREATE TEMPORARY TABLE kept_refunds AS SELECT * FROM payments_refunds", "DROP TABLE payments_refunds"))
    _run(one for one in made if _is_of_refunds(one))
    _run((
        f"INSERT INTO payments_refunds ({_COLUMNS}) SELECT {_COLUMNS} FROM kept_refunds",  # noqa: S608 - ours
        "DROP TABLE kept_refunds",
    ))  # fmt: skip


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _is_of_refunds(statement: str) -> bool:
    """Tell whether a statement makes the table of refunds or one of its indexes."""
    return statement.startswith("CREATE TABLE payments_refunds ") or " ON payments_refunds " in statement
