"""Where the money is: payments, escrow, the ledger, commission, payouts.

A buyer's payment is opened with its order, captured by the provider, and lands in one escrow per seller. A delivered
part is released: commission and its tax are taken, the rest becomes payable and leaves in the next payout. Every
movement is a journal in books that cannot be unbalanced.
"""

from marketplace_core.payments.domain.accounts import CHART, Account, AccountKind, BalanceRule
from marketplace_core.payments.domain.commission import Charge, CommissionTerms, Division
from marketplace_core.payments.domain.dispute import Dispute, DisputePart, ProviderDispute
from marketplace_core.payments.domain.errors import (
    AccountClosed,
    AlreadyPosted,
    BooksDoNotBalance,
    DisputeNotFound,
    EscrowNotFound,
    EscrowNotReleasable,
    InsufficientFunds,
    MalformedEvidence,
    MalformedReason,
    MalformedRefund,
    MalformedShares,
    MoneyPaused,
    PaymentNotFound,
    PayoutNotFound,
    ProviderMismatch,
    ProviderRefused,
    ProviderUnavailable,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    RefundNotFound,
    SecondOperatorNeeded,
    SellerAccountNotFound,
    UnknownAtProvider,
    WrongState,
)
from marketplace_core.payments.domain.escrow import Awaits, EscrowHold, Release, release_id
from marketplace_core.payments.domain.events import (
    BrakeSet,
    DisputeLost,
    DisputeOpened,
    DisputePrevented,
    DisputeWarned,
    DisputeWon,
    EscrowOverdue,
    EscrowReleased,
    EscrowReopened,
    EvidenceDue,
    PaymentCancelled,
    PaymentCaptured,
    PaymentDeclined,
    PaymentNeedsReview,
    PayoutFailed,
    PayoutPaid,
    PayoutReturned,
    PayoutStuck,
    RefundApproved,
    RefundBounced,
    RefundFailed,
    RefundRejected,
    RefundRequested,
    RefundStillOwed,
    RefundSucceeded,
)
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras
from marketplace_core.payments.domain.journals import (
    REVERSED,
    Journal,
    JournalKind,
    MalformedTransfer,
    PayableEntry,
    Transfer,
    booked_as,
    entries_of,
    entry_id,
    escrow_released,
)
from marketplace_core.payments.domain.parcels import ParcelArrived, Parcels
from marketplace_core.payments.domain.payment import Payment, PaymentStep, ProviderPayment, Share
from marketplace_core.payments.domain.payout import (
    BankNews,
    BankState,
    Payout,
    PayoutItem,
    ProviderPayout,
    ProviderReversal,
    ProviderTransfer,
)
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import ProviderRefund, RefundPart, RefundProgress
from marketplace_core.payments.domain.seller_account import ProviderAccount, SellerAccount
from marketplace_core.payments.domain.standing import Portion, Split, Standing
from marketplace_core.payments.domain.states import MACHINES
from marketplace_core.payments.domain.states.account import AccountState
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.domain.states.refund import UNDER_WAY as REFUNDS_UNDER_WAY
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.domain.waterfall import Sources
from marketplace_core.payments.domain.wishes import RefundWish
from marketplace_core.payments.handlers import RECONCILIATIONS, TIMERS, answers, comparison_of, handlers
from marketplace_core.payments.ports import PaymentPage, Violation
from marketplace_core.payments.queries import (
    AT_THE_BANK,
    AuditBooks,
    BalanceEntry,
    BalanceHeading,
    BalanceView,
    BooksReader,
    BrakeView,
    EscrowView,
    JournalView,
    ListBalanceEntries,
    ListBrakes,
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
from marketplace_core.payments.queries.dispute_views import DisputeView, PartDispute
from marketplace_core.payments.queries.disputes import ListDisputes, ListPartDisputes, ViewDispute
from marketplace_core.payments.queries.refund_views import (
    RefundableOrder,
    RefundablePart,
    RefundBooking,
    RefundPreview,
    RefundView,
)
from marketplace_core.payments.queries.refunds import ListRefunds, PreviewRefund, ViewRefund
from marketplace_core.payments.queries.terms import ViewTerms
from marketplace_core.payments.usecases.accept_capture import AcceptCapture
from marketplace_core.payments.usecases.accept_dispute import AcceptDispute
from marketplace_core.payments.usecases.answer_dispute import AnswerDispute
from marketplace_core.payments.usecases.approve_refund import ApproveRefund
from marketplace_core.payments.usecases.begin_onboarding import BeginOnboarding, OnboardingBegun
from marketplace_core.payments.usecases.cancel_payment import CancelOutcome, CancelPayment
from marketplace_core.payments.usecases.cancel_payout import CancelPayout
from marketplace_core.payments.usecases.cancel_refund import CancelRefund
from marketplace_core.payments.usecases.conclude_hold import ConcludeHold
from marketplace_core.payments.usecases.connect_payout_account import ConnectPayoutAccount
from marketplace_core.payments.usecases.earn_fee import EarnFee
from marketplace_core.payments.usecases.freeze_escrow import FreezeEscrow
from marketplace_core.payments.usecases.give_back import GiveBack
from marketplace_core.payments.usecases.hold_payout import HoldPayout
from marketplace_core.payments.usecases.mature_reserve import MatureReserve
from marketplace_core.payments.usecases.open_payment import OpenPayment
from marketplace_core.payments.usecases.open_payout_account import OpenPayoutAccount
from marketplace_core.payments.usecases.reconcile_disputes import ReconcileDisputes
from marketplace_core.payments.usecases.reconcile_disputes_of import ReconcileDisputesOf
from marketplace_core.payments.usecases.reconcile_payment import ReconcilePayment
from marketplace_core.payments.usecases.reconcile_payout import ReconcilePayout
from marketplace_core.payments.usecases.reconcile_refund import ReconcileRefund
from marketplace_core.payments.usecases.reject_refund import RejectRefund
from marketplace_core.payments.usecases.release_escrow import ReleaseEscrow, ReleaseOutcome
from marketplace_core.payments.usecases.request_payment import RequestPayment
from marketplace_core.payments.usecases.request_refund import RequestedRefund, RequestRefund
from marketplace_core.payments.usecases.retry_payout import RetryPayout
from marketplace_core.payments.usecases.return_share import ReturnShare
from marketplace_core.payments.usecases.schedule_parcel import ScheduleParcel
from marketplace_core.payments.usecases.schedule_release import ScheduleRelease
from marketplace_core.payments.usecases.send_payout import SendPayout
from marketplace_core.payments.usecases.settle_refund import SettleRefund
from marketplace_core.payments.usecases.submit_refund import SubmitRefund
from marketplace_core.payments.usecases.sweep_payouts import PayoutRun, SweepPayouts
from marketplace_core.payments.usecases.unfreeze_escrow import UnfreezeEscrow

__all__ = [
    "AT_THE_BANK",
    "CHART",
    "MACHINES",
    "NO_EXTRAS",
    "RECONCILIATIONS",
    "REFUNDS_UNDER_WAY",
    "REVERSED",
    "TIMERS",
    "AcceptCapture",
    "AcceptDispute",
    "Account",
    "AccountClosed",
    "AccountKind",
    "AccountState",
    "AlreadyPosted",
    "AnswerDispute",
    "ApproveRefund",
    "AuditBooks",
    "Awaits",
    "BalanceEntry",
    "BalanceHeading",
    "BalanceRule",
    "BalanceView",
    "BankNews",
    "BankState",
    "BeginOnboarding",
    "BooksDoNotBalance",
    "BooksReader",
    "BrakeSet",
    "BrakeView",
    "CancelOutcome",
    "CancelPayment",
    "CancelPayout",
    "CancelRefund",
    "Charge",
    "CommissionTerms",
    "ConcludeHold",
    "ConnectPayoutAccount",
    "Dispute",
    "DisputeLost",
    "DisputeNotFound",
    "DisputeOpened",
    "DisputePart",
    "DisputePrevented",
    "DisputeState",
    "DisputeView",
    "DisputeWarned",
    "DisputeWon",
    "Division",
    "EarnFee",
    "EscrowHold",
    "EscrowNotFound",
    "EscrowNotReleasable",
    "EscrowOverdue",
    "EscrowReleased",
    "EscrowReopened",
    "EscrowView",
    "EvidenceDue",
    "Extras",
    "FreezeEscrow",
    "GiveBack",
    "HoldPayout",
    "HoldState",
    "InsufficientFunds",
    "Journal",
    "JournalKind",
    "JournalView",
    "ListBalanceEntries",
    "ListBrakes",
    "ListDisputes",
    "ListEscrows",
    "ListJournals",
    "ListPartDisputes",
    "ListPayouts",
    "ListRefunds",
    "MalformedEvidence",
    "MalformedReason",
    "MalformedRefund",
    "MalformedShares",
    "MalformedTransfer",
    "MatureReserve",
    "MoneyPaused",
    "OnboardingBegun",
    "OpenPayment",
    "OpenPayoutAccount",
    "OrderHold",
    "OrderHoldsView",
    "ParcelArrived",
    "Parcels",
    "PartDispute",
    "PayableEntry",
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
    "PayoutReturned",
    "PayoutRun",
    "PayoutState",
    "PayoutStuck",
    "PayoutView",
    "Portion",
    "PostedTransfer",
    "PreviewRefund",
    "Proof",
    "ProviderAccount",
    "ProviderDispute",
    "ProviderMismatch",
    "ProviderPayment",
    "ProviderPayout",
    "ProviderRefund",
    "ProviderRefused",
    "ProviderReversal",
    "ProviderTransfer",
    "ProviderUnavailable",
    "ReconcileDisputes",
    "ReconcileDisputesOf",
    "ReconcilePayment",
    "ReconcilePayout",
    "ReconcileRefund",
    "Refund",
    "RefundApproved",
    "RefundBlockedByDispute",
    "RefundBooking",
    "RefundBounced",
    "RefundExceedsRemaining",
    "RefundFailed",
    "RefundNotFound",
    "RefundPart",
    "RefundPreview",
    "RefundProgress",
    "RefundRejected",
    "RefundRequested",
    "RefundState",
    "RefundStillOwed",
    "RefundSucceeded",
    "RefundView",
    "RefundWish",
    "RefundableOrder",
    "RefundablePart",
    "RejectRefund",
    "Release",
    "ReleaseEscrow",
    "ReleaseOutcome",
    "RequestPayment",
    "RequestRefund",
    "RequestedRefund",
    "RetryPayout",
    "ReturnShare",
    "ScheduleParcel",
    "ScheduleRelease",
    "SecondOperatorNeeded",
    "SellerAccount",
    "SellerAccountNotFound",
    "SellerBalance",
    "SendPayout",
    "SettleRefund",
    "Share",
    "Sources",
    "Split",
    "Standing",
    "SubmitRefund",
    "SweepPayouts",
    "Transfer",
    "TrialBalance",
    "TrialBalanceRow",
    "TrialBalanceView",
    "UnfreezeEscrow",
    "UnknownAtProvider",
    "ViewBalance",
    "ViewDispute",
    "ViewEscrow",
    "ViewOrderHolds",
    "ViewOrderPayment",
    "ViewPayment",
    "ViewPayout",
    "ViewRefund",
    "ViewTerms",
    "Violation",
    "WrongState",
    "answers",
    "booked_as",
    "comparison_of",
    "entries_of",
    "entry_id",
    "escrow_released",
    "handlers",
    "release_id",
]
