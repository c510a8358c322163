"""Everything that we ever ask of Stripe, once: what the requests and answers look like is looked at elsewhere."""

from typing import Final

from attrs import evolve

from marketplace_adapters.stripe.books import StripeBooks
from marketplace_adapters.stripe.news import StripeNews
from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import DisputeState
from marketplace_core.payments.comparing import Entry
from marketplace_core.payments.ports import ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.dispute_gateway import some_evidence
from marketplace_core.testing.conformance.payment_provider import (
    ADA,
    ASKS_THE_BUYER,
    DECLINES,
    LATE,
    SUCCEEDS_LATE,
    a_request,
)
from marketplace_core.testing.conformance.refunding import a_refund
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.basics import PLATFORM

OTHERS: Final = 300


async def buyers(stage: Stage) -> None:
    """Take money in every way there is, and look for it."""
    payments = stage.ground.payments
    for number, card in enumerate((DECLINES, ASKS_THE_BUYER, SUCCEEDS_LATE), 10):
        opened = await payments.open(a_request(f"pay_{number}"), key=f"payment:pay_{number}:1")
        await stage.ground.show_card(opened, card)
        await payments.fetch(opened.reference)
    processing = await payments.find(PaymentId("pay_12"))
    assert processing is not None
    await payments.cancel(processing.reference, key="cancel:pay_12:1")
    unpaid = await payments.open(a_request("pay_20"), key="payment:pay_20:1")
    await payments.cancel(unpaid.reference, key="cancel:pay_20:1")
    await payments.find(PaymentId("pay_20"))
    for number in range(OTHERS):
        stage.books.create_intent({"amount": "100", "currency": "eur", "metadata": {"payment_id": f"pay_x{number}"}})
    stage.ground.clock.advance(LATE)
    await payments.find(PaymentId("pay_20"))


async def refunds(stage: Stage) -> None:
    """Send money back: at once, not yet, not at all."""
    payments, levers = stage.ground.payments, stage.ground.levers
    paid = await stage.ground.paid()
    made = await payments.refund(a_refund(paid), key="refund:rfd_1:1")
    await levers.fail_refund(made)
    await levers.hold_refunds()
    await payments.refund(a_refund(paid, refund_id="rfd_2"), key="refund:rfd_2:1")
    await payments.fetch_refund(made.reference)
    await payments.find_refund(RefundId("rfd_2"))
    await payments.find_refund(RefundId("rfd_2"), payment_reference=paid.reference)


async def disputes(stage: Stage) -> None:
    """Answer one, give one up, win one, and be warned."""
    gateway, levers = stage.ground.disputes, stage.ground.levers
    paid = await stage.ground.paid("pay_2", 50_000)
    opened = [await levers.open_dispute(paid, Money(1_000, "EUR")) for _ in range(3)]
    await levers.open_dispute(paid, Money(1_000, "EUR"), warning=True)
    await gateway.answer(some_evidence(opened[0]), key="evidence:dsp_1:1")
    await gateway.accept(opened[1], key="accept:dsp_2:1")
    await levers.move_dispute(opened[2], DisputeState.WON, returns_fee=True)
    await gateway.of_payment(paid.reference)


async def sellers(stage: Stage) -> None:
    """Pay a seller from one payment and from several, and take it back."""
    payouts = stage.ground.payouts
    paid = await stage.ground.paid("pay_3", 50_000)
    account = await payouts.open_account(ADA, key="account:sel_ada:1")
    await payouts.account(account.reference)
    await payouts.find_account(ADA)
    home = "https://shop.example/studio/money"
    await payouts.onboarding_link(account.reference, return_url=home, refresh_url=home, key="onboarding:sel_ada:1")
    await payouts.available("EUR")
    await payouts.platform_balances()
    payout_id = PayoutId("pyt_2")
    request = TransferRequest(payout_id=payout_id, account=account.reference, amount=Money(4_000, "EUR"))
    tied = evolve(request, payout_id=PayoutId("pyt_1"), source=paid.reference)
    await payouts.transfer(tied, key="transfer:pyt_1:1")
    transfer = await payouts.transfer(request, key="transfer:pyt_2:1")
    await payouts.find_transfer(payout_id)
    await payouts.find_transfer(payout_id, account=account.reference)
    sent = await payouts.pay_out(request, key="payout:pyt_2:1")
    stage.ground.clock.advance(LATE)
    await stage.ground.levers.return_payout(await payouts.payout(sent.reference))
    await payouts.payout(sent.reference)
    again = await payouts.pay_out(request, key="payout:pyt_2:2")
    await payouts.find_payout(payout_id, account=account.reference)
    await stage.ground.levers.return_payout(again)
    reversal = ReversalRequest(
        reversal_id=payout_id, payout_id=payout_id, transfer_reference=transfer.reference, amount=Money(4_000, "EUR")
    )
    await payouts.reverse(reversal, key="reversal:pyt_2:1")
    await payouts.find_reversal(reversal)


async def accounts(stage: Stage) -> None:
    """Read the books, with something in every list."""
    stage.books.move(PLATFORM, "topup", 2_000, {"currency": "eur"})
    books = StripeBooks(stage.connection)
    for entry in Entry:
        await books.rows(entry)
    await books.balances()
    news = StripeNews(stage.connection)
    await news.since(stage.ground.clock.now() - LATE * 10)


async def everything(stage: Stage) -> None:
    """Go through all of it."""
    await buyers(stage)
    await refunds(stage)
    await disputes(stage)
    await sellers(stage)
    await accounts(stage)
