"""Stretches of an order's life in which something goes wrong: disputes, returned money, claims, refunds, debts."""

from datetime import timedelta
from typing import Final

from marketplace_core.orders import CancelSellerOrder, MarkDelivered, ShipSellerOrder, Units
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    CancelPayout,
    DisputeView,
    ListDisputes,
    ListPayouts,
    PayoutState,
    PayoutView,
    RetryPayout,
)
from marketplace_core.payments.claims import (
    AnswerClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimKind,
    ClaimState,
    DecideClaim,
    ListClaims,
    OpenClaim,
)
from marketplace_core.payments.debts import Means, SettleDebt
from tests.sweep.shop import BUYER, OPERATOR, SHOPS, Shop

POTTER: Final = "clay-and-co"
SLOW_REFUND_CARD: Final = "4000000000007726"
A_DAY: Final = timedelta(days=1)
EUR: Final = "EUR"


async def _disputed(shop: Shop) -> DisputeView:
    """Have the buyer's bank take the whole payment back."""
    order = await shop.order()
    assert order.payment is not None
    await shop.outside("dispute", "disputes", {"payment": order.payment.provider_reference})
    await shop.rest()
    (dispute,) = (await shop.ask(ListDisputes(order_id=order.order_id), OPERATOR)).items
    return dispute


async def dispute_won(shop: Shop) -> None:
    """Have the payment disputed while it is held, and win."""
    dispute = await _disputed(shop)
    if shop.noted("answer") is None:
        statements = (("uncategorized_text", "winning_evidence"),)
        answer = AnswerDispute(dispute_id=dispute.dispute_id, statements=statements)
        shop.note("answer", (await shop.once(answer, OPERATOR, "key-of-the-answer")).value)
    await shop.rest()


async def dispute_lost(shop: Shop) -> None:
    """Have the payment disputed when the sellers have been paid, and lose: they owe it."""
    dispute = await _disputed(shop)
    if shop.noted("acceptance") is None:
        acceptance = AcceptDispute(dispute_id=dispute.dispute_id)
        shop.note("acceptance", (await shop.once(acceptance, OPERATOR, "key-of-the-acceptance")).value)
    await shop.rest()


async def debts(shop: Shop) -> None:
    """Have a seller pay some of a debt, take some back from the account, write some off, and net some with a sale."""
    payout = await _payout(shop)
    account = shop.look("SELECT reference FROM payments_seller_accounts WHERE seller_id = ?", payout.seller_id)
    await shop.outside("topped up", "balance", {"currency": EUR, "amount_minor": 500})
    await shop.outside("earned elsewhere", "balance", {"currency": EUR, "amount_minor": 200, "account": account})
    for means, amount_minor in ((Means.TOP_UP, 500), (Means.WRITE_OFF, 300), (Means.REVERSAL, 200)):
        command = SettleDebt(
            seller_id=payout.seller_id,
            currency=EUR,
            means=means,
            amount_minor=amount_minor,
            note=f"by {means.value}",
            payout_id=payout.payout_id if means is Means.REVERSAL else None,
        )
        await shop.once(command, OPERATOR, f"key-of-the-{means.value}")
        await shop.rest()


async def returned_payout(shop: Shop) -> None:
    """Have the bank send a payout back, and pay it again."""
    payout = await _payout(shop)
    bank = shop.look("SELECT bank_reference FROM payments_payouts WHERE payout_id = ?", payout.payout_id)
    await shop.outside("sent back", f"payouts/{bank}/return", {"failure_code": "account_closed"})
    await shop.rest()
    if (await _payout(shop)).state is PayoutState.RETURNED:
        await shop.once(RetryPayout(payout_id=payout.payout_id), OPERATOR, "key-of-the-retry")
    await shop.rest()


async def returned_after_debts(shop: Shop) -> None:
    """Have a payout come back of which some has paid a debt, pay the rest, have that come back, and take it back."""
    payout = await _payout(shop)
    for what, command in (
        ("retried", RetryPayout(payout_id=payout.payout_id)),
        ("given up", CancelPayout(payout_id=payout.payout_id)),
    ):
        if shop.noted(what) is None:
            bank = shop.look("SELECT bank_reference FROM payments_payouts WHERE payout_id = ?", payout.payout_id)
            path = f"payouts/{bank}/return"
            await shop.outside(f"sent back to be {what}", path, {"failure_code": "account_closed"})
            await shop.rest()
            await shop.once(command, OPERATOR, f"key-of-what-is-{what.replace(' ', '-')}")
            shop.note(what, True)
        await shop.rest()
        shop.pass_time(A_DAY)
        await shop.rest()


