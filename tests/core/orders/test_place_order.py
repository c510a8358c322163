"""Placing an order: all of it or nothing, once per cart, whatever breaks in between."""

import asyncio
from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import Conflict, MarketplaceError, NotAllowed, NotSignedIn, RuleBroken
from marketplace_core.kernel.ids import PaymentId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    AlreadyPlaced,
    CartEmpty,
    ContactNeeded,
    MalformedQuoteHash,
    NotAvailable,
    OrderPlaced,
    OrderState,
    PaymentProviderUnavailable,
    PaymentStep,
    PlacedOrder,
    PlaceOrder,
    QuoteChanged,
    QuoteExpired,
    SellerOrderState,
)
from marketplace_core.testing.conformance.orders import ADA, ANN, BEN, BOB, HOME
from tests.core.orders.house import (
    ADAS_SHOP,
    ANN_HERSELF,
    BEN_HIMSELF,
    GUITAR,
    LAMP,
    OPERATOR,
    STRINGS,
    House,
    a_buyer,
    euros,
)


def nothing_happened(house: House) -> bool:
    tables = ("orders_orders", "orders_seller_orders", "outbox", "deadlines", "till", "held")
    return not any(house.count(table) for table in tables) and house.stock() == [5, 5]


@pytest.mark.parametrize(("by", "refusal"), [(ANONYMOUS, NotSignedIn), (OPERATOR, NotAllowed)])
async def test_only_buyers_place_orders(house: House, by: Actor, refusal: type[MarketplaceError]) -> None:
    quote = await house.quote()

    with pytest.raises(refusal):
        await house.execute(house.order_of(quote), by)

    assert nothing_happened(house)


async def test_who_cannot_be_written_to_orders_nothing_and_keeps_the_cart(house: House) -> None:
    quote = await house.quote()
    house.buyers.silent.add(ANN)

    with pytest.raises(ContactNeeded) as refusal:
        await house.execute(house.order_of(quote))

    assert refusal.value.code == "orders.contact_needed"
    assert nothing_happened(house)
    house.buyers.silent.clear()
    assert (await house.execute(house.order_of(quote))).total == quote.total


async def test_an_empty_cart_cannot_be_ordered(house: House) -> None:
    quote = await house.quote()
    house.basket.fill("crt_0001", ANN)

    with pytest.raises(CartEmpty):
        await house.execute(house.order_of(quote))

    assert nothing_happened(house)


async def test_a_made_up_quote_hash_is_refused(house: House) -> None:
    with pytest.raises(MalformedQuoteHash):
        await house.execute(PlaceOrder(quote_hash="yes please", address=HOME))

    assert nothing_happened(house)


async def test_somebody_elses_quote_is_not_mine(house: House) -> None:
    quote = await house.quote()
    house.basket.fill("crt_0002", BEN, (GUITAR, 2), (LAMP, 1))

    with pytest.raises(QuoteChanged):
        await house.execute(house.order_of(quote), BEN_HIMSELF)

    assert nothing_happened(house)


async def test_somebody_elses_quote_does_not_lead_to_their_order(house: House) -> None:
    quote = await house.quote()
    await house.execute(house.order_of(quote))

    with pytest.raises(CartEmpty):
        await house.execute(house.order_of(quote), BEN_HIMSELF)


async def test_a_quote_that_expired_is_refused(house: House) -> None:
    quote = await house.quote()
    house.clock.advance(timedelta(minutes=15))

    with pytest.raises(QuoteExpired):
        await house.execute(house.order_of(quote))

    assert nothing_happened(house)


async def test_a_price_that_rose_is_refused_with_old_and_new_and_nothing_is_reserved(house: House) -> None:
    quote = await house.quote()
    house.quotes.put(attrs.evolve(GUITAR, unit_price=euros(1_100)))

    with pytest.raises(QuoteChanged) as refusal:
        await house.execute(house.order_of(quote))

    assert nothing_happened(house)
    lines = refusal.value.facts["lines"]
    assert isinstance(lines, list)
    prices = [(line["old_minor"], line["new_minor"]) for line in lines if isinstance(line, dict)]
    assert prices == [(1_000, 1_100), (6_000, 6_000)]


async def test_a_new_consent_to_the_new_price_is_enough(house: House) -> None:
    house.quotes.put(attrs.evolve(GUITAR, unit_price=euros(1_100)))

    placed = await house.place()

    assert placed.total == euros(2_200 + 490 + 6_000)


async def test_a_line_that_was_withdrawn_is_named_and_nothing_is_reserved(house: House) -> None:
    quote = await house.quote()
    house.quotes.put(attrs.evolve(LAMP, obstacle="seller_suspended"))

    with pytest.raises(NotAvailable) as refusal:
        await house.execute(house.order_of(quote))

    assert refusal.value.facts["lines"] == [
        {"offer_id": LAMP.offer_id, "title": LAMP.title, "reason": "seller_suspended"}
    ]
    assert nothing_happened(house)


async def test_sold_out_meanwhile_is_said_by_the_stock_and_undoes_everything(house: House) -> None:
    quote = await house.quote()
    house.quotes.put(attrs.evolve(GUITAR, available=1))

    with pytest.raises(RuleBroken) as refusal:
        await house.execute(house.order_of(quote))

    assert refusal.value.code == "catalog.out_of_stock"
    assert house.count("orders_orders") == house.count("till") == house.count("deadlines") == house.count("outbox") == 0
    assert (await house.quote_of_lamp_only()).total == euros(6_000)
    assert house.provider.calls == []


