"""The tables of payments: command → handler, query → answer, deadline and provider message → command."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeAlias

from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    IdFactory,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    SettlementId,
)
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.comparison import Comparison
from marketplace_core.payments.domain.errors import BooksNotReadable
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import (
    Audit,
    DisputeGateway,
    PaymentGateway,
    PaymentsWork,
    PayoutGateway,
    ProviderBooks,
    ProviderNews,
    SoldGoods,
)
from marketplace_core.payments.queries import (
    AuditBooks,
    BooksAnswers,
    BooksReader,
    ListBalanceEntries,
    ListBrakes,
    ListEscrows,
    ListJournals,
    ListPayouts,
    PaymentAnswers,
    PaymentsReader,
    TrialBalance,
    ViewBalance,
    ViewEscrow,
    ViewOrderHolds,
    ViewOrderPayment,
    ViewPayment,
    ViewPayout,
)
from marketplace_core.payments.queries.claims import ClaimAnswers, ForeseeClaim, ListClaims, ReadClaimPhoto, ViewClaim
from marketplace_core.payments.queries.comparison import (
    CompareBooks,
    CompareBooksHandler,
    LastComparisonAnswers,
    ViewLastComparison,
)
from marketplace_core.payments.queries.debts import DebtAnswers, ListDebtors, ListSettlements, ViewSellerStanding
from marketplace_core.payments.queries.disputes import DisputeAnswers, ListDisputes, ListPartDisputes, ViewDispute
from marketplace_core.payments.queries.explanations import (
    ExplainBalance,
    ExplainCommission,
    Explainer,
    ExplainOrder,
    ExplainPayout,
)
from marketplace_core.payments.queries.refunds import ListRefunds, PreviewRefund, RefundAnswers, ViewRefund
from marketplace_core.payments.queries.statements import StatementAnswers, ViewStatement
from marketplace_core.payments.queries.terms import ViewTerms, ViewTermsHandler
from marketplace_core.payments.usecases.accept_capture import AcceptCapture, AcceptCaptureHandler
from marketplace_core.payments.usecases.accept_claim_offer import AcceptClaimOffer, AcceptClaimOfferHandler
from marketplace_core.payments.usecases.accept_dispute import AcceptDispute, AcceptDisputeHandler
from marketplace_core.payments.usecases.add_claim_photo import AddClaimPhoto, AddClaimPhotoHandler
from marketplace_core.payments.usecases.add_to_claim import AddToClaim, AddToClaimHandler
from marketplace_core.payments.usecases.answer_claim import AnswerClaim, AnswerClaimHandler
from marketplace_core.payments.usecases.answer_dispute import AnswerDispute, AnswerDisputeHandler
from marketplace_core.payments.usecases.approve_refund import ApproveRefund, ApproveRefundHandler
from marketplace_core.payments.usecases.begin_onboarding import BeginOnboarding, BeginOnboardingHandler
from marketplace_core.payments.usecases.cancel_payment import CancelPayment, CancelPaymentHandler
from marketplace_core.payments.usecases.cancel_payout import CancelPayout, CancelPayoutHandler
from marketplace_core.payments.usecases.cancel_refund import CancelRefund, CancelRefundHandler
from marketplace_core.payments.usecases.catch_up import CatchUp, CatchUpHandler
from marketplace_core.payments.usecases.check_liquidity import (
    CheckLiquidity,
    CheckLiquidityHandler,
    LiquidityLook,
)
from marketplace_core.payments.usecases.claiming import ClaimSettler
from marketplace_core.payments.usecases.conclude_claim import ConcludeClaim, ConcludeClaimHandler
from marketplace_core.payments.usecases.conclude_hold import ConcludeHold, ConcludeHoldHandler
from marketplace_core.payments.usecases.connect_payout_account import ConnectPayoutAccount, ConnectPayoutAccountHandler
from marketplace_core.payments.usecases.correct_books import CorrectBooks, CorrectBooksHandler
from marketplace_core.payments.usecases.decide_claim import DecideClaim, DecideClaimHandler
from marketplace_core.payments.usecases.decide_write_off import DecideWriteOff, DecideWriteOffHandler
from marketplace_core.payments.usecases.diagnose_books import DiagnoseBooks, DiagnoseBooksHandler
from marketplace_core.payments.usecases.disputing import DisputeRecorder
from marketplace_core.payments.usecases.earn_fee import EarnFee, EarnFeeHandler
from marketplace_core.payments.usecases.follow_shop import FollowShop, FollowShopHandler
from marketplace_core.payments.usecases.freeze_escrow import FreezeEscrow, FreezeEscrowHandler
from marketplace_core.payments.usecases.give_back import GiveBack, GiveBackHandler
from marketplace_core.payments.usecases.hold_payout import HoldPayout, HoldPayoutHandler
from marketplace_core.payments.usecases.inspect_books import InspectBooks, InspectBooksHandler
from marketplace_core.payments.usecases.mature_reserve import MatureReserve, MatureReserveHandler
from marketplace_core.payments.usecases.open_claim import OpenClaim, OpenClaimHandler
from marketplace_core.payments.usecases.open_payment import OpenPayment, OpenPaymentHandler
from marketplace_core.payments.usecases.open_payout_account import OpenPayoutAccount, OpenPayoutAccountHandler
from marketplace_core.payments.usecases.reconcile_books import ReconcileBooks, ReconcileBooksHandler
from marketplace_core.payments.usecases.reconcile_disputes import ReconcileDisputes, ReconcileDisputesHandler
from marketplace_core.payments.usecases.reconcile_disputes_of import ReconcileDisputesOf, ReconcileDisputesOfHandler
from marketplace_core.payments.usecases.reconcile_payment import (
    PaymentRecorder,
    ReconcilePayment,
    ReconcilePaymentHandler,
)
from marketplace_core.payments.usecases.reconcile_payout import ReconcilePayout, ReconcilePayoutHandler
from marketplace_core.payments.usecases.reconcile_refund import ReconcileRefund, ReconcileRefundHandler
from marketplace_core.payments.usecases.reject_refund import RejectRefund, RejectRefundHandler
from marketplace_core.payments.usecases.release_brake import ReleaseBrake, ReleaseBrakeHandler
from marketplace_core.payments.usecases.release_escrow import ReleaseEscrow, ReleaseEscrowHandler
from marketplace_core.payments.usecases.remind_of_evidence import RemindOfEvidence, RemindOfEvidenceHandler
from marketplace_core.payments.usecases.remind_of_payout import RemindOfPayout, RemindOfPayoutHandler
from marketplace_core.payments.usecases.remind_of_refund import RemindOfRefund, RemindOfRefundHandler
from marketplace_core.payments.usecases.repeat_refund import RepeatRefund, RepeatRefundHandler
from marketplace_core.payments.usecases.request_payment import RequestPayment, RequestPaymentHandler
from marketplace_core.payments.usecases.request_refund import RequestRefund, RequestRefundHandler
from marketplace_core.payments.usecases.retry_payout import RetryPayout, RetryPayoutHandler
from marketplace_core.payments.usecases.return_share import ReturnShare, ReturnShareHandler
from marketplace_core.payments.usecases.review_debt import ReviewDebt, ReviewDebtHandler
from marketplace_core.payments.usecases.schedule_parcel import ScheduleParcel, ScheduleParcelHandler
from marketplace_core.payments.usecases.schedule_release import ScheduleRelease, ScheduleReleaseHandler
from marketplace_core.payments.usecases.send_payout import SendPayout, SendPayoutHandler
from marketplace_core.payments.usecases.settle_debt import SettleDebt, SettleDebtHandler
from marketplace_core.payments.usecases.settle_refund import SettleRefund, SettleRefundHandler
from marketplace_core.payments.usecases.submit_refund import SubmitRefund, SubmitRefundHandler
from marketplace_core.payments.usecases.sweep_payouts import SweepPayouts, SweepPayoutsHandler
from marketplace_core.payments.usecases.take_back_debt import TakeBackDebt, TakeBackDebtHandler
from marketplace_core.payments.usecases.unfreeze_escrow import UnfreezeEscrow, UnfreezeEscrowHandler
from marketplace_core.payments.usecases.withdraw_claim import WithdrawClaim, WithdrawClaimHandler

TIMERS: Final[Timers] = {
    timers.REQUEST_PAYMENT: lambda subject: RequestPayment(payment_id=PaymentId(subject)),
    timers.POLL_PAYMENT: lambda subject: ReconcilePayment(payment_id=PaymentId(subject)),
    timers.RELEASE: lambda subject: ReleaseEscrow(seller_order_id=SellerOrderId(subject)),
    timers.HOLD_DEADLINE: lambda subject: ConcludeHold(seller_order_id=SellerOrderId(subject)),
    timers.CONNECT_ACCOUNT: lambda subject: ConnectPayoutAccount(seller_id=SellerId(subject)),
    timers.SWEEP_PAYOUTS: lambda _: SweepPayouts(),
    timers.SEND_PAYOUT: lambda subject: SendPayout(payout_id=PayoutId(subject)),
    timers.POLL_PAYOUT: lambda subject: ReconcilePayout(payout_id=PayoutId(subject)),
    timers.GIVE_UP_PAYOUT: lambda subject: CancelPayout(payout_id=PayoutId(subject)),
    timers.POLL_DISPUTE: lambda subject: ReconcileDisputes(payment_id=PaymentId(subject)),
    timers.EVIDENCE_BY: lambda subject: RemindOfEvidence(dispute_id=DisputeId(subject)),
    timers.STUCK_PAYOUT: lambda subject: RemindOfPayout(payout_id=PayoutId(subject)),
    timers.MATURE_RESERVE: lambda subject: MatureReserve(release_id=subject),
    timers.DECIDE_REFUND: lambda subject: ApproveRefund(refund_id=RefundId(subject)),
    timers.SUBMIT_REFUND: lambda subject: SubmitRefund(refund_id=RefundId(subject)),
    timers.POLL_REFUND: lambda subject: ReconcileRefund(refund_id=RefundId(subject)),
    timers.REPEAT_REFUND: lambda subject: RepeatRefund(refund_id=RefundId(subject)),
    timers.REMIND_BOUNCED: lambda subject: RemindOfRefund(refund_id=RefundId(subject)),
    timers.CLAIM: lambda subject: ConcludeClaim(claim_id=ClaimId(subject)),
    timers.REVIEW_DEBT: lambda subject: ReviewDebt(
        seller_id=SellerId(subject.rpartition(":")[0]), currency=subject.rpartition(":")[2]
    ),
    timers.TAKE_BACK: lambda subject: TakeBackDebt(settlement_id=SettlementId(subject)),
}

RECONCILIATIONS: Final[Timers] = {
    "payment": lambda reference: ReconcilePayment(payment_id=PaymentId(reference)),
    "dispute": lambda reference: ReconcileDisputes(payment_id=PaymentId(reference)),
    "disputed_payment": lambda reference: ReconcileDisputesOf(payment_reference=reference),
    "refund": lambda reference: ReconcileRefund(refund_id=RefundId(reference)),
    "payout": lambda reference: ReconcilePayout(payout_id=PayoutId(reference)),
    "payout_account": lambda reference: ConnectPayoutAccount(seller_id=SellerId(reference)),
}
"""What a provider message is about → the command that looks at it; references are our own identifiers.

