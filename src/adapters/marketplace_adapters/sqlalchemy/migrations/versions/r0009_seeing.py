"""More of what must never be in the books: views that compare rows with rows, and journals with what they are about."""

from pathlib import Path

from alembic import op

revision = "r0009"
down_revision = "r0005"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")
_VIEWS = (
    "audit_fee_is_booked",
    "audit_release_is_booked",
    "audit_release_matches_share",
    "audit_refund_matches_share",
    "audit_dispute_matches_share",
    "audit_ended_hold_is_empty",
    "audit_suspense_matches_payment",
    "audit_entry_is_claimed_once",
    "audit_journal_has_source",
)


def upgrade() -> None:
    """Make the views."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").split("\n--;\n"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them."""
    connection = op.get_bind()
    for view in _VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
