"""What consoles and pages ask for: lists by state, and captions of videos."""

from pathlib import Path

from alembic import op

revision = "r0003"
down_revision = "r0001"
branch_labels = None
depends_on = None

_MADE = Path(__file__).with_suffix(".sqlite.sql")
_BETWEEN = "\n--;\n"
_INDEXES = (
    "ix_orders_orders_state",
    "ix_payments_holds_state",
    "ix_payments_payouts_state",
)


def upgrade() -> None:
    """Make the indexes and the table."""
    connection = op.get_bind()
    for statement in _MADE.read_text(encoding="utf-8").split(_BETWEEN):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TABLE video_captions")
    for name in _INDEXES:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