Only that of a ``disputed_payment`` is the provider's: it says nothing of ours about a dispute.
"""


Compare: TypeAlias = Callable[[Actor], Awaitable[Comparison]]
"""Reads both books and compares them, for somebody."""


async def _unreadable(_: Actor) -> Comparison:
    raise BooksNotReadable("The books of this payment provider cannot be read.")


def comparison_of(*, books: BooksReader, provider_books: ProviderBooks | None, clock: Clock) -> Compare:
    """Return what compares our books with a provider's."""
    handler = CompareBooksHandler(books=books, provider_books=provider_books, clock=clock)
    return partial(handler, CompareBooks())


def handlers(
    *,
    begin: Begin[PaymentsWork],
    payments: PaymentGateway,
    payouts: PayoutGateway,
    disputes: DisputeGateway,
    goods: SoldGoods,
    files: FileStore,
    audit: Audit,
    clock: Clock,
    ids: IdFactory,
    policy: PaymentPolicy | None = None,
    news: ProviderNews | None = None,
    inbox: Inbox | None = None,
    compare: Compare | None = None,
) -> Handlers:
    """Return the table *command → handler*.

    Without a policy the default terms hold; without ``news`` and an ``inbox`` to put them into nobody catches up, and
    without ``compare`` the provider's books cannot be read.
    """
    terms = policy or PaymentPolicy()
    recorder = PaymentRecorder(gateway=payments, policy=terms)
    network = DisputeRecorder(policy=terms, ids=ids)
    reconcile_disputes = ReconcileDisputesHandler(begin=begin, gateway=disputes, recorder=network, clock=clock, ids=ids)
    settler = ClaimSettler(policy=terms, ids=ids)
    check_liquidity = CheckLiquidityHandler(
        begin=begin, look=LiquidityLook(audit=audit, gateway=payouts), policy=terms, clock=clock, ids=ids
    )
    return {
        OpenPayment: OpenPaymentHandler(begin=begin, gateway=payments, policy=terms, clock=clock, ids=ids),
        RequestPayment: RequestPaymentHandler(begin=begin, gateway=payments, recorder=recorder, clock=clock),
        ReconcilePayment: ReconcilePaymentHandler(begin=begin, gateway=payments, recorder=recorder, clock=clock),
        CancelPayment: CancelPaymentHandler(begin=begin, gateway=payments, recorder=recorder, clock=clock),
        ScheduleRelease: ScheduleReleaseHandler(begin=begin, policy=terms, clock=clock),
        ScheduleParcel: ScheduleParcelHandler(begin=begin, policy=terms, clock=clock),
        ReleaseEscrow: ReleaseEscrowHandler(begin=begin, policy=terms, clock=clock),
        ConcludeHold: ConcludeHoldHandler(begin=begin, policy=terms, clock=clock),
        FreezeEscrow: FreezeEscrowHandler(begin=begin),
        UnfreezeEscrow: UnfreezeEscrowHandler(begin=begin, clock=clock),
        OpenPayoutAccount: OpenPayoutAccountHandler(begin=begin, gateway=payouts, clock=clock),
        ConnectPayoutAccount: ConnectPayoutAccountHandler(begin=begin, gateway=payouts, policy=terms, clock=clock),
        BeginOnboarding: BeginOnboardingHandler(begin=begin, gateway=payouts, ids=ids),
        SweepPayouts: SweepPayoutsHandler(
            begin=begin,
            audit=audit,
            liquidity=check_liquidity,
            gateway=payouts,
            policy=terms,
            clock=clock,
            ids=ids,
        ),
        SendPayout: SendPayoutHandler(begin=begin, gateway=payouts, policy=terms, clock=clock),
        ReconcilePayout: ReconcilePayoutHandler(begin=begin, gateway=payouts, clock=clock),
        CatchUp: CatchUpHandler(begin=begin, news=news, inbox=inbox, clock=clock),
        ReconcileBooks: ReconcileBooksHandler(begin=begin, compare=compare or _unreadable, clock=clock),
        CheckLiquidity: check_liquidity,
        InspectBooks: InspectBooksHandler(begin=begin, audit=audit, clock=clock, ids=ids),
        ReleaseBrake: ReleaseBrakeHandler(begin=begin, policy=terms, clock=clock),
        DiagnoseBooks: DiagnoseBooksHandler(begin=begin, audit=audit, clock=clock),
        CorrectBooks: CorrectBooksHandler(begin=begin, audit=audit, clock=clock),
        HoldPayout: HoldPayoutHandler(begin=begin, clock=clock),
        RetryPayout: RetryPayoutHandler(begin=begin, clock=clock),
        CancelPayout: CancelPayoutHandler(begin=begin, gateway=payouts, policy=terms, clock=clock),
        RemindOfPayout: RemindOfPayoutHandler(begin=begin, clock=clock),
        MatureReserve: MatureReserveHandler(begin=begin, policy=terms, clock=clock),
        ReconcileDisputes: reconcile_disputes,
        ReconcileDisputesOf: ReconcileDisputesOfHandler(begin=begin, gateway=disputes, disputes=reconcile_disputes),
        AnswerDispute: AnswerDisputeHandler(begin=begin, gateway=disputes, recorder=network, clock=clock),
        AcceptDispute: AcceptDisputeHandler(begin=begin, gateway=disputes, recorder=network, clock=clock),
        RemindOfEvidence: RemindOfEvidenceHandler(begin=begin, clock=clock),
        EarnFee: EarnFeeHandler(begin=begin, clock=clock),
        GiveBack: GiveBackHandler(begin=begin, clock=clock, ids=ids),
        AcceptCapture: AcceptCaptureHandler(begin=begin, recorder=recorder, clock=clock, ids=ids),
        ReturnShare: ReturnShareHandler(begin=begin, clock=clock, ids=ids),
        RequestRefund: RequestRefundHandler(begin=begin, policy=terms, clock=clock, ids=ids),
        ApproveRefund: ApproveRefundHandler(begin=begin, policy=terms, clock=clock),
        RejectRefund: RejectRefundHandler(begin=begin, clock=clock),
        SubmitRefund: SubmitRefundHandler(begin=begin, gateway=payments, clock=clock, ids=ids),
        ReconcileRefund: ReconcileRefundHandler(begin=begin, gateway=payments, clock=clock, ids=ids),
        SettleRefund: SettleRefundHandler(begin=begin, clock=clock),
        CancelRefund: CancelRefundHandler(begin=begin, clock=clock, ids=ids),
        RepeatRefund: RepeatRefundHandler(begin=begin, clock=clock, ids=ids),
        RemindOfRefund: RemindOfRefundHandler(begin=begin, clock=clock),
        SettleDebt: SettleDebtHandler(begin=begin, gateway=payouts, policy=terms, clock=clock, ids=ids),
        DecideWriteOff: DecideWriteOffHandler(begin=begin, clock=clock),
        TakeBackDebt: TakeBackDebtHandler(begin=begin, gateway=payouts, clock=clock),
        ReviewDebt: ReviewDebtHandler(begin=begin, gateway=payouts, policy=terms, clock=clock, ids=ids),
        FollowShop: FollowShopHandler(begin=begin, policy=terms, clock=clock),
        OpenClaim: OpenClaimHandler(begin=begin, goods=goods, policy=terms, clock=clock, ids=ids),
        AnswerClaim: AnswerClaimHandler(begin=begin, settler=settler, clock=clock),
        AcceptClaimOffer: AcceptClaimOfferHandler(begin=begin, settler=settler, clock=clock),
        WithdrawClaim: WithdrawClaimHandler(begin=begin, settler=settler, clock=clock),
        AddToClaim: AddToClaimHandler(begin=begin, clock=clock),
        AddClaimPhoto: AddClaimPhotoHandler(begin=begin, files=files, clock=clock, ids=ids),
        DecideClaim: DecideClaimHandler(begin=begin, settler=settler, clock=clock),
        ConcludeClaim: ConcludeClaimHandler(begin=begin, settler=settler, clock=clock),
    }


