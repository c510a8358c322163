"""An order from its payment to the doorstep: what its buyer sees, what they can do, and what others cannot."""

import re

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.orders import MarkDelivered, ShipSellerOrder, ViewOrder
from marketplace_core.payments import FreezeEscrow
from tests.entrypoints.web.street import ADA, ANN, Sheet, Street, Visitor
from tests.entrypoints.web.test_cart import PIECE
from tests.entrypoints.web.test_checkout import at_the_checkout, filled, unreachable

PAYS, DECLINES, LATE = "4242424242424242", "4000000000000002", "4000000000000077"
HOSTILE = "<script>alert(1)</script> \U0001f4e6"


async def ordered(street: Street, visitor: Visitor, *numbers: int, **changed: str) -> str:
    """Order by the pages; return the order's path."""
    desk = await at_the_checkout(street, visitor, *numbers)
    placed = await visitor.send("/checkout", filled(desk, **changed))
    assert placed.leads_to.endswith("/payment"), placed.words
    return placed.leads_to.removesuffix("/payment")


async def paid(street: Street, visitor: Visitor, order: str, card: str = PAYS) -> Sheet:
    """Do at the provider what the element does, and come back as it sends its buyer back."""
    page = await visitor.see(f"{order}/payment")
    element = dict(re.findall(r'([a-z-]+)="([^"]*)"', re.search(r"<payment-step[^>]*>", page.html)[0]))  # type: ignore[index]
    card_form = {"client_secret": element["client-secret"], "card_number": card, "exp": "12/34", "cvc": "123"}
    address = f"/fakepay/v1/payments/{element['reference']}/confirm"
    await visitor.client.post(address, json=card_form)
    return await visitor.see(element["return-url"])


async def parcel(street: Street, order: str) -> SellerOrderId:
    """Return the first parcel of an order."""
    view = await street.opened.market.ask(ViewOrder(order_id=OrderId(order.rpartition("/")[2])), by=await ann_(street))
    return view.seller_orders[0].seller_order_id


async def ann_(street: Street) -> Actor:
    return await street.opened.market.ask(IdentifyUser(user=ANN), by=SYSTEM)


async def sent(street: Street, order: str, carrier: str = "Post", tracking: str = "PX 1") -> SellerOrderId:
    """Let Ada send the parcel."""
    ada = await street.opened.market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    part = await parcel(street, order)
    ship = ShipSellerOrder(seller_order_id=part, carrier=carrier, tracking=tracking)
    await street.opened.market.execute(ship, by=ada)
    await street.settle()
    return part


async def test_an_order_goes_from_paid_to_received_and_says_where_the_money_is(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann, 0, 1)
    unpaid = await ann.see(order)

    back = await paid(street, ann, order)
    await street.settle()
    held = await ann.see(order)
    part = await sent(street, order, HOSTILE, HOSTILE)
    under_way = await ann.see(order)
    received = await ann.send(f"{order}/parcels/{part}/receipt", follow=True)
    await street.settle()
    released = await ann.see(order)

    assert "Once you have paid, €34.90 is held" in unpaid.words
    assert back.leads_to == f"{order}?paid=1"
    assert "We hold €34.90 for you; Ada's does not have it yet." in held.words
    assert "Held until" in held.words
    assert "I have received it" not in held.words
    assert "<script>alert" not in under_way.html
    assert "\U0001f4e6" in under_way.words
    assert "Then €34.90 is passed on to Ada's at once" in under_way.words
    assert "Thank you." in received.words
    assert "You said that it has arrived." in released.words
    assert "The payment of €34.90 went to Ada's." in released.words
    assert ["On its way" in under_way.words, "Everything has arrived." in released.words] == [True, True]
    assert "I have received it" not in released.words


async def test_a_parcel_that_only_the_shop_calls_arrived_is_held_until_a_date(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)
    await paid(street, ann, order)
    await street.settle()
    part = await sent(street, order)
    ada = await street.opened.market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    await street.opened.market.execute(MarkDelivered(seller_order_id=part), by=ada)
    await street.settle()

    page = await ann.see(order)
    await street.opened.market.execute(FreezeEscrow(seller_order_id=part, reason="risk"), by=SYSTEM)
    frozen = await ann.see(order)

    assert "The shop says that it has arrived." in page.words
    assert "sooner if you confirm the receipt" in page.words
    assert "I have received it" in page.words
    assert "We are looking into this parcel." in frozen.words


async def test_a_declined_card_leaves_the_order_waiting_with_another_try(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)

    await paid(street, ann, order, DECLINES)
    page, payment = await ann.see(order), await ann.see(f"{order}/payment")
    await paid(street, ann, order)
    await street.settle()
    confirmed, closed = await ann.see(order), await ann.see(f"{order}/payment")

    assert "The last attempt did not go through" in page.words
    assert "The last attempt did not go through" in payment.words
    assert f"{order}/payment" in page.links
    assert "Your payment has come" in confirmed.words
    assert closed.leads_to == order


