"""The console: orders, held payments, payouts and the books."""

from datetime import UTC, datetime

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import MarkDelivered, ShipSellerOrder
from marketplace_core.payments import (
    Account,
    AccountKind,
    EscrowView,
    Journal,
    JournalKind,
    ListPayouts,
    SweepPayouts,
    Transfer,
    ViewEscrow,
)
from tests.entrypoints.web.console import HOSTILE, WHY, operator
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, Street


async def test_an_order_is_followed_from_the_list_to_what_was_booked(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)

    orders = await olga.see("/console/orders?state=confirmed")
    none = await olga.see("/console/orders?state=expired")
    order = await olga.see(f"/console/orders/{hold.order_id}")
    books = await olga.see(f"/console/books?source={hold.payment_id}")
    strange = await olga.see(f"/console/books?source={HOSTILE}")

    assert f"/console/orders/{hold.order_id}" in orders.links
    assert f"/console/orders/{hold.order_id}" not in none.links
    assert f"/console/holds/{hold.seller_order_id}" in order.links
    assert "A buyer paid" in order.words
    assert "Ann <i>Lane</i>" in order.words
    assert (
        f"Our balance at the payment provider psp:fakepay:EUR → Held payments escrow:{hold.seller_order_id}"
        in books.words
    )
    assert "Nothing is booked under this name" in strange.words
    assert "<script>alert" not in strange.html


async def test_a_hold_is_frozen_for_reasons_and_goes_on_with_the_last(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    at = f"/console/holds/{hold.seller_order_id}"

    unsaid, sentence = await olga.send(f"{at}/freeze"), await olga.send(f"{at}/freeze", {"reason": HOSTILE})
    frozen = await olga.send(f"{at}/freeze", {"reason": "risk"}, follow=True)
    listed, overview = await olga.see("/console/holds?state=frozen"), await olga.see("/console")
    blocked = await olga.send(f"{at}/release", WHY)
    thawed = await olga.send(f"{at}/unfreeze", {"reason": "risk", **WHY}, follow=True)

    assert (unsaid.status, sentence.status) == (422, 422)
    assert "<script>alert" not in sentence.html
    assert "Frozen because risk" in frozen.words
    assert at in listed.links
    assert at in overview.links
    assert blocked.status == 409
    assert "It is frozen: risk." in blocked.words
    assert "Held" in thawed.words
    assert (await _hold(street, hold.seller_order_id)).freezes == ()


async def test_a_hold_is_released_early_once_delivered_and_its_payout_called_back(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    at = f"/console/holds/{hold.seller_order_id}"
    early = await olga.send(f"{at}/release", WHY)
    await _delivered(street, hold.seller_order_id)

    released = await olga.send(f"{at}/release", WHY, follow=True)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    payout = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items[0]
    page = await olga.see(f"/console/payouts/{payout.payout_id}")
    cancelled = await olga.send(f"/console/payouts/{payout.payout_id}/cancellation", WHY, follow=True)
    retried = await olga.send(f"/console/payouts/{payout.payout_id}/retry", WHY)
    listed = await olga.see("/console/payouts?state=cancelled")
    books = await olga.see("/console/books")

    assert early.status == 409
    assert "Nothing says yet that the parcel has arrived." in early.words
    assert "A held payment was released" in released.words
    assert at in page.links
    assert "Called back" in cancelled.words
    assert retried.status == 409
    assert f"/console/payouts/{payout.payout_id}" in listed.links
    assert "The books balance." in books.words
    assert "€0.00" in books.words


async def test_what_was_taken_off_for_no_order_is_called_an_adjustment(street: Street) -> None:
    hold, olga, ada = await _held(street), await operator(street), await street.signed_in(ADA)
    await _delivered(street, hold.seller_order_id)
    await olga.send(f"/console/holds/{hold.seller_order_id}/release", WHY)
    currency = hold.share.currency
    payable = Account(kind=AccountKind.SELLER_PAYABLE, subject=hold.seller_id, currency=currency)
    fees = Account(kind=AccountKind.DISPUTE_FEES, currency=currency)
    fee = Journal(
        kind=JournalKind.DISPUTE_FEE_CHARGED,
        source_type="opening",
        source_id="dsp_1",
        transfers=(Transfer(payable, fees, Money(100, currency)),),
    )
    async with street.opened.adapters.persistence.begin_payments() as work:
        await work.ledger.post(fee, datetime.now(UTC))

    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    payout = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items[0]
    page, money = await olga.see(f"/console/payouts/{payout.payout_id}"), await ada.see("/studio/money")

    assert [item.seller_order_id for item in payout.items] == [hold.seller_order_id, None]
    assert "Adjustment dispute_fee_charged:dsp_1:main -€1.00" in page.words
    assert "Adjustment -€1.00" in money.words
    assert not {"/console/holds/None", "/studio/orders/None"} & {*page.links, *money.links}


async def test_what_is_not_there_is_not_found(street: Street) -> None:
    olga = await operator(street)

    seen = [await olga.see(f"/console/{path}") for path in ("orders/ord_none", "holds/sor_none", "payouts/pyt_%00")]
    sent = [
        await olga.send(f"/console/{path}")
        for path in ("holds/sor_none/release", "payouts/pyt_none/retry", "payouts/pyt_none/cancellation")
    ]
    broken = [await olga.see(f"/console/{room}?cursor=nonsense") for room in ("orders", "holds", "payouts", "books")]

    assert {page.status for page in (*seen, *sent)} == {404}
    assert {page.status for page in broken} == {400}
    assert "/console/orders" in broken[0].links


async def _held(street: Street) -> EscrowView:
    return await _hold(street, await ordered(street))


async def _hold(street: Street, seller_order_id: SellerOrderId) -> EscrowView:
    return await street.opened.market.ask(ViewEscrow(seller_order_id=seller_order_id), by=SYSTEM)


async def _delivered(street: Street, seller_order_id: SellerOrderId) -> None:
    market = street.opened.market
    await market.execute(ShipSellerOrder(seller_order_id=seller_order_id, carrier="Post", tracking="X1"), by=SYSTEM)
    await market.execute(MarkDelivered(seller_order_id=seller_order_id), by=SYSTEM)
    await street.settle()
