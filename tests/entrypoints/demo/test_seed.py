"""The demonstration's seed, on a marketplace in memory."""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

import pytest

from marketplace_core.catalog import ListProducts, ViewProduct
from marketplace_core.identity import RegisterUser
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.notifications import ListMails
from marketplace_core.orders import ListOrders, OrderState, OrderView, SellerOrderState, ViewOrder
from marketplace_core.payments import (
    AuditBooks,
    HoldState,
    ListEscrows,
    ListPayouts,
    PayoutState,
    TrialBalance,
    ViewBalance,
)
from marketplace_core.search import Search
from marketplace_entrypoints.demo.catalogue import BUYERS, OPERATOR, PURCHASES, SHOPS, Item
from marketplace_entrypoints.demo.catalogue.deeds import Card, Pays
from marketplace_entrypoints.demo.hands import Hands
from marketplace_entrypoints.demo.seed import NotTheDemonstration, is_seeded, seed
from marketplace_entrypoints.demo.stocking import shelved
from marketplace_entrypoints.demo.tell import Silence
from marketplace_entrypoints.demo.trade import orders_placed
from tests.entrypoints.demo.memory import one_picture

ALL = PageRequest(limit=PAGE_SIZE_MAX)


async def seeded(hands: Hands) -> Hands:
    assert await seed(hands, one_picture, Silence(), present=hands.clock.now())
    return hands


async def order(hands: Hands, becomes: str) -> OrderView:
    """Return the order of the purchase whose description contains these words."""
    (purchase,) = [one for one in PURCHASES if becomes in one.becomes]
    number = [one for one in PURCHASES if one.buyer == purchase.buyer].index(purchase)
    order_id = (await orders_placed(hands, purchase))[number]
    return await hands.market.ask(ViewOrder(order_id=order_id), by=await hands.actor(purchase.buyer))


async def parts(hands: Hands, becomes: str) -> dict[str, SellerOrderState]:
    return {part.seller_name: part.state for part in (await order(hands, becomes)).seller_orders}


def named(state: Enum) -> str:
    return f"{type(state).__name__}.{state.name}"


async def every_order(hands: Hands) -> list[OrderView]:
    return [
        await hands.market.ask(ViewOrder(order_id=placed.order_id), by=await hands.actor(buyer))
        for buyer in BUYERS
        for placed in (await hands.market.ask(ListOrders(page=ALL), by=await hands.actor(buyer))).items
    ]


async def test_a_marketplace_of_somebody_else_is_left_alone(hands: Hands) -> None:
    stranger = RegisterUser(email="kim@example.net", password="warm-kettles-7", name="Kim")
    await hands.market.execute(stranger, by=ANONYMOUS)

    with pytest.raises(NotTheDemonstration):
        await seed(hands, one_picture, Silence(), present=hands.clock.now())

    assert not (await hands.market.ask(ListProducts(), by=ANONYMOUS)).items


async def test_sixty_products_are_on_sale_and_found_despite_a_typo(hands: Hands) -> None:
    await seeded(hands)

    listed = (await hands.market.ask(ListProducts(page=ALL), by=ANONYMOUS)).items
    found = (await hands.market.ask(Search(text="gutiar"), by=ANONYMOUS)).hits

    assert len(listed) == 60
    assert len({card.seller_slug for card in listed[:5]}) == 5, "the newest come from different shops"
    assert "Parlour Guitar No. 4" in [hit.title for hit in found]


async def test_the_orders_stand_where_the_catalogue_says(hands: Hands) -> None:
    await seeded(hands)

    assert (await order(hands, "waits for its payment")).state is OrderState.PENDING_PAYMENT
    assert (await order(hands, "the card was declined")).state is OrderState.EXPIRED
    assert (await order(hands, "never paid")).state is OrderState.EXPIRED
    assert (await order(hands, "cancelled by the buyer")).state is OrderState.CANCELLED
    assert (await order(hands, "took its time")).state is OrderState.CONFIRMED
    assert await parts(hands, "on its way, the other") == {
        "Kiln & Kettle": SellerOrderState.SHIPPED,
        "Common Room": SellerOrderState.ACCEPTED,
    }
    assert set((await parts(hands, "both sellers paid out")).values()) == {SellerOrderState.DELIVERED}
    assert set((await parts(hands, "paid with the second card")).values()) == {SellerOrderState.DELIVERED}