async def test_a_page_waits_for_a_payment_that_is_worked_on(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)

    back = await paid(street, ann, order, LATE)
    page = await ann.see(back.leads_to)
    ask = re.search(r'hx-get="(/orders[^"]+)"', page.html)
    assert ask is not None
    still = await ann.see(ask[1], headers=PIECE)
    tired = await ann.see(f"{order}/payment/state?look=60", headers=PIECE)
    wrong = await ann.see(f"{order}/payment/state?look=x", headers=PIECE)
    plain = await ann.see(f"{order}/payment/state?look=1")

    assert "Payment under way" in page.words
    assert "look=2" in still.html
    assert "hx-get" not in tired.html + wrong.html
    assert "longer than usual" in tired.words
    assert plain.leads_to == order


async def test_a_waiting_page_shows_the_order_once_the_payment_has_come(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)
    await paid(street, ann, order)
    await street.settle()

    told = await ann.see(f"{order}/payment/state?look=1", headers=PIECE)

    assert (told.status, told.answer.headers["hx-redirect"]) == (204, order)


async def test_coming_back_while_the_provider_is_down_still_shows_the_order(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)
    street.opened.adapters.payments.buyer.client.event_hooks = {"request": [unreachable]}

    back = await ann.see(f"{order}/payment/return", follow=True)

    assert back.status == 200
    assert "Payment under way" in back.words


async def test_an_unpaid_order_is_called_off_after_one_question(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)

    page = await ann.see(order)
    gone = await ann.send(f"{order}/cancellation", follow=True)
    again = await ann.send(f"{order}/cancellation", follow=True)

    assert "Yes, call it off" in page.words
    assert "The order was called off. Nothing was taken" in gone.words
    assert again.status == 200
    assert f"{order}/payment" not in gone.links


async def test_what_is_not_sent_is_called_off_and_its_money_goes_back(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)
    await paid(street, ann, order)
    await street.settle()
    shown = await ann.see(order)
    path = f"{order}/parcels/{await parcel(street, order)}/cancellation"

    gone = await ann.send(path, {"why": HOSTILE}, follow=True)
    await street.settle()
    after = await ann.see(order)

    assert path in shown.forms
    assert "It is called off" in gone.words
    assert f"you called it off. \u201c{HOSTILE}\u201d" in after.words
    assert "Nothing of this order will be sent" in after.words
    assert "We give you" in after.words
    assert path not in after.forms


async def test_nothing_is_called_off_once_it_is_sent_and_nothing_received_before(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann)
    await paid(street, ann, order)
    await street.settle()
    early = await ann.send(f"{order}/parcels/{await parcel(street, order)}/receipt")
    part = await sent(street, order)

    late = await ann.send(f"{order}/cancellation")
    late_part = await ann.send(f"{order}/parcels/{part}/cancellation", {"why": ""})

    assert (late.status, late_part.status, early.status) == (409, 409, 409)
    assert "moved on meanwhile" in late.words
    assert "moved on meanwhile" in early.words


async def test_somebody_elses_order_does_not_exist(street: Street) -> None:
    ann, ada, nobody = await street.signed_in(ANN), await street.signed_in(ADA), street.visitor()
    order = await ordered(street, ann)
    part = await parcel(street, order)

    seen = [await ada.see(path) for path in (order, f"{order}/payment", f"{order}/payment/return")]
    done = [await ada.send(f"{order}/{what}") for what in ("cancellation", "payment", f"parcels/{part}/receipt")]
    asked = await nobody.see(order)

    assert {page.status for page in (*seen, *done)} == {404}
    assert "Lyon" not in "".join(page.html for page in (*seen, *done))
    assert asked.leads_to == f"/sign-in?next={order}"


async def test_a_guest_reads_their_order_elsewhere_by_the_link_in_the_mail(street: Street) -> None:
    guest, elsewhere = street.visitor(), street.visitor()
    order = await ordered(street, guest, email="grace@example.com")
    await paid(street, guest, order)
    await street.settle()
    mails = await guest.see("/account")
    mail = await guest.see(next(link for link in mails.links if link.startswith("/account/mails/")))
    link = re.search(r"/orders/ord_\w+\?key=[\w.-]+", mail.html)
    assert link is not None, mail.words

    there, here = await elsewhere.see(link[0]), await guest.see(link[0])
    forged = await elsewhere.see(link[0][:-4] + "AAAA")

    assert "by the link in its confirmation" in there.words
    assert "Lyon" in there.words
    assert there.answer.headers["referrer-policy"] == "no-referrer"
    assert not [form for form in there.forms if form.startswith("/orders")]
    assert "We hold" in here.words
    assert forged.status == 404


async def test_orders_are_listed_newest_first_page_by_page(street: Street) -> None:
    ann = await street.signed_in(ANN)
    empty = await ann.see("/orders")
    first = await ordered(street, ann, 0)
    second = await ordered(street, ann, 1)

    page, lost = await ann.see("/orders"), await ann.see("/orders?cursor=nonsense")

    assert "Nothing ordered yet" in empty.words
    assert [link for link in page.links if link.startswith("/orders/")] == [second, first]
    assert "Waiting for payment" in page.words
    assert lost.status == 400


async def test_an_order_takes_a_bounded_number_of_statements(street: Street) -> None:
    ann = await street.signed_in(ANN)
    order = await ordered(street, ann, 0, 1, 2)

    with counted() as count:
        await ann.see(order)
    with counted() as listed:
        await ann.see("/orders")

    assert (count.statements, listed.statements) == (5, 2)