async def claim(shop: Shop) -> None:
    """Send a part, claim that it is broken, have the shop see it otherwise, and an operator decide for the buyer."""
    part, buyer, owner = await shop.part(POTTER), await shop.person(BUYER), await shop.person(SHOPS[POTTER][0])
    if part.shipment is None:
        sent = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="DHL", tracking="00340434")
        await shop.do(sent, owner)
    if part.arrival is None:
        await shop.do(MarkDelivered(seller_order_id=part.seller_order_id), owner)
    await shop.rest()
    opened = OpenClaim(seller_order_id=part.seller_order_id, kind=ClaimKind.DAMAGED, text="It is in pieces.")
    await shop.once(opened, buyer, "key-of-the-claim")
    await shop.rest()
    (view,) = (await shop.ask(ListClaims(order_id=part.order_id), OPERATOR)).items
    if view.state is ClaimState.AWAITING_SELLER:
        contested = AnswerClaim(claim_id=view.claim_id, answer=ClaimAnswer.CONTEST, text="It was whole.")
        await shop.once(contested, owner, "key-of-the-objection")
        await shop.rest()
    (view,) = (await shop.ask(ListClaims(order_id=part.order_id), OPERATOR)).items
    if view.state is ClaimState.AWAITING_OPERATOR:
        decided = DecideClaim(claim_id=view.claim_id, decision=ClaimDecision.REFUND, reason="The photo shows it.")
        await shop.once(decided, OPERATOR, "key-of-the-decision")
    await shop.rest()


async def parcels(shop: Shop) -> None:
    """Order three of a thing, send one, then another, and call the third off."""
    buyer, owner = await shop.person(BUYER), await shop.person(SHOPS[POTTER][0])
    await shop.put_more_of(POTTER, 2, buyer)
    await shop.order()
    await shop.pay()
    await shop.rest()
    for number in (1, 2):
        part = await shop.part(POTTER)
        if len(part.parcels) < number:
            lines = (Units(offer_id=part.lines[0].offer_id, quantity=1),)
            parcel = ShipSellerOrder(
                seller_order_id=part.seller_order_id, carrier="DHL", tracking=f"0034043{number}", lines=lines
            )
            await shop.do(parcel, owner)
        await shop.rest()
    part = await shop.part(POTTER)
    if not part.called_off:
        await shop.do(CancelSellerOrder(seller_order_id=part.seller_order_id, note="The last one broke."), owner)
    await shop.deliver(POTTER)
    await shop.rest()


async def due_refund(shop: Shop) -> None:
    """Have a part called off whose refund fails, and made again a day later."""
    await shop.order()
    await shop.outside("slow refunds", "settings", {"slow_refund_seconds": 30 * 24 * 3_600})
    await shop.pay(SLOW_REFUND_CARD)
    await shop.rest()
    part = await shop.part(POTTER)
    if not part.called_off:
        note = CancelSellerOrder(seller_order_id=part.seller_order_id, note="It broke.")
        await shop.do(note, await shop.person(SHOPS[POTTER][0]))
    await shop.rest()
    await shop.outside("failed", f"refunds/{_refund(shop, 1)}/fail", {"failure_code": "declined"})
    await shop.rest()
    shop.pass_time(A_DAY)
    await shop.rest()
    await shop.outside("settled", f"refunds/{_refund(shop, 2)}/settle")
    await shop.rest()


def _refund(shop: Shop, attempt: int) -> str:
    return shop.look("SELECT reference FROM payments_refunds WHERE attempt = ?", attempt)


async def _payout(shop: Shop) -> PayoutView:
    """Return the potter's first payout."""
    seller_id = (await shop.part(POTTER)).seller_id
    return (await shop.ask(ListPayouts(seller_id=seller_id), OPERATOR)).items[-1]
