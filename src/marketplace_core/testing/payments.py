"""Builders of payments, holds, accounts and payouts, and what a store of them consists of."""

from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OfferId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments import (
    NO_EXTRAS,
    Account,
    AccountKind,
    BooksReader,
    Dispute,
    DisputeState,
    EscrowHold,
    Extras,
    Journal,
    JournalKind,
    Payment,
    PaymentPolicy,
    PaymentsReader,
    PaymentState,
    Payout,
    PayoutItem,
    Portion,
    Proof,
    ProviderAccount,
    ProviderDispute,
    ProviderPayment,
    Refund,
    RefundPart,
    SellerAccount,
    Share,
    Transfer,
    escrow_released,
)
from marketplace_core.payments.claims import (
    Claim,
    ClaimedLine,
    ClaimKind,
)
from marketplace_core.payments.ports import Audit, PaymentsWork

NOW: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
EUR: Final = "EUR"
ADA, BOB = SellerId("sel_ada"), SellerId("sel_bob")
BUYER: Final = UserId("usr_ann")
PROVIDER: Final = "inmemory"


@frozen(kw_only=True)
class PaymentsGround:
    """A store of payments under test: its unit of work, its readers, its audit."""

    begin: Begin[PaymentsWork]
    reader: PaymentsReader
    books: BooksReader
    audit: Audit


def euros(amount_minor: int) -> Money:
    """Return so many cents."""
    return Money(amount_minor, EUR)


def a_share(
    seller_order_id: str,
    seller_id: SellerId,
    items_minor: int,
    delivery_minor: int = 0,
    *,
    extras: Extras = NO_EXTRAS,
) -> Share:
    """Describe a seller's part of an order; its tax is owed to New York."""
    return Share(
        seller_order_id=SellerOrderId(seller_order_id),
        seller_id=seller_id,
        items=euros(items_minor),
        delivery=euros(delivery_minor),
        extras=extras,
        tax_jurisdiction="US-NY" if extras.tax else "",
    )


def a_payment(payment_id: str = "pay_1", order_id: str = "ord_1") -> Payment:
    """Open a payment of 100.00: Ada 60.00 and delivery 5.00, Bob 35.00."""
    return Payment.open(
        payment_id=PaymentId(payment_id),
        order_id=OrderId(order_id),
        buyer_id=BUYER,
        currency=EUR,
        provider=PROVIDER,
        shares=(a_share("sor_bob", BOB, 3_500), a_share("sor_ada", ADA, 6_000, 500)),
        now=NOW,
    )


def seen(payment: Payment, state: PaymentState, **changes: object) -> ProviderPayment:
    """Describe the provider's object of a payment in some state; captured ones carry the money and a fee of 3.20."""
    is_captured = state is PaymentState.CAPTURED
    values: dict[str, object] = {
        "reference": f"ref_{payment.payment_id}",
        "payment_id": payment.payment_id,
        "state": state,
        "amount": payment.amount,
        "captured": payment.amount if is_captured else Money.zero(payment.amount.currency),
        "fee": Money(320, payment.amount.currency) if is_captured else None,
        "attempts": 0 if state in {PaymentState.CREATED, PaymentState.CANCELLED} else 1,
        "client_secret": "secret",
    }
    return ProviderPayment(**(values | changes))  # type: ignore[arg-type]


def a_hold(seller_order_id: str = "sor_ada", seller_id: SellerId = ADA, payment_id: str = "pay_1") -> EscrowHold:
    """Open a hold of 60.00 and delivery 5.00."""
    return EscrowHold(
        seller_order_id=SellerOrderId(seller_order_id),
        payment_id=PaymentId(payment_id),
        order_id=OrderId("ord_1"),
        seller_id=seller_id,
        items=euros(6_000),
        delivery=euros(500),
        terms=PaymentPolicy().terms(),
    )


def a_held_hold(seller_order_id: str = "sor_ada", seller_id: SellerId = ADA) -> EscrowHold:
    """Open a hold and put the money into it."""
    hold = a_hold(seller_order_id, seller_id)
    hold.hold(now=NOW, until=NOW + timedelta(days=83))
    return hold


