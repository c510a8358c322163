"""Where the money is: payments, escrow, the ledger, commission, payouts.

A buyer's payment is opened with its order, captured by the provider, and lands in one escrow per seller. A delivered
part is released: commission and its tax are taken, the rest becomes payable and leaves in the next payout. Every
movement is a journal in books that cannot be unbalanced.
"""

from marketplace_core.payments.domain.accounts import (
    CHART,
    Account,
    AccountKind,
    AccountType,
    BalanceRule,
    Heading,
)
from marketplace_core.payments.domain.commission import (
    CommissionTerms,
    Division,
)
from marketplace_core.payments.domain.errors import (
    AccountClosed,
    AlreadyPosted,
    BooksDoNotBalance,
    EscrowNotFound,
    EscrowNotReleasable,
    InsufficientFunds,
    LedgerRefusal,
    MalformedReason,
    MalformedShares,
    PaymentNotFound,
    PayoutNotFound,
    ProviderMismatch,
    ProviderRefused,
    ProviderUnavailable,
    SellerAccountNotFound,
    UnknownAtProvider,
    WrongState,
)
from marketplace_core.payments.domain.escrow import (
    Awaits,
    EscrowHold,
    HoldState,
    Release,
    release_id,
)
from marketplace_core.payments.domain.events import (
    EscrowOverdue,
    EscrowReleased,
    PaymentCancelled,
    PaymentCaptured,
    PaymentDeclined,
    PaymentNeedsReview,
    PayoutFailed,
    PayoutPaid,
)
from marketplace_core.payments.domain.journals import (
    Journal,
    JournalKind,
    MalformedTransfer,
    Transfer,
)
from marketplace_core.payments.domain.payment import (
    Payment,
    PaymentState,
    PaymentStep,
    ProviderPayment,
    Share,
)
from marketplace_core.payments.domain.payout import (
    LIVE_STATES,
    BankState,
    Payout,
    PayoutItem,
    PayoutState,
    ProviderPayout,
    ProviderTransfer,
)
from marketplace_core.payments.domain.policy import (
    PaymentPolicy,
    Proof,
)
from marketplace_core.payments.domain.seller_account import (
    AccountState,
    ProviderAccount,
    SellerAccount,
)
from marketplace_core.payments.handlers import (
    RECONCILIATIONS,
    TIMERS,
    answers,
    handlers,
)
from marketplace_core.payments.ports import (
    PaymentPage,
    Violation,
)
from marketplace_core.payments.queries import (
    AuditBooks,
    BalanceEntry,
    BalanceHeading,
    BalanceView,
    BooksReader,
    EscrowView,
    JournalView,
    ListBalanceEntries,
    ListEscrows,
    ListJournals,
    ListPayouts,
    OrderHold,
    OrderHoldsView,
    PaymentsReader,
    PaymentView,
    PayoutView,
    PostedTransfer,
    SellerBalance,
    TrialBalance,
    TrialBalanceRow,
    TrialBalanceView,
    ViewBalance,
    ViewEscrow,
    ViewOrderHolds,
    ViewOrderPayment,
    ViewPayment,
    ViewPayout,
)
from marketplace_core.payments.queries.terms import ViewTerms
from marketplace_core.payments.usecases.cancel_payment import (
    CancelOutcome,
    CancelPayment,
)
from marketplace_core.payments.usecases.cancel_payout import (
    CancelPayout,
)
from marketplace_core.payments.usecases.conclude_hold import (
    ConcludeHold,
)
from marketplace_core.payments.usecases.connect_payout_account import (
    ConnectPayoutAccount,
)
from marketplace_core.payments.usecases.freeze_escrow import (
    FreezeEscrow,
)
from marketplace_core.payments.usecases.open_payment import (
    OpenPayment,
)
from marketplace_core.payments.usecases.open_payout_account import (
    OpenPayoutAccount,
)
from marketplace_core.payments.usecases.reconcile_payment import (
    ReconcilePayment,
)
from marketplace_core.payments.usecases.reconcile_payout import (
    ReconcilePayout,
)
from marketplace_core.payments.usecases.release_escrow import (
    ReleaseEscrow,
    ReleaseOutcome,
)
from marketplace_core.payments.usecases.request_payment import (
    RequestPayment,
)
from marketplace_core.payments.usecases.retry_payout import (
    RetryPayout,
)
from marketplace_core.payments.usecases.schedule_release import (
    ScheduleRelease,
)
from marketplace_core.payments.usecases.send_payout import (
    SendPayout,
)
from marketplace_core.payments.usecases.sweep_payouts import (
    PayoutRun,
    SweepPayouts,
)
from marketplace_core.payments.usecases.unfreeze_escrow import (
    UnfreezeEscrow,
)

__all__ = [
    "CHART",
    "LIVE_STATES",
    "RECONCILIATIONS",
    "TIMERS",
    "Account",
    "AccountClosed",
    "AccountKind",
    "AccountState",
    "AccountType",
    "AlreadyPosted",
    "AuditBooks",
    "Awaits",
    "BalanceEntry",
    "BalanceHeading",
    "BalanceRule",
    "BalanceView",
    "BankState",
    "BooksDoNotBalance",
    "BooksReader",
    "CancelOutcome",
    "CancelPayment",
    "CancelPayout",
    "CommissionTerms",
    "ConcludeHold",
    "ConnectPayoutAccount",
    "Division",
    "EscrowHold",
    "EscrowNotFound",
    "EscrowNotReleasable",
    "EscrowOverdue",
    "EscrowReleased",
    "EscrowView",
    "FreezeEscrow",
    "Heading",
    "HoldState",
    "InsufficientFunds",
    "Journal",
    "JournalKind",
    "JournalView",
    "LedgerRefusal",
    "ListBalanceEntries",
    "ListEscrows",
    "ListJournals",
    "ListPayouts",
    "MalformedReason",
    "MalformedShares",
    "MalformedTransfer",
    "OpenPayment",
    "OpenPayoutAccount",
    "OrderHold",
    "OrderHoldsView",
    "Payment",
    "PaymentCancelled",
    "PaymentCaptured",
    "PaymentDeclined",
    "PaymentNeedsReview",
    "PaymentNotFound",
    "PaymentPage",
    "PaymentPolicy",
    "PaymentState",
    "PaymentStep",
    "PaymentView",
    "PaymentsReader",
    "Payout",
    "PayoutFailed",
    "PayoutItem",
    "PayoutNotFound",
    "PayoutPaid",
    "PayoutRun",
    "PayoutState",
    "PayoutView",
    "PostedTransfer",
    "Proof",
    "ProviderAccount",
    "ProviderMismatch",
    "ProviderPayment",
    "ProviderPayout",
    "ProviderRefused",
    "ProviderTransfer",
    "ProviderUnavailable",
    "ReconcilePayment",
    "ReconcilePayout",
    "Release",
    "ReleaseEscrow",
    "ReleaseOutcome",
    "RequestPayment",
    "RetryPayout",
    "ScheduleRelease",
    "SellerAccount",
    "SellerAccountNotFound",
    "SellerBalance",
    "SendPayout",
    "Share",
    "SweepPayouts",
    "Transfer",
    "TrialBalance",
    "TrialBalanceRow",
    "TrialBalanceView",
    "UnfreezeEscrow",
    "UnknownAtProvider",
    "ViewBalance",
    "ViewEscrow",
    "ViewOrderHolds",
    "ViewOrderPayment",
    "ViewPayment",
    "ViewPayout",
    "ViewTerms",
    "Violation",
    "WrongState",
    "answers",
    "handlers",
    "release_id",
]
