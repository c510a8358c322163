"""What every cart, catalog and till that orders are made with must do."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate, MarketplaceError
from marketplace_core.kernel.ids import OfferId, OrderId, PaymentId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.calling_off import CalledOff, Cause
from marketplace_core.orders.domain.errors import CartEmpty, QuoteExpired
from marketplace_core.orders.domain.lines import Demand, Units
from marketplace_core.orders.ports import Basket, Buyers, CancelOutcome, Checkout, Quotes, Share

ANN = UserId("usr_ann")
ADA, BOB = SellerId("sel_ada"), SellerId("sel_bob")


@frozen(kw_only=True)
class BuyersGround:
    """Buyers of whom ``reachable_ids`` have said where to write to, and ``silent_ids`` have not or are nobody."""

    buyers: Buyers
    reachable_ids: tuple[UserId, ...]
    silent_ids: tuple[UserId, ...]


@pytest.mark.conformance
class BuyersConformance:
    """Override ``ground`` with buyers."""

    @pytest.fixture
    def ground(self) -> BuyersGround:
        """Return buyers."""
        raise NotImplementedError

    async def test_who_left_no_address_cannot_be_reached(self, ground: BuyersGround) -> None:
        """Nor can somebody who does not exist."""
        assert ground.silent_ids
        assert [await ground.buyers.reachable(buyer_id) for buyer_id in ground.silent_ids] == [
            False for _ in ground.silent_ids
        ]

    async def test_who_left_an_address_can_be_reached(self, ground: BuyersGround) -> None:
        """With an account or without."""
        assert ground.reachable_ids
        assert all([await ground.buyers.reachable(buyer_id) for buyer_id in ground.reachable_ids])


@frozen(kw_only=True)
class BasketGround:
    """A cart context where ``buyer_id`` has put something into a cart and ``stranger_id`` has not."""

    basket: Basket
    begin: Begin[Any]
    buyer_id: UserId
    stranger_id: UserId


@pytest.mark.conformance
class BasketConformance:
    """Override ``ground`` with a filled cart."""

    @pytest.fixture
    def ground(self) -> BasketGround:
        """Return a filled cart."""
        raise NotImplementedError

    async def test_who_has_put_nothing_in_has_nothing_to_buy(self, ground: BasketGround) -> None:
        """No open cart."""
        with pytest.raises(CartEmpty):
            await ground.basket.open(ground.stranger_id)

    async def test_the_open_cart_tells_its_lines(self, ground: BasketGround) -> None:
        """With quantities and the prices that were seen."""
        basket = await ground.basket.open(ground.buyer_id)

        assert basket.lines
        assert all(line.quantity > 0 and line.unit_price_seen for line in basket.lines)

    async def test_a_voucher_that_was_entered_stays_with_the_cart(self, ground: BasketGround) -> None:
        """Another one replaces it, and it can be taken out."""
        codes = []
        for code in ("SPRING-10", "AUTUMN-5", "AUTUMN-5", None):
            async with ground.begin():
                await ground.basket.use_voucher(ground.buyer_id, code)
            codes.append((await ground.basket.open(ground.buyer_id)).voucher_code)

        assert codes == ["SPRING-10", "AUTUMN-5", "AUTUMN-5", None]

    async def test_without_a_cart_there_is_nowhere_to_keep_a_voucher(self, ground: BasketGround) -> None:
        """And nothing to take out."""
        with pytest.raises(MarketplaceError):
            async with ground.begin():
                await ground.basket.use_voucher(ground.stranger_id, "SPRING-10")
        async with ground.begin():
            await ground.basket.use_voucher(ground.stranger_id, None)

    async def test_a_cart_is_closed_once_and_names_its_order(self, ground: BasketGround) -> None:
        """Closed for the same order again: nothing. For another: refused."""
        basket = await ground.basket.open(ground.buyer_id)
        async with ground.begin():
            await ground.basket.close(basket, OrderId("ord_1"))

        with pytest.raises(CartEmpty):
            await ground.basket.open(ground.buyer_id)
        with pytest.raises(MarketplaceError) as refusal:
            async with ground.begin():
                await ground.basket.close(basket, OrderId("ord_2"))
        assert refusal.value.code == "cart.already_checked_out"
        assert refusal.value.facts["order_id"] == "ord_1"

    async def test_a_cart_that_changed_meanwhile_is_not_closed(self, ground: BasketGround) -> None:
        """The order has to be made anew."""
        basket = await ground.basket.open(ground.buyer_id)

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin():
                await ground.basket.close(attrs.evolve(basket, version=basket.version + 1), OrderId("ord_1"))

    async def test_closing_shares_the_fate_of_its_transaction(self, ground: BasketGround) -> None:
        """Rolled back, the cart is open again."""
        basket = await ground.basket.open(ground.buyer_id)

        async def closed_and_failed() -> None:
            async with ground.begin():
                await ground.basket.close(basket, OrderId("ord_1"))
                raise QuoteExpired("Never mind.")

        with pytest.raises(QuoteExpired):
            await closed_and_failed()

        assert await ground.basket.open(ground.buyer_id) == basket


@frozen(kw_only=True)
class QuotesGround:
    """A catalog with two offers on sale, five of each, and one that is withdrawn."""

    quotes: Quotes
    begin: Begin[Any]
    on_sale: tuple[OfferId, OfferId]
    withdrawn: OfferId

    async def available(self) -> list[int]:
        """Tell what is left of the two."""
        offers = await self.quotes.offers(self.on_sale)
        return [offers[offer_id].available for offer_id in self.on_sale]

    def demand(self, *quantities: int) -> list[Demand]:
        """Ask for so many of each."""
        return [
            Demand(offer_id=one, quantity=quantity) for one, quantity in zip(self.on_sale, quantities, strict=False)
        ]


@pytest.mark.conformance
class QuotesConformance:
    """Override ``ground`` with a catalog."""

    @pytest.fixture
    def ground(self) -> QuotesGround:
        """Return a catalog."""
        raise NotImplementedError

    async def test_offers_are_told_as_they_stand(self, ground: QuotesGround) -> None:
        """Unknown ones are left out, withdrawn ones name their obstacle, a sold-out one has none."""
        offers = await ground.quotes.offers([*ground.on_sale, ground.withdrawn, OfferId("off_unknown")])

        assert set(offers) == {*ground.on_sale, ground.withdrawn}
        assert all(offers[one].obstacle is None and offers[one].available == 5 for one in ground.on_sale)
        assert all(offers[one].unit_price and offers[one].title and offers[one].seller_name for one in ground.on_sale)
        assert offers[ground.withdrawn].obstacle

    async def test_nothing_is_asked_about_nothing(self, ground: QuotesGround) -> None:
        """An empty list."""
        assert dict(await ground.quotes.offers([])) == {}

    async def test_stock_is_held_for_all_lines_or_none(self, ground: QuotesGround) -> None:
        """The refusal names the line."""
        with pytest.raises(MarketplaceError) as refusal:
            async with ground.begin():
                await ground.quotes.hold(OrderId("ord_1"), ground.demand(1, 6))

        assert refusal.value.code == "catalog.out_of_stock"
        assert ground.on_sale[1] in str(refusal.value.facts)
        assert ground.on_sale[0] not in str(refusal.value.facts)
        assert await ground.available() == [5, 5]

    async def test_what_is_held_is_gone_until_it_is_released(self, ground: QuotesGround) -> None:
        """Twice released is released once; sold out is no obstacle, only no stock."""
        async with ground.begin():
            await ground.quotes.hold(OrderId("ord_1"), ground.demand(2, 5))
        held = await ground.available()
        obstacle = (await ground.quotes.offers(ground.on_sale))[ground.on_sale[1]].obstacle

        for _ in range(2):
            async with ground.begin():
                await ground.quotes.release(OrderId("ord_1"))

        assert held == [3, 0]
        assert obstacle is None
        assert await ground.available() == [5, 5]

    async def test_a_part_that_is_held_stays_held_and_one_that_was_lost_is_held_anew(
        self, ground: QuotesGround
    ) -> None:
        """Both lines at first, then none of them, then the one that is still there."""
        order_id, (first, second) = OrderId("ord_1"), ground.on_sale
        async with ground.begin():
            await ground.quotes.hold(order_id, ground.demand(2, 5))
        async with ground.begin():
            still = await ground.quotes.hold_part(order_id, [Units(offer_id=first, quantity=2)])
        after = await ground.available()
        async with ground.begin():
            await ground.quotes.release(order_id)
        async with ground.begin():
            await ground.quotes.hold(OrderId("ord_2"), ground.demand(1, 1))
        both = [Units(offer_id=first, quantity=4), Units(offer_id=second, quantity=5)]

        async with ground.begin():
            all_or_none = await ground.quotes.hold_part(order_id, both)
        none = await ground.available()
        async with ground.begin():
            again = await ground.quotes.hold_part(order_id, [Units(offer_id=first, quantity=4)])

        assert (still, after) == (True, [3, 0])
        assert (all_or_none, none) == (False, [4, 4])
        assert (again, await ground.available()) == (True, [0, 4])

    async def test_sold_goods_that_are_not_sent_are_for_sale_again(self, ground: QuotesGround) -> None:
        """As many as are said, each time they are said."""
        order_id, first = OrderId("ord_1"), ground.on_sale[0]
        async with ground.begin():
            await ground.quotes.hold(order_id, ground.demand(3, 1))
            await ground.quotes.commit(order_id)

        for quantity in (1, 2):
            async with ground.begin():
                await ground.quotes.restock(order_id, [Units(offer_id=first, quantity=quantity)])

        assert await ground.available() == [5, 4]

    async def test_what_is_sold_never_comes_back_by_a_release(self, ground: QuotesGround) -> None:
        """Twice committed is sold once."""
        async with ground.begin():
            await ground.quotes.hold(OrderId("ord_1"), ground.demand(2, 1))
        for _ in range(2):
            async with ground.begin():
                await ground.quotes.commit(OrderId("ord_1"))

        assert await ground.available() == [3, 4]


@frozen(kw_only=True)
class CheckoutGround:
    """A payments context. ``pay`` makes the provider take the money, ``dawdle`` makes it work on the payment."""

    checkout: Checkout
    begin: Begin[Any]
    pay: Callable[[PaymentId], Awaitable[None]]
    dawdle: Callable[[PaymentId], Awaitable[None]]

    async def paid(self) -> PaymentId:
        """Open a payment and have it paid; the provider's answer to a wish to cancel it is how we learn of that."""
        payment_id = await self.opened()
        await self.checkout.request(payment_id)
        await self.pay(payment_id)
        assert await self.checkout.cancel(payment_id) is CancelOutcome.CAPTURED
        return payment_id

    async def opened(self, number: int = 1) -> PaymentId:
        """Open a payment of 14.90 EUR for two sellers."""
        shares = [
            Share(
                seller_order_id=SellerOrderId(f"sor_{number}_{position}"),
                seller_id=seller_id,
                items=Money(items_minor, "EUR"),
                delivery=Money(delivery_minor, "EUR"),
            )
            for position, (seller_id, items_minor, delivery_minor) in enumerate(((ADA, 600, 490), (BOB, 400, 0)))
        ]
        async with self.begin():
            return await self.checkout.open(OrderId(f"ord_{number}"), ANN, "EUR", shares)


