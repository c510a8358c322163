"""A seller closes the account (W24): what is open is named, the last cent is paid, and what was stays readable.

And who may show goods at all.
"""

from typing import Any

import pytest

from marketplace_core.catalog import ListOwnProducts, NotPublishable, ProductStatus, PublishProduct, UnpublishProduct
from marketplace_core.identity import (
    CloseShop,
    KeepShop,
    ReinstateSeller,
    SellerNotInState,
    SellerStatus,
    ShopHasOpenMatters,
    ShopMatters,
    SuspendSeller,
    ViewSeller,
    ViewShopMatters,
)
from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.notifications import Template
from marketplace_core.orders import ConfirmReceipt, ShipSellerOrder
from marketplace_core.payments import PaymentPolicy, RefundWish, RequestRefund, ViewBalance
from marketplace_core.payments.books import ViewStatement
from marketplace_core.payments.debts import Obstacle, ViewSellerStanding
from tests.bazaar.bazaar import EUR, Bazaar, open_bazaar
from tests.bazaar.ground import GOOD, POLICY
from tests.bazaar.invariants import always


async def status(bazaar: Bazaar, seller_id: SellerId) -> SellerStatus:
    """See where a shop stands."""
    return (await bazaar.market.ask(ViewSeller(seller=seller_id), by=bazaar.people["Olga"])).status


async def matters(bazaar: Bazaar, owner: Actor) -> ShopMatters:
    """See what is open about the owner's shop."""
    return await bazaar.market.ask(ViewShopMatters(seller_id=owner.own_seller), by=owner)


async def bought(bazaar: Bazaar, number: int) -> Any:
    """Let Ann buy and pay; return the part of the order."""
    order_id = await bazaar.order("Ann", {bazaar.offers[number]: 1})
    assert order_id is not None
    await bazaar.show_card(order_id, GOOD)
    await bazaar.settle()
    (part,) = bazaar.rows("orders_seller_orders", lambda row: row.order_id == order_id)
    return part


async def received(bazaar: Bazaar, owner: Actor, part: Any) -> None:
    """Let the shop send it, and Ann say that it has arrived."""
    shipped = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="X1")
    await bazaar.market.execute(shipped, by=owner)
    await bazaar.market.execute(ConfirmReceipt(seller_order_id=part.seller_order_id), by=bazaar.people["Ann"])
    await bazaar.settle()


async def products(bazaar: Bazaar, owner: Actor) -> set[ProductStatus]:
    """Return the states of a shop's products."""
    found = await bazaar.market.ask(ListOwnProducts(seller_id=owner.own_seller), by=owner)
    return {product.status for product in found.items}


async def written(bazaar: Bazaar, template: Template) -> list[Any]:
    """Tell who got such a mail."""
    return [mail.recipient for mail in bazaar.rows("notifications_mails", lambda row: row.template is template)]


