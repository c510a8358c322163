"""A part of an order that is sent in several parcels: its buyer confirms them one by one, or all at once."""

import pytest

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId, SellerOrderId
from marketplace_core.operations import UsePolicy
from marketplace_core.orders import MarkDelivered, ShipSellerOrder, Units
from tests.entrypoints.web.claiming import held
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street

SAID = "I have received this parcel"


async def sent_in_two(street: Street, *trackings: str, by_parcel: bool = True) -> tuple[SellerOrderId, str]:
    """Have Ann pay two guitars, and Ada send them one by one; return the part and where its receipt is confirmed."""
    market = street.opened.market
    terms = UsePolicy(document=(("version", "parcels"), ("release_per_shipment", by_parcel)), reason="Asked for.")
    await market.execute(terms, by=SYSTEM)
    part = await ordered(street, quantity=2)
    ada = await market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    one = (Units(offer_id=OfferId(street.shop.offers[0]), quantity=1),)
    for tracking in trackings:
        await market.execute(
            ShipSellerOrder(seller_order_id=part, carrier="Post", tracking=tracking, lines=one), by=ada
        )
    await street.settle()
    hold = await held(street, part)
    return part, f"/orders/{hold.order_id}/parcels/{part}/receipt"


async def test_a_parcel_that_arrived_is_paid_for_while_the_rest_stays_held(street: Street) -> None:
    part, receipt = await sent_in_two(street, "A<1>", "A2")
    ann, order = await street.signed_in(ANN), receipt.partition("/parcels")[0]
    before = await ann.see(order)

    said = await ann.send(receipt, {"tracking": "A<1>"}, follow=True)
    await street.settle()
    after, hold = await ann.see(order), await held(street, part)

    assert before.words.count(SAID) == 2
    assert "Then what was paid for these goods is passed on to Ada's at once" in before.words
    assert "I have received everything" in before.words
    assert "A<1>" not in before.html
    assert "Thank you, noted. What is still on its way stays held." in said.words
    assert "1 × Guitar [/b] with brackets: you said that it has arrived." in after.words
    assert "€10.00 of the payment went to Ada's for what has arrived." in after.words
    assert (hold.standing.released.amount, hold.held.amount_minor > 0) == (1_000, True)
    assert SAID not in after.words  # the other parcel is the rest now
    assert "I have received it" in after.words


async def test_the_first_parcel_is_confirmed_while_the_second_is_not_sent(street: Street) -> None:
    part, receipt = await sent_in_two(street, "A1")
    ann, order = await street.signed_in(ANN), receipt.partition("/parcels")[0]
    before = await ann.see(order)

    await ann.send(receipt, {"tracking": "A1"}, follow=True)
    await street.settle()

    assert (before.words.count(SAID), "I have received it" in before.words) == (1, False)
    assert (await held(street, part)).standing.released.amount == 1_000


async def test_where_it_was_not_agreed_a_parcel_is_noted_and_everything_stays_held(street: Street) -> None:
    part, receipt = await sent_in_two(street, "A1", "A2", by_parcel=False)
    ann, order = await street.signed_in(ANN), receipt.partition("/parcels")[0]
    before = await ann.see(order)

    await ann.send(receipt, {"tracking": "A1"})
    await street.settle()
    after, hold = await ann.see(order), await held(street, part)

    assert "The payment stays held until the rest has arrived too." in before.words
    assert "you said that it has arrived." in after.words
    assert hold.releases == ()


async def test_a_parcel_is_confirmed_although_the_shop_said_so_before(street: Street) -> None:
    part, receipt = await sent_in_two(street, "A1", "A2")
    market = street.opened.market
    ada = await market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    await market.execute(MarkDelivered(seller_order_id=part, tracking="A1"), by=ada)
    await street.settle()
    ann = await street.signed_in(ANN)

    page = await ann.see(receipt.partition("/parcels")[0])
    await ann.send(receipt, {"tracking": "A1"})
    await street.settle()

    assert page.words.count(SAID) == 2
    assert "1 × Guitar [/b] with brackets: the shop says that it has arrived." in page.words
    assert (await held(street, part)).standing.released.amount == 1_000


@pytest.mark.parametrize("tracking", ["A9", "<b>", "A1" * 300])
async def test_a_parcel_that_was_never_sent_is_refused_in_words(street: Street, tracking: str) -> None:
    part, receipt = await sent_in_two(street, "A1", "A2")
    ann = await street.signed_in(ANN)

    refused = await ann.send(receipt, {"tracking": tracking})

    assert refused.status == 404
    assert "There is no such parcel" in refused.words
    assert (await held(street, part)).releases == ()


async def test_nobody_else_confirms_a_parcel(street: Street) -> None:
    part, receipt = await sent_in_two(street, "A1", "A2")
    ada = await street.signed_in(ADA)

    refused = await ada.send(receipt, {"tracking": "A1"})

    assert refused.status == 404
    assert (await held(street, part)).releases == ()
    assert (await street.visitor().send(receipt, {"tracking": "A1"})).status == 303
    assert (await held(street, part)).releases == ()