@pytest.mark.conformance
class CheckoutConformance:
    """Override ``ground`` with a payments context."""

    @pytest.fixture
    def ground(self) -> CheckoutGround:
        """Return a payments context."""
        raise NotImplementedError

    async def test_an_opened_payment_knows_its_amount_and_no_secret(self, ground: CheckoutGround) -> None:
        """Nobody outside has heard of it."""
        payment_id = await ground.opened()

        step = await ground.checkout.step(payment_id)

        assert (step.payment_id, step.amount, step.client_secret) == (payment_id, Money(1_490, "EUR"), None)

    async def test_the_provider_is_never_asked_inside_a_transaction(self, ground: CheckoutGround) -> None:
        """Neither for a payment nor to cancel one it knows."""
        payment_id = await ground.opened()

        with pytest.raises(AssertionError):
            async with ground.begin():
                await ground.checkout.request(payment_id)
        await ground.checkout.request(payment_id)
        with pytest.raises(AssertionError):
            async with ground.begin():
                await ground.checkout.cancel(payment_id)

    async def test_a_requested_payment_tells_the_buyer_how_to_pay(self, ground: CheckoutGround) -> None:
        """Asked again it is the same one, and it can be looked up without asking."""
        payment_id = await ground.opened()

        first = await ground.checkout.request(payment_id)
        again = await ground.checkout.request(payment_id)

        assert first.client_secret
        assert (first.payment_id, first.amount) == (payment_id, Money(1_490, "EUR"))
        assert again == first
        assert await ground.checkout.step(payment_id) == first

    async def test_an_unpaid_payment_can_be_cancelled(self, ground: CheckoutGround) -> None:
        """Requested or not, and more than once."""
        asked, unasked = await ground.opened(1), await ground.opened(2)
        await ground.checkout.request(asked)

        outcomes = [await ground.checkout.cancel(one) for one in (asked, asked, unasked)]

        assert outcomes == [CancelOutcome.CANCELLED] * 3

    async def test_a_paid_payment_cannot_be_cancelled(self, ground: CheckoutGround) -> None:
        """The provider's answer wins."""
        payment_id = await ground.opened()
        await ground.checkout.request(payment_id)
        await ground.pay(payment_id)

        assert await ground.checkout.cancel(payment_id) is CancelOutcome.CAPTURED

    async def test_what_is_paid_is_held_for_every_seller_until_it_is_returned(self, ground: CheckoutGround) -> None:
        """A whole part, once; its sibling stays."""
        await ground.paid()
        before = await ground.checkout.open_matters(OrderId("ord_1"))

        for _ in range(2):
            async with ground.begin():
                await ground.checkout.return_share(SellerOrderId("sor_1_0"), _gone(600, 490, whole=True))
        after = await ground.checkout.open_matters(OrderId("ord_1"))

        assert sorted(before.held) == ["sor_1_0", "sor_1_1"]
        assert not before.pending
        assert sorted(after.held) == ["sor_1_1"]
        assert after.pending

    async def test_a_part_of_a_share_leaves_the_rest_held(self, ground: CheckoutGround) -> None:
        """The delivery, and one of two things."""
        await ground.paid()

        async with ground.begin():
            await ground.checkout.return_share(SellerOrderId("sor_1_0"), _gone(300, 0, whole=False))

        assert "sor_1_0" in (await ground.checkout.open_matters(OrderId("ord_1"))).held

    async def test_nothing_is_open_about_an_order_nobody_knows(self, ground: CheckoutGround) -> None:
        """Neither held nor pending."""
        assert not (await ground.checkout.open_matters(OrderId("ord_9"))).any

    async def test_a_payment_the_provider_works_on_cannot_be_cancelled_yet(self, ground: CheckoutGround) -> None:
        """Only its outcome decides."""
        payment_id = await ground.opened()
        await ground.checkout.request(payment_id)
        await ground.dawdle(payment_id)

        assert await ground.checkout.cancel(payment_id) is CancelOutcome.PROCESSING


def _gone(items_minor: int, delivery_minor: int, *, whole: bool) -> CalledOff:
    return CalledOff(
        at=datetime(2026, 1, 1, 12, tzinfo=UTC),
        cause=Cause.SELLER,
        note="",
        lines=(),
        items=Money(items_minor, "EUR"),
        delivery=Money(delivery_minor, "EUR"),
        whole=whole,
    )
