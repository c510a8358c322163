"""What a buyer pays beyond a seller's share, and less: tax, fee, subsidy (money design J01, J06, J30).

Whoever paid before paid shares alone. A refund may now come to nothing for the buyer, when the platform had paid all of
it, so the table of refunds is made anew under its name; the other tables get columns, which older rows have nothing in.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from alembic import op

revision = "r0008"
down_revision = "r0009"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_EXTRAS = ("tax_minor", "fee_minor", "subsidy_minor")
_KEPT = ("kept_tax_minor", "kept_fee_minor", "kept_subsidy_minor", "fee_earned_minor")
_ADDED = (
    *(("payments_shares", name) for name in (*_EXTRAS, "tax_jurisdiction")),
    *(("payments_holds", name) for name in (*_EXTRAS, "tax_jurisdiction", *_KEPT)),
    *(("payments_refund_parts", name) for name in _EXTRAS),
)
_VIEWS = ("audit_fee_matches_holds", "audit_refunds_within_payment", "audit_capture_is_booked")
_UNKNOWN_BEFORE = {
    "tax, fees and subsidies": "payments_shares WHERE tax_minor + fee_minor + subsidy_minor > 0",
    "refunds of nothing": "payments_refunds WHERE amount_minor = 0",
}


def upgrade() -> None:
    """Add the columns, make the table of refunds and the audits anew."""
    _run(("DROP VIEW audit_capture_is_booked",))
    _run(_addition(table, name) for table, name in _ADDED)
    made = _statements("r0008_pricing.sqlite.sql")
    _remake_refunds([one for one in made if _is_of_refunds(one)])
    _run(one for one in made if not _is_of_refunds(one))


def downgrade() -> None:
    """Drop them. Refuses what r0009 has no words for."""
    for what, found in _UNKNOWN_BEFORE.items():
        if op.get_bind().exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0009 knows no {what}: this database cannot go back to it.")
    _run(f"DROP VIEW {name}" for name in _VIEWS)
    _remake_refunds([one for one in _statements("r0005_disputes.sqlite.sql") if _is_of_refunds(one)])
    _run(f"ALTER TABLE {table} DROP COLUMN {name}" for table, name in reversed(_ADDED))
    (audit,) = (one for one in _statements("r0001_first.sqlite.sql") if "VIEW IF NOT EXISTS audit_capture_is" in one)
    _run((audit,))


def _addition(table: str, name: str) -> str:
    if name == "tax_jurisdiction":
        return f"ALTER TABLE {table} ADD COLUMN {name} TEXT DEFAULT '' NOT NULL"
    check = f"CONSTRAINT ck_{table}_{name}_not_negative CHECK ({name} >= 0)"
    return f"ALTER TABLE {table} ADD COLUMN {name} INTEGER DEFAULT 0 NOT NULL {check}"


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