def answers(
    *,
    reader: PaymentsReader,
    books: BooksReader,
    audit: Audit,
    goods: SoldGoods,
    files: FileStore,
    clock: Clock,
    policy: PaymentPolicy | None = None,
    provider_books: ProviderBooks | None = None,
) -> Answers:
    """Return the table *query → answer*. Without a policy the default terms hold."""
    money, explainer = PaymentAnswers(reader=reader), Explainer(reader=reader)
    disputes = DisputeAnswers(reader=reader)
    claims = ClaimAnswers(reader=reader, goods=goods, files=files, policy=policy or PaymentPolicy(), clock=clock)
    debts = DebtAnswers(reader=reader, policy=policy or PaymentPolicy(), clock=clock)
    refunds = RefundAnswers(reader=reader, policy=policy or PaymentPolicy())
    ledger = BooksAnswers(books=books, audit=audit, clock=clock)
    return {
        ViewPayment: money.payment,
        ViewOrderPayment: money.order_payment,
        ViewOrderHolds: money.order_holds,
        ViewEscrow: money.escrow,
        ListEscrows: money.escrows,
        ViewBalance: money.balance,
        ListBalanceEntries: money.balance_entries,
        ViewPayout: money.payout,
        ExplainOrder: explainer.order,
        ExplainPayout: explainer.payout,
        ExplainBalance: explainer.balance,
        ExplainCommission: explainer.commission,
        ViewStatement: StatementAnswers(reader=reader).statement,
        ListPayouts: money.payouts,
        ViewDispute: disputes.dispute,
        ListDisputes: disputes.disputes,
        ViewSellerStanding: debts.standing,
        ListSettlements: debts.settlements,
        ListDebtors: debts.debtors,
        ListPartDisputes: disputes.of_part,
        ViewClaim: claims.claim,
        ListClaims: claims.claims,
        ForeseeClaim: claims.forecast,
        ReadClaimPhoto: claims.photo,
        ViewRefund: refunds.refund,
        ListRefunds: refunds.refunds,
        PreviewRefund: refunds.preview,
        TrialBalance: ledger.trial_balance,
        ListJournals: ledger.journals,
        AuditBooks: ledger.violations,
        CompareBooks: CompareBooksHandler(books=books, provider_books=provider_books, clock=clock),
        ViewLastComparison: LastComparisonAnswers(books=books, provider_books=provider_books),
        ListBrakes: ledger.brakes,
        ViewTerms: ViewTermsHandler(policy=policy or PaymentPolicy()),
    }
