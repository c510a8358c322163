"""Refunds that are due: the one before failed, and they have to be made. What was paid by other means need not bounce.

SQLite cannot change a constraint, so the table is made anew under its name. Foreign keys are off while revisions are
applied; the rows that point here go on pointing. PostgreSQL changes the constraints, whose words are the same.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from alembic import op

revision = "r0015b"
down_revision = "r0014b"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_NOW, _BEFORE = "r0015b_due.sqlite.sql", "r0008_pricing.sqlite.sql"
_COLUMNS = (
    "refund_id, payment_id, order_id, buyer_id, provider, currency, amount_minor, reason, requested_by, requester_id,"
    " requested_at, state, approved_at, tried_at, reference, pending_reason, failure_code, note, ended_at, version"
)
_CHECK = re.compile(r"CONSTRAINT (ck_payments_refunds_\w+) (CHECK \(.*\)),?$", re.MULTILINE)
_UNKNOWN_BEFORE = {
    "refunds that are due": "payments_refunds WHERE state = 'due'",
    "refunds that were settled unsent": "payments_refunds WHERE state = 'settled' AND tried_at IS NULL",
}


def upgrade() -> None:
    """Let refunds be due: every one there is was the first of its kind."""
    if op.get_bind().dialect.name == "postgresql":
        _run(("ALTER TABLE payments_refunds ADD COLUMN attempt BIGINT DEFAULT 1 NOT NULL",))
        _check(_BEFORE, _NOW)
    else:
        _remake(_NOW)


def downgrade() -> None:
    """Make it as r0008 does. Refuses what r0014b has no words for."""
    for what, found in _UNKNOWN_BEFORE.items():
        if op.get_bind().exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0014b knows no {what}: this database cannot go back to it.")
    if op.get_bind().dialect.name == "postgresql":
        _check(_NOW, _BEFORE)
        _run(("ALTER TABLE payments_refunds DROP COLUMN attempt",))
    else:
        _remake(_BEFORE)


def _check(before: str, now: str) -> None:
    """Let the constraints of one file take the place of another's."""
    _run(f"ALTER TABLE payments_refunds DROP CONSTRAINT {name}" for name, _ in _checks(before))
    _run(f"ALTER TABLE payments_refunds ADD CONSTRAINT {name} {words}" for name, words in _checks(now))


def _checks(name: str) -> list[tuple[str, str]]:
    (table,) = (one for one in _made(name) if one.startswith("CREATE TABLE"))
    return _CHECK.findall(table)


def _remake(name: str) -> None:
    """Make the table anew and fill it from what was in it, which lies in ``kept_refunds`` meanwhile."""
    _run(("CREATE TEMPORARY TABLE kept_refunds AS SELECT * FROM payments_refunds", "DROP TABLE payments_refunds"))
    _run(_made(name))
    _run((
        f"INSERT INTO payments_refunds ({_COLUMNS}) SELECT {_COLUMNS} FROM kept_refunds",  # noqa: S608 - ours
        "DROP TABLE kept_refunds",
    ))  # fmt: skip


def _made(name: str) -> list[str]:
    """Return the statements that make the table of refunds and its indexes."""
    made = (_HERE / name).read_text(encoding="utf-8").strip().split("\n--;\n")
    return [one for one in made if one.startswith("CREATE TABLE payments_refunds ") or " ON payments_refunds " in one]


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)
