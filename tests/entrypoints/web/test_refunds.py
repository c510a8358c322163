"""Money back on the pages: asked for by the buyer, decided in the studio, followed and settled in the console."""

import secrets

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import ConfirmReceipt, HoldOrderForReview, OrderState, ShipSellerOrder, ViewOrder
from marketplace_core.payments import (
    EscrowView,
    ListPayouts,
    ListRefunds,
    RefundState,
    RefundView,
    RefundWish,
    RequestRefund,
    SweepPayouts,
    ViewEscrow,
)
from tests.entrypoints.web.console import HOSTILE, OLGA, WHY, operator
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street

CHIPPED = {"amount": "4,00", "reason": "It is <b>chipped</b>."}


def keyed(fields: dict[str, str]) -> dict[str, str]:
    """Fill in a form that was shown just now."""
    return {"key": secrets.token_urlsafe(24), **fields}


async def held(street: Street, number: int = 0) -> EscrowView:
    """Return the held payment of an order of Ann's."""
    return await street.opened.market.ask(ViewEscrow(seller_order_id=await ordered(street, number)), by=SYSTEM)


async def who(street: Street, email: str) -> Actor:
    return await street.opened.market.ask(IdentifyUser(user=email), by=SYSTEM)


async def newest(street: Street) -> RefundView:
    return (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items[0]


async def received(street: Street, part: SellerOrderId) -> None:
    """Have a parcel sent and its receipt confirmed, so that Ada has the money."""
    market = street.opened.market
    ship = ShipSellerOrder(seller_order_id=part, carrier="Post", tracking="PX 1")
    await market.execute(ship, by=await who(street, ADA))
    await market.execute(ConfirmReceipt(seller_order_id=part), by=await who(street, ANN))
    await street.settle()


async def test_a_buyer_asks_the_shop_agrees_and_both_see_where_the_money_is(street: Street) -> None:
    hold = await held(street)
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    order, desk = f"/orders/{hold.order_id}", f"/studio/orders/{hold.seller_order_id}"
    wish = f"{order}/parcels/{hold.seller_order_id}/refunds"

    before, blank = await ann.see(order), await ann.see(wish)
    foreseen = await ann.see(f"{wish}?amount=4,00&reason=It+is+%3Cb%3Echipped%3C%2Fb%3E.")
    nothing = (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items
    asked = await ann.send(wish, keyed(CHIPPED), follow=True)
    waiting, todo = await ann.see(wish), await ada.see(desk)
    refund = await newest(street)
    agreed = await ada.send(f"{desk}/refunds/{refund.refund_id}/approval", follow=True)
    await street.settle()
    done, given = await ann.see(order), await ada.see(desk)

    assert wish in before.links
    assert "Of goods and delivery." in blank.words
    assert "€4.00 would come back to you" in foreseen.words
    assert (foreseen.value("key") != "", nothing) == (True, ())
    assert "You asked for €4.00 back: “It is <b>chipped</b>.”" in asked.words
    assert "<b>chipped" not in asked.html
    assert "Ada's decides about it." in asked.words
    assert wish not in asked.links
    assert "Nothing can be asked back of this parcel now" in waiting.words
    assert "The buyer asks for €4.00 back" in todo.words
    assert "Agreed." in agreed.words
    assert "€4.00 went back the way you paid." in done.words
    assert "Given back by Ada's -€4.00" in done.words
    assert "Given back to the buyer -€4.00" in given.words
    assert (await newest(street)).state is RefundState.SUCCEEDED


async def test_a_wish_that_makes_no_sense_is_shown_again_with_what_is_wrong(street: Street) -> None:
    hold, ann = await held(street), await street.signed_in(ANN)
    wish = f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds"

    for wrong, said in (
        ({"amount": "much", "reason": "x"}, "This is not a price in EUR."),
        ({"amount": "4.00", "reason": ""}, "Please fill this in."),
        ({"amount": "14.91", "reason": "x"}, "That is more than can still be given back."),
        ({"amount": "0", "reason": HOSTILE}, "A refund is an amount above zero"),
    ):
        page = await ann.send(wish, keyed(wrong))
        assert page.status == 422
        assert said in page.words
        assert "<script>alert" not in page.html
    assert (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items == ()


async def test_what_is_more_than_the_goods_comes_out_of_the_delivery(street: Street) -> None:
    hold, ann = await held(street), await street.signed_in(ANN)

    await ann.send(
        f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds",
        keyed({"amount": "12.00", "reason": "Late."}),
    )

    (part,) = (await newest(street)).parts
    assert (part.items, part.delivery) == (Money(1_000, "EUR"), Money(200, "EUR"))


async def test_nobody_asks_for_anothers_money(street: Street) -> None:
    hold, ada = await held(street), await street.signed_in(ADA)

    foreign = await ada.send(f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds", keyed(CHIPPED))
    stranger = await street.visitor().send(
        f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds", keyed(CHIPPED)
    )

    assert foreign.status == 404
    assert (await ada.see(f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds")).status == 404
    assert "/sign-in" in stranger.leads_to
    assert (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items == ()


async def test_a_shop_refuses_with_a_reason_that_the_buyer_reads(street: Street) -> None:
    hold = await held(street)
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    await ann.send(f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds", keyed(CHIPPED))
    at = f"/studio/orders/{hold.seller_order_id}/refunds/{(await newest(street)).refund_id}/rejection"

    mute = await ada.send(at, {"note": " "})
    refused = await ada.send(at, {"note": "It left <i>whole</i>."}, follow=True)
    told = await ann.see(f"/orders/{hold.order_id}")

    assert (mute.status, "Please fill this in." in mute.words) == (422, True)
    assert "Refused. The buyer is told why." in refused.words
    assert "It was refused: “It left <i>whole</i>.”" in told.words
    assert "<i>whole" not in told.html


async def test_a_shop_gives_back_what_it_was_paid_and_sees_what_it_owes(street: Street) -> None:
    hold, ada = await held(street), await street.signed_in(ADA)
    desk = f"/studio/orders/{hold.seller_order_id}"
    await received(street, hold.seller_order_id)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    await street.settle()

    desk_page, blank = await ada.see(desk), await ada.see(f"{desk}/refunds")
    foreseen = await ada.see(f"{desk}/refunds?items=4&delivery=0.90&reason=Sorry.")
    over, vague = await ada.see(f"{desk}/refunds?items=11&reason=x"), await ada.see(f"{desk}/refunds?items=4")
    nothing = (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items
    empty = await ada.send(f"{desk}/refunds", keyed({"reason": "Sorry."}))
    much = await ada.send(f"{desk}/refunds", keyed({"items": "10.01", "reason": "Sorry."}))
    form = keyed({"items": "4", "delivery": "0.90", "reason": "Sorry."})
    given = await ada.send(f"{desk}/refunds", form, follow=True)
    again = await ada.send(f"{desk}/refunds", form, follow=True)
    keyless = await ada.send(f"{desk}/refunds", {"items": "4", "reason": "Sorry."})
    await street.settle()
    money, debt = await ada.see("/studio/money"), await ada.see("/studio/money/EUR/debt")

    assert f"{desk}/refunds" in desk_page.links
    assert "Tax and service fee on it go back by themselves" in blank.words
    assert "would go back" not in blank.words
    assert "€4.90 would go back" in foreseen.words
    assert "You bear €4.42 of what you were paid." in foreseen.words
    assert "That is more than can still be given back." in over.words
    assert "Please fill this in." in vague.words
    assert nothing == ()
    assert (empty.status, much.status) == (422, 409)
    assert "That is more than can still be given back." in much.words
    assert "The money goes back to the buyer." in given.words
    assert "The money goes back to the buyer." in again.words
    assert (keyless.status, "This page is out of date." in keyless.words) == (422, True)
    assert "You owe €4.42" in money.words
    assert "Given back to the buyer" in debt.words


async def test_an_operator_foresees_who_bears_it_and_gives_it_back(street: Street) -> None:
    hold, olga = await held(street), await operator(street)
    await received(street, hold.seller_order_id)
    at = f"/console/orders/{hold.order_id}/refund"

    order = await olga.see(f"/console/orders/{hold.order_id}")
    foreseen = await olga.see(f"{at}?amount=4.90&reason=Sorry")
    much = await olga.see(f"{at}?amount=99&reason=Sorry")
    none = (await street.opened.market.ask(ListRefunds(), by=SYSTEM)).items
    given = await olga.send(at, {"key": foreseen.value("key"), "amount": "4.90", "reason": HOSTILE}, follow=True)
    await street.settle()
    listed, one = await olga.see("/console/refunds?state=succeeded"), await newest(street)
    page = await olga.see(f"/console/refunds/{one.refund_id}")

    assert at in order.links
    assert "Of goods and delivery. Tax and service fee go back with it" in foreseen.words
    assert "€4.90 would go back" in foreseen.words
    assert "Commission given back" in foreseen.words
    assert "What the shop is owed" in foreseen.words
    assert "That is more than can still be given back." in much.words
    assert none == ()
    assert "<script>alert" not in given.html
    assert f"/console/refunds/{one.refund_id}" in listed.links
    assert "A refund of what was released" in page.words
    assert "A refund was sent" in page.words


async def test_an_operator_decides_calls_back_and_settles(street: Street) -> None:
    hold, olga, ann = await held(street), await operator(street), await street.signed_in(ANN)
    market, wish = street.opened.market, f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/refunds"
    await ann.send(wish, keyed(CHIPPED))
    first = f"/console/refunds/{(await newest(street)).refund_id}"
    waiting, mute = await olga.see("/console"), await olga.send(f"{first}/rejection")
    refused = await olga.send(f"{first}/rejection", {"reason": "No."}, follow=True)
    late = await olga.send(f"{first}/approval", WHY)
    give = RequestRefund(
        order_id=hold.order_id,
        reason="Sorry.",
        wishes=(RefundWish(seller_order_id=hold.seller_order_id, items_minor=100),),
    )
    await market.execute(give, by=await who(street, OLGA))
    called_back = await olga.send(f"/console/refunds/{(await newest(street)).refund_id}/cancellation", WHY, follow=True)
    await market.execute(give, by=await who(street, OLGA))
    await street.settle()
    last = (await newest(street)).refund_id
    payments = street.opened.adapters.payments
    found = await payments.payments.find_refund(last)
    await payments.script.do(f"refunds/{found.reference}/bounce", {"failure_code": "expired_or_canceled_card"})
    await street.settle()

    bounced, buyers = await olga.see(f"/console/refunds/{last}"), await ann.see(f"/orders/{hold.order_id}")
    settled = await olga.send(f"/console/refunds/{last}/settlement", {"reason": "bank transfer 4711"}, follow=True)

    assert first in waiting.links
    assert mute.status == 422
    assert "Refused" in refused.words
    assert late.status == 409
    assert "Called back" in called_back.words
    assert "The card is no longer valid." in bounced.words
    assert "Your bank returned €1.00. It is still yours" in buyers.words
    assert "Settled by other means" in settled.words
    assert "bank transfer 4711" in settled.words


async def test_a_payment_in_review_is_sent_back_and_its_buyer_reads_so(street: Street) -> None:
    part = await ordered(street, card="")
    ann, olga, market = await street.signed_in(ANN), await operator(street), street.opened.market
    hold = await market.ask(ViewEscrow(seller_order_id=part), by=SYSTEM)
    await market.execute(HoldOrderForReview(order_id=hold.order_id, reason="amount_mismatch"), by=SYSTEM)

    page = await olga.see(f"/console/orders/{hold.order_id}")
    rejected = await olga.send(f"/console/orders/{hold.order_id}/payment-rejection", WHY, follow=True)
    again = await olga.send(f"/console/orders/{hold.order_id}/payment-rejection", WHY, follow=True)
    view = await market.ask(ViewOrder(order_id=hold.order_id), by=SYSTEM)
    buyers = await ann.see(f"/orders/{hold.order_id}")

    assert f"/console/orders/{hold.order_id}/payment-rejection" in page.forms
    assert "The order is called off, and its payment goes back." in rejected.words
    assert again.status == 200
    assert view.state is OrderState.CANCELLED
    assert "Called off" in buyers.words


async def test_a_payout_that_the_bank_sent_back_has_words_and_is_tried_again(street: Street) -> None:
    hold, olga, ada = await held(street), await operator(street), await street.signed_in(ADA)
    await received(street, hold.seller_order_id)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    await street.settle()
    (payout,) = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items
    payments = street.opened.adapters.payments
    found = await payments.payouts.find_payout(payout.payout_id)
    await payments.script.do(f"payouts/{found.reference}/return", {"failure_code": "account_closed"})
    await street.settle()
    at = f"/console/payouts/{payout.payout_id}"

    overview, page, own = await olga.see("/console"), await olga.see(at), await ada.see("/studio/money")
    await olga.send(f"{at}/retry", WHY)
    await street.settle()
    paid = await olga.see(at)

    assert at in overview.links
    assert "Returned by the bank" in page.words
    assert "The shop's bank account is closed." in page.words
    assert {f"{at}/retry", f"{at}/cancellation"} <= set(page.forms)
    assert "Sent back by your bank: name another account" in own.words
    assert "Paid out" in paid.words
