"""A payout of whose transfer some has paid a debt knows how much of it that is.

Nothing is left out of the payouts there are: what is to be is found when the next of them comes back, or is tried again
or given up. SQLite cannot change a constraint, so the table is made anew under its name. Foreign keys are off while
revisions are applied; the rows that point here go on pointing. PostgreSQL changes the constraints.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from alembic import op

revision = "r0022"
down_revision = "r0024"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_NOW, _BEFORE = "r0022_rest_of_a_transfer.sqlite.sql", "r0004_money.sqlite.sql"
_COLUMNS = (
    "payout_id, seller_id, provider, account, currency, amount_minor, state, attempt, assembled_at, tried_at,"
    " transfer_reference, bank_reference, reversal_reference, failure_code, paid_at, version"
)
_CHECK = re.compile(r"CONSTRAINT (ck_payments_payouts_\w+) (CHECK \(.*\)),?\s*$", re.MULTILINE)


def upgrade() -> None:
    """Let payouts leave out what has paid a debt: of none there is anything left out yet."""
    if op.get_bind().dialect.name == "postgresql":
        _run(("ALTER TABLE payments_payouts ADD COLUMN taken_minor BIGINT DEFAULT 0 NOT NULL",))
        _check(_BEFORE, _NOW)
    else:
        _remake(_NOW)


def downgrade() -> None:
    """Make it as r0004 does. Refuses payouts that leave something out."""
    found = op.get_bind().exec_driver_sql("SELECT 1 FROM payments_payouts WHERE taken_minor > 0 LIMIT 1").first()
    if found is not None:
        raise RuntimeError("r0024 knows no payouts that leave something out: this database cannot go back to it.")
    if op.get_bind().dialect.name == "postgresql":
        _check(_NOW, _BEFORE)
        _run(("ALTER TABLE payments_payouts DROP COLUMN taken_minor",))
    else:
        _remake(_BEFORE)


def _check(before: str, now: str) -> None:
    """Let the constraints of one file take the place of another's."""
    _run(f"ALTER TABLE payments_payouts DROP CONSTRAINT {name}" for name, _ in _checks(before))
    _run(f"ALTER TABLE payments_payouts ADD CONSTRAINT {name} {words}" for name, words in _checks(now))


def _checks(name: str) -> list[tuple[str, str]]:
    (table,) = (one for one in _made(name) if one.startswith("CREATE TABLE"))
    return _CHECK.findall(table)


def _remake(name: str) -> None:
    """Make the table anew and fill it from what was in it, which lies in ``kept_payouts`` meanwhile."""
    _run(("CREATE TEMPORARY TABLE kept_payouts AS SELECT * FROM payments_payouts", "DROP TABLE payments_payouts"))
    _run(_made(name))
    _run((
        f"INSERT INTO payments_payouts ({_COLUMNS}) SELECT {_COLUMNS} FROM kept_payouts",  # noqa: S608 - ours
        "DROP TABLE kept_payouts",
    ))  # fmt: skip


def _made(name: str) -> list[str]:
    """Return the statements that make the table of payouts and its indexes."""
    made = (_HERE / name).read_text(encoding="utf-8").strip().split("\n--;\n")
    return [one for one in made if one.startswith("CREATE TABLE payments_payouts ") or " ON payments_payouts " in one]


def _run(statements: Iterable[str]) -> None:
    connection = op.get_bind()
    for statement in statements:
        connection.exec_driver_sql(statement)