async def test_everything_is_paid_to_the_last_cent_and_then_the_shop_is_closed_for_good() -> None:
    async with open_bazaar(policy=POLICY) as bazaar:
        await bazaar.people_arrive()
        ada, olga = bazaar.people["Ada"], bazaar.people["Olga"]
        seller_id = ada.own_seller
        part = await bought(bazaar, 0)

        with pytest.raises(ShopHasOpenMatters) as refused:
            await bazaar.market.execute(CloseShop(seller_id=seller_id), by=ada)
        assert refused.value.facts == {"orders": [part.seller_order_id]}
        assert await status(bazaar, seller_id) is SellerStatus.ACTIVE
        await received(bazaar, ada, part)

        assert await bazaar.market.execute(CloseShop(seller_id=seller_id), by=ada) is SellerStatus.CLOSING
        await bazaar.settle()
        assert await bazaar.order("Ben", {bazaar.offers[1]: 1}) is None
        with pytest.raises(NotFound):
            await bazaar.market.ask(ViewSeller(seller=seller_id), by=ANONYMOUS)
        waits = await matters(bazaar, ada)
        assert (waits.hinders, waits.arrived) == (False, (part.seller_order_id,))
        assert waits.due

        await bazaar.pass_time(days=15)
        assert await status(bazaar, seller_id) is SellerStatus.CLOSING, "the reserve has not matured yet"
        assert (await matters(bazaar, ada)).arrived == ()
        for _ in range(20):
            await bazaar.pass_time(days=1)

        assert await status(bazaar, seller_id) is SellerStatus.CLOSED
        assert await written(bazaar, Template.SHOP_CLOSED) == [ada.user_id]
        assert await products(bazaar, ada) == {ProductStatus.ARCHIVED}
        (own,) = (await bazaar.market.ask(ViewBalance(seller_id=seller_id), by=ada)).balances
        assert (own.held, own.payable, own.in_payout, own.reserve, own.debt) == (Money.zero(EUR),) * 5
        assert own.paid == Money(1_000 + 490 - 100 - 20, EUR)
        now = bazaar.clock.now()
        told = await bazaar.market.ask(
            ViewStatement(seller_id=seller_id, currency=EUR, since=now.replace(year=2020), until=now), by=ada
        )
        assert told.closing == Money.zero(EUR)
        assert told.sections
        for step in (KeepShop(seller_id=seller_id), ReinstateSeller(seller_id=seller_id)):
            with pytest.raises(SellerNotInState):
                await bazaar.market.execute(step, by=olga)
        assert await bazaar.market.execute(CloseShop(seller_id=seller_id), by=ada) is SellerStatus.CLOSED
        await always(bazaar)


async def test_less_than_the_least_payout_is_paid_to_a_shop_that_closes() -> None:
    async with open_bazaar(policy=PaymentPolicy(payout_minimum_minor=1_000)) as bazaar:
        await bazaar.people_arrive()
        await bazaar.give(1_000)
        cy = bazaar.people["Cy"]
        await received(bazaar, cy, await bought(bazaar, 3))
        await bazaar.pass_time(days=1)
        (order,) = bazaar.rows("payments_holds", lambda row: row.seller_id == cy.own_seller)
        payable = order.releases[0].division.payable
        (own,) = (await bazaar.market.ask(ViewBalance(seller_id=cy.own_seller), by=cy)).balances
        assert (own.payable, own.paid) == (payable, Money.zero(EUR))

        await bazaar.market.execute(CloseShop(seller_id=cy.own_seller), by=cy)
        await bazaar.settle()
        for _ in range(20):
            await bazaar.pass_time(days=1)

        (own,) = (await bazaar.market.ask(ViewBalance(seller_id=cy.own_seller), by=cy)).balances
        assert own.paid == payable
        assert await status(bazaar, cy.own_seller) is SellerStatus.CLOSED


async def test_a_shop_that_is_kept_sells_on_as_before() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ada = bazaar.people["Ada"]
        await received(bazaar, ada, await bought(bazaar, 0))
        await bazaar.market.execute(CloseShop(seller_id=ada.own_seller), by=ada)
        await bazaar.settle()
        assert await bazaar.order("Ben", {bazaar.offers[0]: 1}) is None
        assert await bazaar.market.execute(KeepShop(seller_id=ada.own_seller), by=ada) is SellerStatus.ACTIVE
        assert await bazaar.market.execute(KeepShop(seller_id=ada.own_seller), by=ada) is SellerStatus.ACTIVE
        await bazaar.settle()
        await bazaar.pass_time(days=2)

        assert await products(bazaar, ada) == {ProductStatus.PUBLISHED}
        assert (await bought(bazaar, 0)).seller_id == ada.own_seller


async def test_what_comes_up_while_it_closes_is_settled_first() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ada, ann = bazaar.people["Ada"], bazaar.people["Ann"]
        part = await bought(bazaar, 0)
        await received(bazaar, ada, part)
        await bazaar.market.execute(CloseShop(seller_id=ada.own_seller), by=ada)
        await bazaar.settle()
        wish = RefundWish(seller_order_id=part.seller_order_id, items_minor=500)
        asked = await bazaar.market.execute(
            RequestRefund(order_id=part.order_id, reason="Chipped.", wishes=(wish,)), by=ann
        )
        assert (await matters(bazaar, ada)).refunds == (asked.refund_id,)
        await bazaar.give(5_000)

        for _ in range(30):
            await bazaar.pass_time(days=1)

        owed = (await matters(bazaar, ada)).debts
        assert owed, "the shop was paid before the refund, so it owes the rest"
        assert await status(bazaar, ada.own_seller) is SellerStatus.CLOSING
        await always(bazaar)


