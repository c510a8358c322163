"""Vouchers from being made to being given back: whose they are, how often they count, what sellers and payments see."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn
from marketplace_core.kernel.ids import VoucherId
from marketplace_core.kernel.messages import when
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.orders import (
    CancelOrder,
    DropVoucher,
    FlatRate,
    FlatTaxes,
    HoldOrderForReview,
    ListVouchers,
    MakeVoucher,
    OrderCancelled,
    OrderExpired,
    OrderState,
    PlacedOrder,
    QuoteCheckout,
    ReturnVoucher,
    StopVoucher,
    UseVoucher,
    ViewVoucher,
    VoucherCodeTaken,
    VoucherExhausted,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.testing.conformance.orders import ADA, BEN, BOB
from tests.core.orders.house import (
    ADAS_SHOP,
    ANN_HERSELF,
    BEN_HIMSELF,
    BOBS_SHOP,
    LAMP,
    OPERATOR,
    House,
    euros,
    open_house,
)

GIVEN_BACK = (
    when(OrderCancelled, lambda e: (ReturnVoucher(order_id=e.order_id),)),
    when(OrderExpired, lambda e: (ReturnVoucher(order_id=e.order_id),)),
)


def ours(code: str = "WELCOME", **changes: object) -> MakeVoucher:
    """Make a voucher of 10.00 off anything, at the platform's expense."""
    values: dict[str, object] = {"code": code, "seller_id": None, "currency": "EUR", "amount_minor": 1_000}
    return MakeVoucher(**(values | changes))  # type: ignore[arg-type]


async def used(house: House, voucher_id: VoucherId) -> int:
    found = await house.ask(ViewVoucher(voucher_id=voucher_id), OPERATOR)
    return int(found.used)


async def test_a_voucher_is_entered_quoted_and_ordered_with() -> None:
    house = open_house(taxes=FlatTaxes({"DK": FlatRate(rate_bps=2_500)}))
    voucher_id = await house.execute(ours(), OPERATOR)

    entered = await house.execute(UseVoucher(code=" welcome ", country="DK"))
    quote = await house.ask(QuoteCheckout(country="DK"))
    placed = await house.execute(house.order_of(quote))

    view = await house.view(placed)
    assert entered == quote
    assert (quote.voucher, view.voucher, quote.totals, placed.total) == ("WELCOME", "WELCOME", view.totals, quote.total)
    assert view.totals.discount == euros(1_000)
    assert view.totals.tax == euros(622 + 1_500)
    assert view.totals.total == placed.total == euros(2_490 + 6_000 - 1_000 + 622 + 1_500)
    assert [part.total for part in view.seller_orders] == [euros(2_490), euros(6_000)]
    assert await used(house, voucher_id) == 1
    shares = house.checkout.shares(placed.payment.payment_id)
    assert [(one.tax_minor, one.tax_jurisdiction, one.subsidy_minor) for one in shares] == [
        (622, "DK", 250), (1_500, "DK", 750),
    ]  # fmt: skip


async def test_a_shop_bears_its_own_voucher() -> None:
    house = open_house()
    await house.execute(ours("LAMPS", seller_id=BOB, amount_minor=None, percent_bps=2_000), BOBS_SHOP)
    await house.execute(UseVoucher(code="LAMPS"))

    placed = await house.place()

    part = await house.part(placed, BOB)
    assert (part.items, part.total, part.price, part.pricing.discount_minor) == (
        euros(4_800), euros(4_800), euros(4_800), 1_200,
    )  # fmt: skip
    assert part.lines[0].discount_minor == 1_200


