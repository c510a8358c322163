"""What was sent is looked at two weeks later: its money may have gone back, and then it is over."""

from alembic import op

revision = "r0015"
down_revision = "r0006b"
branch_labels = None
depends_on = None

_SENT = "SELECT seller_order_id FROM orders_seller_orders WHERE state = 'shipped'"


def upgrade() -> None:
    """Give every part that is under way its date: two weeks after its last parcel."""
    op.get_bind().exec_driver_sql(
        "INSERT OR IGNORE INTO deadlines (kind, subject, due_at)"
        " SELECT 'orders.complete', seller_order_id,"
        " strftime('%Y-%m-%dT%H:%M:%S', shipped_at, '+14 days') || '.000000Z'"
        " FROM orders_seller_orders WHERE state = 'shipped'"
    )


def downgrade() -> None:
    """Take the dates away: what is under way waits for whoever says that it arrived."""
    op.get_bind().exec_driver_sql(f"DELETE FROM deadlines WHERE kind = 'orders.complete' AND subject IN ({_SENT})")  # noqa: S608 - ours
