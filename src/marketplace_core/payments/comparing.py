"""What everybody may know of the comparison of our books with a payment provider's: a part of the face of payments."""

from marketplace_core.payments.domain.comparison import (
    BookRow,
    Books,
    Discrepancy,
    Entry,
    ProviderBalances,
    payment_state,
    payout_state,
    refund_state,
)
from marketplace_core.payments.domain.comparison import Kind as DiscrepancyKind
from marketplace_core.payments.domain.errors import BooksNotReadable
from marketplace_core.payments.queries.comparison import CompareBooks, Comparison

__all__ = [
    "BookRow",
    "Books",
    "BooksNotReadable",
    "CompareBooks",
    "Comparison",
    "Discrepancy",
    "DiscrepancyKind",
    "Entry",
    "ProviderBalances",
    "payment_state",
    "payout_state",
    "refund_state",
]
