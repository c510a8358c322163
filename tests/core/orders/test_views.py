"""Who may look at what."""

import pytest

from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.orders import (
    CartEmpty,
    ListAllOrders,
    ListOrders,
    ListSellerOrders,
    OrderNotFound,
    OrderState,
    SellerOrderNotFound,
    SellerOrderState,
    ViewOrder,
    ViewSellerOrder,
)
from marketplace_core.testing.conformance.orders import ADA, ANN, BEN, BOB, HOME
from tests.core.orders.house import (
    ADAS_SHOP,
    ANN_HERSELF,
    BEN_HIMSELF,
    BOBS_SHOP,
    GUITAR,
    OPERATOR,
    House,
    euros,
)


async def several(house: House, count: int) -> list[str]:
    order_ids = []
    for number in range(count):
        house.basket.fill(f"crt_2{number:03d}", BEN, (GUITAR, 1))
        order_ids.append(str((await house.place(by=BEN_HIMSELF)).order_id))
    return order_ids


async def test_who_has_no_cart_gets_no_quote(house: House) -> None:
    with pytest.raises(CartEmpty):
        await house.quote(BEN_HIMSELF)


async def test_strangers_cannot_tell_a_foreign_order_from_a_missing_one(house: House) -> None:
    placed = await house.place()

    for stranger in (BEN_HIMSELF, ADAS_SHOP):
        with pytest.raises(OrderNotFound) as foreign:
            await house.ask(ViewOrder(order_id=placed.order_id), stranger)
        with pytest.raises(OrderNotFound) as missing:
            await house.ask(ViewOrder(order_id=OrderId("ord_9999")), stranger)
        assert str(foreign.value) == str(missing.value)
    with pytest.raises(NotSignedIn):
        await house.ask(ViewOrder(order_id=placed.order_id), ANONYMOUS)


async def test_only_the_buyer_sees_what_it_takes_to_pay(house: House) -> None:
    placed = await house.place()

    mine, theirs = await house.view(placed, ANN_HERSELF), await house.view(placed, OPERATOR)

    assert mine.payment is not None
    assert theirs.payment is not None
    assert mine.payment.client_secret
    assert theirs.payment.client_secret is None
    assert theirs.payment.amount == placed.total


async def test_the_secret_is_not_in_any_repr(house: House) -> None:
    placed = await house.place()

    view = await house.view(placed)

    assert "secret of" not in repr(view) + repr(placed)


async def test_a_seller_sees_their_own_part_only(house: House) -> None:
    placed = await house.paid()
    first, second = await house.part(placed, ADA), await house.part(placed, BOB)

    seen = await house.ask(ViewSellerOrder(seller_order_id=first.seller_order_id), ADAS_SHOP)

    assert {line.offer_id for line in seen.lines} == {GUITAR.offer_id}
    assert seen.total == euros(2_490)
    with pytest.raises(SellerOrderNotFound) as foreign:
        await house.ask(ViewSellerOrder(seller_order_id=second.seller_order_id), ADAS_SHOP)
    with pytest.raises(SellerOrderNotFound) as missing:
        await house.ask(ViewSellerOrder(seller_order_id=SellerOrderId("sor_9999")), ADAS_SHOP)
    assert str(foreign.value) == str(missing.value)


async def test_a_buyer_does_not_look_through_the_sellers_window(house: House) -> None:
    part = await house.part(await house.paid())

    with pytest.raises(NotAllowed):
        await house.ask(ViewSellerOrder(seller_order_id=part.seller_order_id), ANN_HERSELF)


async def test_the_address_is_told_once_the_money_is_held(house: House) -> None:
    placed = await house.place()
    question = ViewSellerOrder(seller_order_id=(await house.part(placed)).seller_order_id)
    before = await house.ask(question, ADAS_SHOP)

    await house.pay(placed)

    assert before.address is None
    assert (await house.ask(question, ADAS_SHOP)).address == HOME


