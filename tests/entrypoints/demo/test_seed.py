"""The demonstration's seed, on a marketplace in memory."""

from datetime import timedelta

import pytest

from marketplace_core.catalog import ListProducts
from marketplace_core.identity import RegisterUser
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.notifications import ListMails
from marketplace_core.orders import ListOrders, OrderState, OrderView, SellerOrderState, ViewOrder
from marketplace_core.payments import AuditBooks, ListEscrows, TrialBalance, ViewBalance
from marketplace_core.search import Search
from marketplace_entrypoints.demo.catalogue import BUYERS, OPERATOR, PURCHASES, SHOPS, Item
from marketplace_entrypoints.demo.hands import Hands
from marketplace_entrypoints.demo.seed import NotTheDemonstration, is_seeded, seed
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