async def test_a_suspended_shop_is_not_closed_and_one_that_closes_can_be_suspended() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ada, olga = bazaar.people["Ada"], bazaar.people["Olga"]
        await bazaar.market.execute(CloseShop(seller_id=ada.own_seller), by=ada)
        await bazaar.market.execute(SuspendSeller(seller_id=ada.own_seller, reason="fraud"), by=olga)
        for step in (CloseShop(seller_id=ada.own_seller), KeepShop(seller_id=ada.own_seller)):
            with pytest.raises(SellerNotInState):
                await bazaar.market.execute(step, by=ada)

        for _ in range(3):
            await bazaar.pass_time(days=1)

        assert await status(bazaar, ada.own_seller) is SellerStatus.SUSPENDED


async def test_a_shop_is_closed_by_its_owner_or_an_operator_and_nobody_else() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ada, bob, olga = bazaar.people["Ada"], bazaar.people["Bob"], bazaar.people["Olga"]
        for step in (CloseShop(seller_id=ada.own_seller), KeepShop(seller_id=ada.own_seller)):
            with pytest.raises(NotFound):
                await bazaar.market.execute(step, by=bob)
        with pytest.raises(NotFound):
            await bazaar.market.ask(ViewShopMatters(seller_id=ada.own_seller), by=bob)

        assert await bazaar.market.execute(CloseShop(seller_id=ada.own_seller), by=olga) is SellerStatus.CLOSING


async def test_nothing_is_published_by_a_shop_that_closes() -> None:
    async with open_bazaar() as bazaar:
        await bazaar.people_arrive()
        ada = bazaar.people["Ada"]
        found = await bazaar.market.ask(ListOwnProducts(seller_id=ada.own_seller), by=ada)
        product_id = found.items[0].product_id
        await bazaar.market.execute(UnpublishProduct(product_id=product_id), by=ada)
        await bazaar.market.execute(CloseShop(seller_id=ada.own_seller), by=ada)

        with pytest.raises(NotPublishable) as refused:
            await bazaar.market.execute(PublishProduct(product_id=product_id), by=ada)
        assert refused.value.facts["problems"] == ["seller_not_active"]


async def test_a_shop_that_the_provider_does_not_know_shows_goods_only_where_the_terms_let_it() -> None:
    async with open_bazaar(policy=PaymentPolicy(unverified_may_list=False)) as bazaar:
        await bazaar.people_arrive()
        ada = bazaar.people["Ada"]
        found = await bazaar.market.ask(ListOwnProducts(seller_id=ada.own_seller), by=ada)
        product_id = found.items[0].product_id
        await bazaar.market.execute(UnpublishProduct(product_id=product_id), by=ada)
        (account,) = bazaar.rows("payments_seller_accounts", lambda row: row.seller_id == ada.own_seller)
        assert await bazaar.script(f"accounts/{account.reference}/restrict", {}) is not None
        await bazaar.settle()

        with pytest.raises(NotPublishable) as refused:
            await bazaar.market.execute(PublishProduct(product_id=product_id), by=ada)

        assert refused.value.facts["problems"] == ["seller_may_not_list"]
        shown = await bazaar.market.ask(ViewSellerStanding(seller_id=ada.own_seller), by=ada)
        assert (shown.can_list, shown.can_sell, shown.not_listing) == (False, False, (Obstacle.NOT_ENABLED,))


async def test_operators_hear_once_of_money_that_can_hardly_be_held_any_longer() -> None:
    async with open_bazaar(policy=POLICY) as bazaar:
        await bazaar.people_arrive()
        part = await bought(bazaar, 0)
        shipped = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="X1")
        await bazaar.market.execute(shipped, by=bazaar.people["Ada"])
        await bazaar.settle()

        for _ in range(89):
            await bazaar.pass_time(days=1)

        told = await written(bazaar, Template.HOLD_OVERDUE)
        assert bazaar.people["Olga"].user_id in told
        assert len(told) == len(set(told))
