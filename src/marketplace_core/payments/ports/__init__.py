"""What payments need from outside: their rows and their books in one transaction, and a payment provider."""

from marketplace_core.payments.ports.books import UNANSWERED_HOURS_MAX, Audit, Ledger, Violation
from marketplace_core.payments.ports.goods import SoldGoods
from marketplace_core.payments.ports.provider import (
    DisputeGateway,
    Evidence,
    PaymentGateway,
    PaymentPage,
    PaymentRequest,
    PayoutGateway,
    RefundRequest,
    ReversalRequest,
    TransferRequest,
)
from marketplace_core.payments.ports.rows import (
    Brakes,
    Claimant,
    Claims,
    DebtSettlements,
    Disputes,
    EscrowHolds,
    Payments,
    PaymentsWork,
    Payouts,
    Refunds,
    SellerAccounts,
    SellerStandings,
)

__all__ = [
    "UNANSWERED_HOURS_MAX",
    "Audit",
    "Brakes",
    "Claimant",
    "Claims",
    "DebtSettlements",
    "DisputeGateway",
    "Disputes",
    "EscrowHolds",
    "Evidence",
    "Ledger",
    "PaymentGateway",
    "PaymentPage",
    "PaymentRequest",
    "Payments",
    "PaymentsWork",
    "PayoutGateway",
    "Payouts",
    "RefundRequest",
    "Refunds",
    "ReversalRequest",
    "SellerAccounts",
    "SellerStandings",
    "SoldGoods",
    "TransferRequest",
    "Violation",
]
