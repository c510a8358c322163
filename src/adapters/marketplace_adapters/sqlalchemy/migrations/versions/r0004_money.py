"""Refunds, where every cent of a share is, and what is payable as entries that payouts claim (money design 4.6, 4.7).

What was in escrow is held, what was released is the seller's; nothing had ever come back or been disputed. SQLite
cannot change a constraint, so the tables are made anew under their names. Foreign keys are off while revisions are
applied; the rows that point here go on pointing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from alembic import op

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent
_REMADE = (
    "ledger_journals",
    "payments_payments",
    "payments_holds",
    "payments_payouts",
    "payments_releases",
    "payments_payout_items",
)
_ADDED = ("payments_refund_parts", "payments_refunds", "payments_entries")
_VIEWS = (
    "audit_escrow_matches_hold",
    "audit_payable_is_unclaimed",
    "audit_clearing_matches_payout",
    "audit_wallet_matches_payouts",
)
_ADDED_VIEWS = ("audit_refund_matches_books", "audit_share_is_whole")
_GONE = ("ix_payments_payout_items_release", "ix_payments_releases_claimed_by", "ix_payments_releases_unclaimed")
_UNKNOWN_BEFORE = {
    "refunds": "payments_refunds",
    "payments that were given back": "payments_payments WHERE state = 'cancelled' AND captured_minor IS NOT NULL",
    "entries that are no releases": "payments_entries WHERE kind <> 'escrow_released'",
    "holds that were released in part": "payments_holds WHERE released_minor NOT IN (0, items_minor + delivery_minor)",
    "holds whose money went elsewhere": "payments_holds WHERE state NOT IN ('pending', 'void') AND items_minor"
    " + delivery_minor <> held_items_minor + held_delivery_minor + released_items_minor + released_delivery_minor",
    "payouts that came back": "payments_payouts WHERE state = 'returned' OR reversal_reference IS NOT NULL",
    "journals of later kinds": "ledger_journals WHERE kind NOT IN ('payment_captured', 'provider_fee',"
    " 'escrow_released', 'payout_assembled', 'payout_cancelled', 'transfer_succeeded', 'payout_paid',"
    " 'capture_suspended')",
}


def upgrade() -> None:
    """Put every share where it is, and make entries of the releases with their claims."""
    _run(f"DROP VIEW {name}" for name in _VIEWS)
    _remake(_statements("r0004_money.sqlite.sql"), _statements("r0004_money.up.sqlite.sql"))


def downgrade() -> None:
    """Put the claims back on the releases. Refuses what r0003 has no words for."""
    connection = op.get_bind()
    for what, found in _UNKNOWN_BEFORE.items():
        if connection.exec_driver_sql(f"SELECT 1 FROM {found} LIMIT 1").first() is not None:  # noqa: S608 - ours
            raise RuntimeError(f"r0003 knows no {what}: this database cannot go back to it.")
    wanted = {_name(statement) for statement in _statements("r0004_money.sqlite.sql")} | set(_GONE)
    before = [*_statements("r0001_first.sqlite.sql"), *_statements("r0003_questions.sqlite.sql")]
    made = [statement for statement in before if _name(statement) in wanted]
    _run(f"DROP VIEW {name}" for name in (*_VIEWS, *_ADDED_VIEWS))
    _remake(made, _statements("r0004_money.down.sqlite.sql"))
    _run(f"DROP TABLE {name}" for name in _ADDED)


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
    return (_HERE / name).read_text(encoding="utf-8").split("\n--;\n")


def _name(statement: str) -> str:
    """Return the name of what a statement makes."""
    return statement.replace("IF NOT EXISTS ", "").split(maxsplit=3)[2]
