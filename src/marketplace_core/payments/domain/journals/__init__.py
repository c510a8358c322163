"""The journals: one function per row of money design 4.2, from facts to postings. Pure."""

from marketplace_core.payments.domain.journals.capture import (
    capture_suspended,
    misfit_refund_failed,
    misfit_refunded,
    payment_captured,
    provider_fee,
)
from marketplace_core.payments.domain.journals.journal import (
    Journal,
    JournalKind,
    MalformedTransfer,
    PayableEntry,
    Transfer,
    entries_of,
    entry_id,
)
from marketplace_core.payments.domain.journals.payout import (
    payout_assembled,
    payout_cancelled,
    payout_paid,
    payout_returned,
    transfer_reversed,
    transfer_succeeded,
)
from marketplace_core.payments.domain.journals.refund import (
    refund_after_release,
    refund_bounced,
    refund_failed,
    refund_from_escrow,
    refund_settled,
    refund_succeeded,
)
from marketplace_core.payments.domain.journals.release import debt_netted, escrow_released, reserve_matured

__all__ = [
    "Journal",
    "JournalKind",
    "MalformedTransfer",
    "PayableEntry",
    "Transfer",
    "capture_suspended",
    "debt_netted",
    "entries_of",
    "entry_id",
    "escrow_released",
    "misfit_refund_failed",
    "misfit_refunded",
    "payment_captured",
    "payout_assembled",
    "payout_cancelled",
    "payout_paid",
    "payout_returned",
    "provider_fee",
    "refund_after_release",
    "refund_bounced",
    "refund_failed",
    "refund_from_escrow",
    "refund_settled",
    "refund_succeeded",
    "reserve_matured",
    "transfer_reversed",
    "transfer_succeeded",
]