ORDINARY_DEEDS_DO_NOT_LEAD_TO: Mapping[str, str] = {
    "OrderState.PAYMENT_REVIEW": "the provider takes exactly what was agreed, and nothing after it confirmed the end",
    "OrderState.CLOSED": "goods may be sent back until 14 days after they arrived, and the history is shorter",
    "SellerOrderState.CONFIRMED": "a part is accepted in the same transaction that confirms it",
    "SellerOrderState.PART_SHIPPED": "every shop of the demonstration sends all of its part at once",
    "SellerOrderState.RETURNED_TO_SENDER": "every parcel of the demonstration reaches its buyer",
    "SellerOrderState.COMPLETED": "goods may be sent back until 14 days after they arrived, and the history is shorter",
    "SellerOrderState.DECLINED": "where parts are accepted as they are paid, no shop declines one",
    "HoldState.REFUNDED": "nobody has given a whole part back yet",
    "HoldState.LOST": "no buyer of the demonstration goes to their bank",
    "PayoutState.ASSEMBLED": "a payout is approved in the same transaction that assembles it",
    "PayoutState.HELD": "the embedded provider never answers about another amount or account",
    "PayoutState.READY": "its timer is due at once: it rests here only while the provider is down",
    "PayoutState.TRANSFERRING": "it rests here only while the provider is down",
    "PayoutState.TRANSFER_FAILED": "the embedded provider never refuses a transfer again and again",
    "PayoutState.IN_TRANSIT": "the embedded provider's bank takes no time",
    "PayoutState.FAILED": "the embedded provider's bank sends nothing back",
    "PayoutState.RETURNED": "the embedded provider's bank sends nothing back",
}


async def test_every_state_that_ordinary_deeds_lead_to_is_there(hands: Hands) -> None:
    await seeded(hands)
    operator = await hands.actor(OPERATOR)
    every = {named(state) for machine in (OrderState, SellerOrderState, HoldState, PayoutState) for state in machine}

    orders = await every_order(hands)
    holds = (await hands.market.ask(ListEscrows(page=ALL), by=operator)).items
    payouts = (await hands.market.ask(ListPayouts(page=ALL), by=operator)).items
    parts = [part for one in orders for part in one.seller_orders]
    there = {named(order.state) for order in orders} | {named(part.state) for part in parts}
    there |= {named(hold.state) for hold in holds} | {named(payout.state) for payout in payouts}

    assert every - there == ORDINARY_DEEDS_DO_NOT_LEAD_TO.keys()


async def test_twenty_orders_go_to_one_up_to_four_shops_in_one_up_to_several_units(hands: Hands) -> None:
    await seeded(hands)

    orders = await every_order(hands)

    assert len(orders) == 20
    assert {len(one.seller_orders) for one in orders} == {1, 2, 3, 4}
    assert any(line.quantity > 1 for one in orders for part in one.seller_orders for line in part.lines)
    assert {buyer.locale for buyer in BUYERS} == {"en", "ru"}
    assert {deed.card for one in PURCHASES for deed in one.deeds if isinstance(deed, Pays)} == set(Card)


