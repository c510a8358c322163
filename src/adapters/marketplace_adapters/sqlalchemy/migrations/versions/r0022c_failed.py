"""Refunds that the marketplace's own rules demand, and that failed before there were any that are due, are looked at.

Since r0015b another one is written in the transaction in which one fails, at its very moment. Those without are given
the timer by which the first command after this finds out what is left of them, freezes that and tells operators.
"""

from alembic import op

revision = "r0022c"
down_revision = "r0022b"
branch_labels = None
depends_on = None

_KIND = "payments.repeat_refund"
_WITHOUT = """
FROM payments_refunds AS failed WHERE failed.state = 'failed' AND failed.requested_by = 'system' AND NOT EXISTS (
  SELECT 1 FROM payments_refunds AS next WHERE next.payment_id = failed.payment_id AND next.requested_by = 'system'
  AND next.attempt = failed.attempt + 1 AND next.requested_at = failed.ended_at
)
"""


def upgrade() -> None:
    """Set the timers; one that is set already stays."""
    op.get_bind().exec_driver_sql(
        "INSERT INTO deadlines (kind, subject, due_at)"
        f" SELECT '{_KIND}', failed.refund_id, failed.ended_at {_WITHOUT} ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    """Take away those that nobody has acted on."""
    op.get_bind().exec_driver_sql(
        f"DELETE FROM deadlines WHERE kind = '{_KIND}'"  # noqa: S608 - ours
        " AND subject IN (SELECT refund_id FROM payments_refunds WHERE state = 'failed')"
    )
