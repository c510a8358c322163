"""Orders and money in the studio."""

import re

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.orders import ConfirmReceipt
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street, Visitor

ANNS = {"name": "Ann's pots", "slug": "anns", "country": "DE", "currency": "EUR"}


def amounts(html: str) -> list[int]:
    """Return the amount of every line of a ledger, in cents."""
    lines = re.findall(r'<td class="end(?: minus)?" data-label="Amount">(-?)€([\d,.]+)</td>', html)
    return [int(f"{sign}{digits.replace(',', '').replace('.', '')}") for sign, digits in lines]


async def test_a_paid_order_is_shipped_and_delivered_and_says_where_its_money_is(street: Street) -> None:
    ada = await street.signed_in(ADA)
    part = await ordered(street)
    path = f"/studio/orders/{part}"

    listed, todo = await ada.see("/studio/orders?state=accepted"), await ada.see("/studio")
    paid = await ada.see(path)
    nameless = await ada.send(f"{path}/shipment", {"carrier": "Post <b>fast</b>", "tracking": ""})
    shipped = await ada.send(f"{path}/shipment", {"carrier": "Post <b>fast</b>", "tracking": "PX 1"}, follow=True)
    twice = await ada.send(f"{path}/shipment", {"carrier": "Post", "tracking": "PX 2"})
    arrived = await ada.send(f"{path}/delivery", follow=True)
    await street.settle()
    held = await ada.see(path)

    assert path in listed.links
    assert "1 order to ship" in todo.words
    assert "Ann <i>Lane</i> 1 Lane 8000 Aarhus Denmark" in paid.words
    assert "<i>Lane" not in paid.html
    assert "Held until the parcel has arrived: ship it to be paid" in paid.words
    assert (nameless.status, nameless.value("carrier")) == (422, "Post &lt;b&gt;fast&lt;/b&gt;")
    assert "Marked as shipped" in shipped.words
    assert "Post <b>fast</b> · PX 1" in shipped.words
    assert twice.status == 409
    assert "Marked as delivered" in arrived.words
    assert "Held until" in held.words
    assert "Delivered · you" in held.words


async def test_a_shop_that_cannot_send_says_why_and_the_buyer_gets_the_money_back(street: Street) -> None:
    ada = await street.signed_in(ADA)
    part = await ordered(street)
    path = f"/studio/orders/{part}"

    silent = await ada.send(f"{path}/cancellation", {"why": ""})
    nothing = await ada.send(f"{path}/shipment", await _emptied(ada, path))
    gone = await ada.send(f"{path}/cancellation", {"why": "It <i>broke</i>."}, follow=True)
    await street.settle()

    assert (silent.status, nothing.status) == (422, 422)
    assert "At least one thing is in a parcel" in nothing.words
    assert "It is called off" in gone.words
    assert "Not sent:" in gone.words
    assert "It <i>broke</i>." in gone.words
    assert f"{path}/shipment" not in gone.forms


async def test_a_parcel_that_comes_back_keeps_its_money_held(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = f"/studio/orders/{await ordered(street)}"
    await ada.send(f"{path}/shipment", {"carrier": "Post", "tracking": "PX 1"})

    back = await ada.send(f"{path}/return", follow=True)

    assert "Came back to you" in back.words
    assert "The marketplace looks into this order" in back.words


async def _emptied(ada: Visitor, path: str) -> dict[str, str]:
    """Return the parcel's form with none of anything in it."""
    page = await ada.see(path)
    names = re.findall(r'name="(units-[^"]+)"', page.html)
    assert names
    return {"carrier": "Post", "tracking": "PX 1"} | dict.fromkeys(names, "0")


async def test_where_an_unpaid_order_goes_is_not_told(street: Street) -> None:
    ada = await street.signed_in(ADA)
    part = await ordered(street, card="")

    page = await ada.see(f"/studio/orders/{part}")

    assert "The address is told once the order is paid" in page.words
    assert "Aarhus" not in page.words
    assert f"/studio/orders/{part}/shipment" not in page.forms


async def test_every_figure_opens_into_lines_that_sum_to_it(street: Street) -> None:
    ada = await street.signed_in(ADA)
    first, _ = await ordered(street, 0), await ordered(street, 1)
    await ada.send(f"/studio/orders/{first}/shipment", {"carrier": "Post", "tracking": "PX 1"})
    ann = await street.opened.market.ask(IdentifyUser(user=ANN), by=SYSTEM)
    await street.opened.market.execute(ConfirmReceipt(seller_order_id=first), by=ann)
    await street.settle()

    money = await ada.see("/studio/money")
    figures = {
        heading: int(amount.replace(",", "").replace(".", ""))
        for heading, amount in re.findall(r'<li class="(\w+)"><a href="/studio/money/EUR/.*?€([\d,.]+)', money.html)
    }
    pages = {heading: await ada.see(f"/studio/money/EUR/{heading}") for heading in figures}
    order = await ada.see(f"/studio/orders/{first}")

    assert set(figures) == {"held", "payable", "in_payout", "paid"}
    assert figures["held"] > 0
    assert {heading: sum(amounts(page.html)) for heading, page in pages.items()} == figures
    assert amounts(pages["held"].html) != []
    assert "Released after delivery" in pages["held"].words
    assert "Commission -€1.00" in order.words


async def test_money_that_never_moved_and_figures_that_are_none(street: Street) -> None:
    ada = await street.signed_in(ADA)

    none, odd, foreign = [
        await ada.see(path) for path in ("/studio/money", "/studio/money/EUR/hidden", "/studio/money/EURO/held")
    ]
    empty = await ada.see("/studio/money/EUR/held")

    assert "Nothing has been paid out yet" in none.words
    assert (odd.status, foreign.status) == (404, 422)
    assert "No line yet" in empty.words


async def test_another_shops_order_does_not_exist_here(street: Street) -> None:
    part = await ordered(street)
    ann = await street.signed_in(ANN)
    await ann.send("/studio/open", ANNS)

    seen = await ann.see(f"/studio/orders/{part}")
    sent = [
        await ann.send(f"/studio/orders/{part}/{step}", {"carrier": "x", "tracking": "y"})
        for step in ("shipment", "delivery")
    ]
    listed = await ann.see("/studio/orders")

    assert {seen.status, *(page.status for page in sent)} == {404}
    assert "No orders yet" in listed.words