async def test_the_operator_froze_money_for_a_reason_and_called_a_payout_back(hands: Hands) -> None:
    await seeded(hands)
    operator = await hands.actor(OPERATOR)
    broken, found, recalled = [await order(hands, one) for one in ("broken pot", "went missing", "called back")]

    holds = [
        (await hands.market.ask(ListEscrows(order_id=one.order_id), by=operator)).items[0]
        for one in (broken, found, recalled)
    ]
    payouts = (await hands.market.ask(ListPayouts(page=ALL), by=operator)).items
    states = [
        payout.state
        for payout in sorted(payouts, key=lambda one: one.assembled_at)
        if holds[2].seller_order_id in {item.seller_order_id for item in payout.items}
    ]

    assert (holds[0].state, holds[0].freezes) == (HoldState.FROZEN, ("buyer-reports-damage",))
    assert holds[1].state is HoldState.RELEASED
    assert states == [PayoutState.CANCELLED, PayoutState.PAID]


async def test_everything_that_a_page_shows_can_be_bought(hands: Hands) -> None:
    await seeded(hands)

    for shop in SHOPS:
        products = await shelved(hands, shop)
        for handle in (shop.hero, *shop.shown):
            product = await hands.market.ask(ViewProduct(product_id=products[handle]), by=ANONYMOUS)
            assert any(variant.purchasable for variant in product.variants), handle


async def test_money_is_held_until_arrival_and_paid_out_after_it(hands: Hands) -> None:
    await seeded(hands)
    operator = await hands.actor(OPERATOR)

    done, waiting = await order(hands, "both sellers paid out"), await order(hands, "14 days")
    released = await hands.market.ask(ListEscrows(order_id=done.order_id), by=operator)
    half_released = await hands.market.ask(ListEscrows(order_id=waiting.order_id), by=operator)
    balances = {}
    for shop in SHOPS:
        asked = ViewBalance(seller_id=(await hands.actor(shop.owner)).own_seller)
        balances[shop.slug] = (await hands.market.ask(asked, by=SYSTEM)).balances[0]

    assert [hold.held.amount_minor for hold in released.items] == [0, 0]
    assert sorted(hold.held.amount_minor > 0 for hold in half_released.items) == [False, True]
    assert balances["northlight"].paid.amount_minor > 0
    assert balances["common-room"].held.amount_minor > 0


async def test_the_books_balance(hands: Hands) -> None:
    await seeded(hands)
    operator = await hands.actor(OPERATOR)

    balance = await hands.market.ask(TrialBalance(), by=operator)

    assert [total.amount_minor for total in balance.sums] == [0]
    assert not await hands.market.ask(AuditBooks(), by=operator)


async def test_mails_carry_the_dates_of_the_history(hands: Hands) -> None:
    present = hands.clock.now()
    await seeded(hands)

    mails = (await hands.market.ask(ListMails(page=ALL), by=await hands.actor(OPERATOR))).items

    assert min(mail.queued_at for mail in mails) == present - timedelta(days=21)
    assert max(mail.queued_at for mail in mails) <= present


async def test_a_second_run_finds_it_seeded_and_does_nothing(hands: Hands) -> None:
    await seeded(hands)
    before = [await orders_placed(hands, purchase) for purchase in PURCHASES]
    at = hands.clock.now()

    did = await seed(hands, one_picture, Silence(), present=at + timedelta(hours=1))

    assert not did
    assert hands.clock.now() == at
    assert [await orders_placed(hands, purchase) for purchase in PURCHASES] == before


async def test_an_interrupted_seed_is_continued(hands: Hands) -> None:
    present, drawn = hands.clock.now(), 0

    async def until_the_lights_go_out(item: Item, view: int) -> bytes:
        nonlocal drawn
        drawn += 1
        if drawn == 20:
            raise KeyboardInterrupt
        return await one_picture(item, view)

    with pytest.raises(KeyboardInterrupt):
        await seed(hands, until_the_lights_go_out, Silence(), present=present)
    assert not await is_seeded(hands)
    await seed(hands, one_picture, Silence(), present=present)

    assert await is_seeded(hands)
    assert len((await hands.market.ask(ListProducts(page=ALL), by=ANONYMOUS)).items) == 60
    for buyer in BUYERS:
        placed = await hands.market.ask(ListOrders(page=ALL), by=await hands.actor(buyer))
        assert len(placed.items) == sum(purchase.buyer == buyer for purchase in PURCHASES)
