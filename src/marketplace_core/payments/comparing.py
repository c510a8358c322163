"""Our books and a payment provider's own: how they differ, and what happened there. A part of the face of payments."""

from marketplace_core.payments.domain.comparison import (
    UNDER_WAY_OR_PAID,
    BookRow,
    Books,
    Comparison,
    Discrepancy,
    Entry,
    ProviderBalances,
    payment_state,
    payout_state,
    refund_state,
)
from marketplace_core.payments.domain.comparison import Kind as DiscrepancyKind
from marketplace_core.payments.domain.errors import BooksNotReadable, NeverCompared
from marketplace_core.payments.domain.events import BooksDiffered
from marketplace_core.payments.domain.last_comparison import KeptComparison, LastComparison
from marketplace_core.payments.queries.comparison import CompareBooks, ViewLastComparison
from marketplace_core.payments.usecases.catch_up import CatchUp, CaughtUp
from marketplace_core.payments.usecases.reconcile_books import ReconcileBooks

__all__ = [
    "UNDER_WAY_OR_PAID",
    "BookRow",
    "Books",
    "BooksDiffered",
    "BooksNotReadable",
    "CatchUp",
    "CaughtUp",
    "CompareBooks",
    "Comparison",
    "Discrepancy",
    "DiscrepancyKind",
    "Entry",
    "KeptComparison",
    "LastComparison",
    "NeverCompared",
    "ProviderBalances",
    "ReconcileBooks",
    "ViewLastComparison",
    "payment_state",
    "payout_state",
    "refund_state",
]
