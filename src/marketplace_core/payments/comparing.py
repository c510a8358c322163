"""Our books and a payment provider's own: how they differ, and what happened there. A part of the face of payments."""

from marketplace_core.payments.domain.comparison import (
    UNDER_WAY_OR_PAID,
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
from marketplace_core.payments.usecases.catch_up import CatchUp, CaughtUp

__all__ = [
    "UNDER_WAY_OR_PAID",
    "BookRow",
    "Books",
    "BooksNotReadable",
    "CatchUp",
    "CaughtUp",
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