async def test_a_buyer_pages_through_their_orders_newest_first(house: House) -> None:
    await house.place()
    order_ids = await several(house, 3)

    first = await house.ask(ListOrders(page=PageRequest(limit=2)), BEN_HIMSELF)
    second = await house.ask(ListOrders(page=PageRequest(limit=2, cursor=first.next_cursor)), BEN_HIMSELF)

    assert [one.order_id for one in first.items + second.items] == order_ids[::-1]
    assert second.next_cursor is None


async def test_a_cursor_of_another_list_is_refused(house: House) -> None:
    await several(house, 2)
    bens = (await house.ask(ListOrders(page=PageRequest(limit=1)), BEN_HIMSELF)).next_cursor

    for cursor in (bens, "", "x", "ö", "AAAA", "dXNyX2FubiA="):
        with pytest.raises(InvalidCursor):
            await house.ask(ListOrders(page=PageRequest(limit=1, cursor=cursor)), ANN_HERSELF)


async def test_only_operators_list_everybodys_orders(house: House) -> None:
    await house.place()

    for stranger in (ANN_HERSELF, ADAS_SHOP):
        with pytest.raises(NotAllowed):
            await house.ask(ListAllOrders(), stranger)
    with pytest.raises(NotSignedIn):
        await house.ask(ListAllOrders(), ANONYMOUS)


async def test_an_operator_pages_through_everybodys_orders(house: House) -> None:
    anns = await house.paid()
    bens = await several(house, 2)

    first = await house.ask(ListAllOrders(page=PageRequest(limit=2)), OPERATOR)
    second = await house.ask(ListAllOrders(page=PageRequest(limit=2, cursor=first.next_cursor)), OPERATOR)
    confirmed = await house.ask(ListAllOrders(state=OrderState.CONFIRMED), OPERATOR)

    assert [(one.order_id, one.buyer_id) for one in first.items + second.items] == [
        (bens[1], BEN),
        (bens[0], BEN),
        (anns.order_id, ANN),
    ]
    assert second.next_cursor is None
    assert [one.order_id for one in confirmed.items] == [anns.order_id]


async def test_a_buyers_cursor_does_not_open_everybodys_list(house: House) -> None:
    await several(house, 2)
    bens = (await house.ask(ListOrders(page=PageRequest(limit=1)), BEN_HIMSELF)).next_cursor

    with pytest.raises(InvalidCursor):
        await house.ask(ListAllOrders(page=PageRequest(cursor=bens)), OPERATOR)


async def test_a_shop_lists_its_parts_by_state(house: House) -> None:
    placed = await house.paid()
    await several(house, 1)

    everything = await house.ask(ListSellerOrders(seller_id=ADA), ADAS_SHOP)
    accepted = await house.ask(ListSellerOrders(seller_id=ADA, state=SellerOrderState.ACCEPTED), OPERATOR)

    assert len(everything.items) == 2
    assert [one.order_id for one in accepted.items] == [placed.order_id]
    assert accepted.items[0].quantity == 2


async def test_a_shop_pages_through_its_parts(house: House) -> None:
    await several(house, 3)

    first = await house.ask(ListSellerOrders(seller_id=ADA, page=PageRequest(limit=2)), ADAS_SHOP)
    second = await house.ask(
        ListSellerOrders(seller_id=ADA, page=PageRequest(limit=2, cursor=first.next_cursor)), ADAS_SHOP
    )

    assert (len(first.items), len(second.items), second.next_cursor) == (2, 1, None)
    assert not {one.seller_order_id for one in first.items} & {one.seller_order_id for one in second.items}


async def test_a_shop_does_not_list_another_shops_parts(house: House) -> None:
    await house.paid()

    with pytest.raises(NotFound):
        await house.ask(ListSellerOrders(seller_id=ADA), BOBS_SHOP)


async def test_the_system_sees_every_order(house: House) -> None:
    placed = await house.place()

    assert (await house.view(placed, SYSTEM)).buyer_id == ANN