async def test_without_it_everything_costs_what_it_did() -> None:
    house = open_house()
    plain = await house.quote()
    await house.execute(ours(), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    await house.execute(DropVoucher())
    await house.execute(DropVoucher())

    assert (await house.quote()).total == plain.total


@pytest.mark.parametrize("code", ["NONE", "", "ä", "x" * 500, "WELCOME\x00"])
async def test_an_unknown_code_is_refused_like_one_that_does_not_apply(code: str) -> None:
    house = open_house()

    with pytest.raises(VoucherNotApplicable):
        await house.execute(UseVoucher(code=code))

    assert (await house.quote()).voucher is None


async def test_one_that_was_stopped_after_it_was_entered_is_refused_and_nothing_is_reserved() -> None:
    house = open_house()
    voucher_id = await house.execute(ours(), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    quote = await house.quote()
    await house.execute(StopVoucher(voucher_id=voucher_id), OPERATOR)
    await house.execute(StopVoucher(voucher_id=voucher_id), OPERATOR)
    before = house.stock()

    with pytest.raises(VoucherNotApplicable):
        await house.execute(house.order_of(quote))
    with pytest.raises(VoucherNotApplicable):
        await house.quote()

    assert (house.stock(), house.count("orders_orders")) == (before, 0)


async def test_of_two_buyers_of_the_last_one_one_gets_it_and_the_other_nothing_reserved() -> None:
    house = open_house()
    voucher_id = await house.execute(ours(uses_max=1), OPERATOR)
    house.basket.fill("crt_0002", BEN, (LAMP, 1))
    for buyer in (ANN_HERSELF, BEN_HIMSELF):
        await house.execute(UseVoucher(code="WELCOME"), buyer)
    quotes = [(await house.quote(buyer), buyer) for buyer in (ANN_HERSELF, BEN_HIMSELF)]

    await house.execute(house.order_of(quotes[0][0]), ANN_HERSELF)
    before = house.stock()
    with pytest.raises(VoucherExhausted):
        await house.execute(house.order_of(quotes[1][0]), BEN_HIMSELF)

    assert (house.stock(), house.count("orders_orders"), await used(house, voucher_id)) == (before, 1, 1)


async def test_once_per_person_is_once_also_at_the_next_cart() -> None:
    house = open_house()
    voucher_id = await house.execute(ours(uses_per_buyer_max=1), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    await house.place()
    house.basket.fill("crt_0002", ANN_HERSELF.own_user, (LAMP, 1))

    with pytest.raises(VoucherExhausted):
        await house.execute(UseVoucher(code="WELCOME"))

    assert await used(house, voucher_id) == 1


async def test_the_same_request_again_uses_it_once() -> None:
    house = open_house()
    voucher_id = await house.execute(ours(), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    quote = await house.quote()

    first = await house.execute(house.order_of(quote, "the-same-key"))
    again = await house.execute(house.order_of(quote, "the-same-key"))

    assert (first.order_id, await used(house, voucher_id)) == (again.order_id, 1)


async def test_an_order_that_nobody_pays_gives_it_back() -> None:
    house = open_house(reactions=GIVEN_BACK)
    voucher_id = await house.execute(ours(uses_max=1, uses_per_buyer_max=1), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    await house.place()
    assert await used(house, voucher_id) == 1

    house.clock.advance(timedelta(minutes=16))
    await house.dispatcher.settle()

    assert await used(house, voucher_id) == 0
    house.basket.fill("crt_0002", ANN_HERSELF.own_user, (LAMP, 1))
    await house.execute(UseVoucher(code="WELCOME"))


async def test_an_order_that_is_called_off_gives_it_back_once() -> None:
    house = open_house(reactions=GIVEN_BACK)
    voucher_id = await house.execute(ours(), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    placed = await house.place()

    await house.execute(CancelOrder(order_id=placed.order_id))
    await house.dispatcher.settle()
    await house.execute(ReturnVoucher(order_id=placed.order_id), SYSTEM)
    house.basket.fill("crt_0002", BEN_HIMSELF.own_user, (LAMP, 1))
    without = await house.place(BEN_HIMSELF)
    await house.execute(CancelOrder(order_id=without.order_id), BEN_HIMSELF)
    await house.dispatcher.settle()

    assert await used(house, voucher_id) == 0


async def expired_with_a_voucher(house: House) -> tuple[PlacedOrder, VoucherId]:
    """Order with a voucher that is good for one order, and let the time to pay run out."""
    voucher_id = await house.execute(ours(uses_max=1), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))
    placed = await house.place()
    house.clock.advance(timedelta(minutes=16))
    return placed, voucher_id


async def money_comes(house: House, placed: PlacedOrder) -> OrderState:
    """Have the money of an order come now."""
    await house.checkout.pay(placed.payment.payment_id)
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)
    await house.dispatcher.settle()
    return (await house.view(placed)).state


async def test_an_order_whose_money_came_late_uses_its_voucher_again() -> None:
    house = open_house(reactions=GIVEN_BACK)
    placed, voucher_id = await expired_with_a_voucher(house)
    await house.dispatcher.settle()
    given_back = await used(house, voucher_id)

    state = await money_comes(house, placed)

    assert (given_back, state, await used(house, voucher_id)) == (0, OrderState.CONFIRMED, 1)
    house.basket.fill("crt_0002", BEN_HIMSELF.own_user, (LAMP, 1))
    with pytest.raises(VoucherExhausted):
        await house.execute(UseVoucher(code="WELCOME"), BEN_HIMSELF)


async def test_late_money_goes_back_when_somebody_else_has_used_the_voucher_meanwhile() -> None:
    house = open_house(reactions=GIVEN_BACK)
    placed, voucher_id = await expired_with_a_voucher(house)
    await house.dispatcher.settle()
    house.basket.fill("crt_0002", BEN_HIMSELF.own_user, (LAMP, 1))
    await house.execute(UseVoucher(code="WELCOME"), BEN_HIMSELF)
    await house.place(BEN_HIMSELF)
    before = house.stock()

    state = await money_comes(house, placed)

    assert (state, await used(house, voucher_id)) == (OrderState.CANCELLED, 1)
    assert (house.checkout.accepted, house.checkout.given_back) == ([], [placed.payment.payment_id])
    assert house.stock() == before


async def test_late_money_goes_back_when_the_voucher_was_stopped_meanwhile() -> None:
    house = open_house(reactions=GIVEN_BACK)
    placed, voucher_id = await expired_with_a_voucher(house)
    await house.dispatcher.settle()
    await house.execute(StopVoucher(voucher_id=voucher_id), OPERATOR)

    assert await money_comes(house, placed) is OrderState.CANCELLED
    assert await used(house, voucher_id) == 0


async def test_a_voucher_is_not_given_back_by_news_that_are_old_when_they_arrive() -> None:
    house = open_house()
    placed, voucher_id = await expired_with_a_voucher(house)
    await house.dispatcher.settle()

    state = await money_comes(house, placed)
    await house.execute(ReturnVoucher(order_id=placed.order_id), SYSTEM)

    assert (state, await used(house, voucher_id)) == (OrderState.CONFIRMED, 1)


async def test_a_paid_order_keeps_it() -> None:
    house = open_house(reactions=GIVEN_BACK)
    voucher_id = await house.execute(ours(), OPERATOR)
    await house.execute(UseVoucher(code="WELCOME"))

    await house.paid()
    await house.dispatcher.settle()

    assert await used(house, voucher_id) == 1


async def test_a_shop_makes_sees_and_stops_its_own_and_no_others() -> None:
    house = open_house()
    mine = await house.execute(ours("ADA-1", seller_id=ADA), ADAS_SHOP)
    his = await house.execute(ours("BOB-1", seller_id=BOB), OPERATOR)
    general = await house.execute(ours(), OPERATOR)

    assert [one.code for one in (await house.ask(ListVouchers(seller_id=ADA), ADAS_SHOP)).items] == ["ADA-1"]
    assert (await house.ask(ViewVoucher(voucher_id=mine), ADAS_SHOP)).seller_id == ADA
    for foreign in (his, general):
        with pytest.raises(VoucherNotFound):
            await house.ask(ViewVoucher(voucher_id=foreign), ADAS_SHOP)
        with pytest.raises(VoucherNotFound):
            await house.execute(StopVoucher(voucher_id=foreign), ADAS_SHOP)
    with pytest.raises(NotFound):
        await house.ask(ListVouchers(seller_id=BOB), ADAS_SHOP)
    with pytest.raises(NotFound):
        await house.execute(ours("BOB-2", seller_id=BOB), ADAS_SHOP)
    for wish in (ours("OURS-2"),):
        with pytest.raises(NotAllowed):
            await house.execute(wish, ADAS_SHOP)
    with pytest.raises(NotAllowed):
        await house.ask(ListVouchers(seller_id=None), ADAS_SHOP)
    with pytest.raises(NotAllowed):
        await house.execute(ours("BUYERS"), ANN_HERSELF)
    with pytest.raises(NotSignedIn):
        await house.execute(ours("NOBODYS"), ANONYMOUS)
    with pytest.raises(VoucherCodeTaken):
        await house.execute(ours("ada-1", seller_id=BOB), BOBS_SHOP)


async def test_the_list_is_cut_into_pages() -> None:
    house = open_house()
    for number in range(3):
        await house.execute(ours(f"OURS-{number}"), OPERATOR)

    first = await house.ask(ListVouchers(seller_id=None, page=PageRequest(limit=2)), OPERATOR)
    rest = await house.ask(ListVouchers(seller_id=None, page=PageRequest(limit=2, cursor=first.next_cursor)), OPERATOR)

    assert [[one.code for one in page.items] for page in (first, rest)] == [["OURS-2", "OURS-1"], ["OURS-0"]]
    with pytest.raises(InvalidCursor):
        await house.ask(ListVouchers(seller_id=None, page=PageRequest(cursor="ord_1")), OPERATOR)