def a_released_hold(seller_order_id: str = "sor_ada", seller_id: SellerId = ADA, at: datetime = NOW) -> EscrowHold:
    """Release a hold on the buyer's word: commission 6.00, its VAT 1.20, payable 57.80."""
    hold = a_held_hold(seller_order_id, seller_id)
    hold.deliver(Proof.BUYER, delivered_at=at, policy=PaymentPolicy())
    hold.release(now=at)
    return hold


def an_account(seller_id: SellerId = ADA) -> SellerAccount:
    """Open an account that can be paid."""
    account = SellerAccount(seller_id=seller_id, currency=EUR, provider=PROVIDER)
    account.observe(ProviderAccount(reference=f"acct_{seller_id}", seller_id=seller_id, payouts_enabled=True))
    return account


def an_item(release: str = "sor_ada:1", amount_minor: int = 5_780) -> PayoutItem:
    """Describe the payable part of a release."""
    return PayoutItem(
        entry_id=release, seller_order_id=SellerOrderId(release.partition(":")[0]), amount=euros(amount_minor)
    )


def a_refund(refund_id: str = "rfd_1", *, items_minor: int = 1_500, delivery_minor: int = 0) -> Refund:
    """Ask for 15.00 of Ada's part back, as the buyer."""
    return Refund.request(
        refund_id=RefundId(refund_id),
        payment_id=PaymentId("pay_1"),
        order_id=OrderId("ord_1"),
        buyer_id=BUYER,
        provider=PROVIDER,
        currency=EUR,
        reason="One of them is chipped.",
        who=Who.BUYER,
        requester_id=BUYER,
        parts=(
            RefundPart(
                seller_order_id=SellerOrderId("sor_ada"),
                seller_id=ADA,
                wanted=Portion(items=items_minor, delivery=delivery_minor),
            ),
        ),
        now=NOW,
    )


def seen_dispute(state: DisputeState, reference: str = "dp_1") -> ProviderDispute:
    """Describe the provider's object of a dispute about 107.00 in some state; its fee is 15.00."""
    return ProviderDispute(
        reference=reference,
        payment_reference="ref_pay_1",
        state=state,
        amount=euros(10_700),
        fee=euros(1_500),
        fee_returned=euros(0),
        reason="fraudulent",
        evidence_due=NOW + timedelta(days=7),
    )


def a_dispute(dispute_id: str = "dsp_1", reference: str = "dp_1") -> Dispute:
    """Take note of a dispute about the whole payment and 7.00 more: a warning so far."""
    seen = seen_dispute(DisputeState.WARNING, reference)
    return Dispute.of(seen, dispute_id=DisputeId(dispute_id), payment=a_payment(), now=NOW)


def a_claim(claim_id: str = "clm_1", seller_order_id: str = "sor_ada", seller_id: SellerId = ADA) -> Claim:
    """Claim all of a part of 60.00 and delivery 5.00, which has arrived."""
    hold = a_held_hold(seller_order_id, seller_id)
    return Claim.open(
        claim_id=ClaimId(claim_id),
        hold=hold,
        buyer_id=BUYER,
        kind=ClaimKind.DAMAGED,
        lines=(ClaimedLine(offer_id=OfferId("off_1"), title="Cup", quantity=2),),
        wanted=hold.standing.held,
        text="One cup is chipped.",
        policy=PaymentPolicy(),
        now=NOW,
    )


def a_payout(payout_id: str = "pyt_1", seller_id: SellerId = ADA, *, release: str = "sor_ada:1") -> Payout:
    """Assemble a payout of one release of 57.80."""
    return Payout.assemble(
        payout_id=PayoutId(payout_id),
        seller_id=seller_id,
        provider=PROVIDER,
        account=f"acct_{seller_id}",
        items=(an_item(release),),
        now=NOW,
    )


async def book_releases(work: PaymentsWork, hold: EscrowHold) -> None:
    """Post what made the releases of a hold payable."""
    currency = hold.share.currency
    escrow = Account(kind=AccountKind.ESCROW, subject=hold.seller_order_id, currency=currency)
    psp = Account(kind=AccountKind.PSP, subject=PROVIDER, currency=currency)
    for release in hold.releases:
        captured = Journal(
            kind=JournalKind.PAYMENT_CAPTURED,
            source_type="payment",
            source_id=f"{hold.payment_id}:{hold.seller_order_id}",
            transfers=(Transfer(psp, escrow, release.division.released),),
        )
        await work.ledger.post(captured, release.released_at)
        await work.ledger.post(escrow_released(hold, release), release.released_at)