async def test_a_placed_order_holds_goods_and_waits_for_its_money(house: House) -> None:
    placed = await house.place()

    view = await house.view(placed)
    assert view.state is OrderState.PENDING_PAYMENT
    assert view.pay_by == house.clock.now() + timedelta(minutes=15)
    assert [(one.seller_id, one.state, one.items, one.delivery) for one in view.seller_orders] == [
        (ADA, SellerOrderState.PENDING, euros(2_000), euros(490)),
        (BOB, SellerOrderState.PENDING, euros(6_000), euros(0)),
    ]
    assert house.stock() == [3, 4]
    assert house.deadlines() == [("orders.pay_by", placed.order_id)]
    assert placed.payment == PaymentStep(
        payment_id=PaymentId("pay_0001"),
        provider="table",
        state="requires_action",
        client_secret="secret of pay_0001",
        amount=placed.total,
    )
    (event,) = house.events()
    assert isinstance(event, OrderPlaced)
    assert event.total == placed.total == Money(8_490, "EUR")


async def test_the_provider_being_down_keeps_the_order_and_the_same_request_asks_again(house: House) -> None:
    quote = await house.quote()
    house.provider.down = True

    with pytest.raises(PaymentProviderUnavailable) as refusal:
        await house.market.execute_once(house.order_of(quote, "key-0001"), by=ANN_HERSELF, key="key-0001")
    house.provider.down = False
    again = await house.market.execute_once(house.order_of(quote, "key-0001"), by=ANN_HERSELF, key="key-0001")

    assert refusal.value.facts["order_id"] == again.result.order_id
    assert (refusal.value.ambiguous, refusal.value.retry_after_seconds) == (True, 7)
    assert again.result.payment.client_secret
    assert house.count("orders_orders") == house.checkout.count() == 1
    assert house.stock() == [3, 4]


async def test_the_same_request_after_a_crash_gets_the_same_order_with_its_payment(house: House) -> None:
    quote = await house.quote()
    command = house.order_of(quote, "key-0001")
    first = await house.execute(command)  # the process dies here: the key is never completed

    again = await house.execute(command)

    assert again == first
    assert house.count("orders_orders") == 1


async def test_without_a_request_key_the_same_quote_is_the_same_request(house: House) -> None:
    quote = await house.quote()
    first = await house.execute(house.order_of(quote))

    assert await house.execute(house.order_of(quote)) == first


async def test_the_same_request_after_the_order_was_paid_asks_nobody(house: House) -> None:
    quote = await house.quote()
    command = house.order_of(quote, "key-0001")
    placed = await house.execute(command)
    await house.pay(placed)
    asked = list(house.provider.calls)

    again = await house.execute(command)

    assert again.order_id == placed.order_id
    assert again.payment.state == "captured"
    assert house.provider.calls == asked


async def test_another_request_for_the_same_cart_learns_the_order(house: House) -> None:
    quote = await house.quote()
    placed = await house.execute(house.order_of(quote, "key-0001"))

    with pytest.raises(AlreadyPlaced) as refusal:
        await house.execute(house.order_of(quote, "key-0002"))

    assert refusal.value.facts == {"order_id": placed.order_id}
    assert house.count("orders_orders") == 1


async def test_another_quote_of_the_same_cart_learns_the_order_too(house: House) -> None:
    early = await house.quote()
    house.clock.advance(timedelta(seconds=5))
    placed = await house.place(key="key-0001")

    with pytest.raises(AlreadyPlaced) as refusal:
        await house.execute(house.order_of(early, "key-0002"))

    assert refusal.value.facts == {"order_id": placed.order_id}


async def test_of_twenty_requests_at_once_one_places_the_order(house: House) -> None:
    quote = await house.quote()
    commands = [house.order_of(quote, f"key-{number:04d}") for number in range(20)]

    outcomes = await asyncio.gather(*(house.execute(one) for one in commands), return_exceptions=True)

    placed = [one for one in outcomes if isinstance(one, PlacedOrder)]
    refused = [one for one in outcomes if isinstance(one, Conflict)]
    assert (len(placed), len(refused)) == (1, 19)
    assert {one.facts["order_id"] for one in refused} == {placed[0].order_id}
    assert house.stock() == [3, 4]


async def test_of_many_buyers_of_the_last_units_exactly_as_many_get_one(house: House) -> None:
    house.quotes.put(attrs.evolve(STRINGS, available=3))
    buyers = [a_buyer(UserId(f"usr_{number:02d}")) for number in range(16)]
    quotes = []
    for number, buyer in enumerate(buyers):
        house.basket.fill(f"crt_1{number:03d}", buyer.own_user, (STRINGS, 1))
        quotes.append(await house.quote(buyer))

    outcomes = await asyncio.gather(
        *(house.execute(house.order_of(quote), buyer) for quote, buyer in zip(quotes, buyers, strict=True)),
        return_exceptions=True,
    )

    refused = [one for one in outcomes if isinstance(one, MarketplaceError)]
    assert len(refused) == 13
    assert {one.code for one in refused} == {"catalog.out_of_stock"}
    assert house.quotes.available(STRINGS.offer_id) == 0
    assert house.count("orders_orders") == house.checkout.count() == 3


async def test_a_cart_that_keeps_changing_under_the_order_is_given_up(house: House) -> None:
    quote = await house.quote()
    house.basket.reader_lags = True

    with pytest.raises(Conflict):
        await house.execute(house.order_of(quote))

    assert nothing_happened(house)


async def test_a_shop_owner_may_buy_too(house: House) -> None:
    house.basket.fill("crt_0009", ADAS_SHOP.own_user, (LAMP, 1))

    placed = await house.place(by=ADAS_SHOP)

    assert placed.total == euros(6_000)
