"""The ends of waiting for money, shared by the commands that may meet them. Each runs in an open transaction."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.errors import PaymentTooSmall
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.timers import ACCEPT_BY, PAY_BY, REVIEW_BY, SHIP_BY
from marketplace_core.orders.ports import OrdersWork, Quotes
from marketplace_core.orders.usecases.calling_off import CallingOff


@frozen(kw_only=True)
class PaymentOutcome:
    """Lets orders go on, or fall, with their money."""

    quotes: Quotes
    calling_off: CallingOff
    policy: CheckoutPolicy

    async def money_came(self, work: OrdersWork, order: Order, captured: Money | None, now: datetime) -> None:
        """Let the order take note of the captured money (None: its full amount), and turn held stock into sold.

        Parts whose goods are gone fall, and their money goes back (S8). Told again, nothing changes.
        """
        before, amount = order.state, order.total if captured is None else captured
        there: list[SellerOrder] = []
        parts: Sequence[SellerOrder] = ()
        if order.fits(amount):
            parts = await work.seller_orders.of_order(order.order_id)
            there = [one for one in parts if await self.quotes.hold_part(order.order_id, one.units)]
        order.paid(amount, there, now, at_once=not self.policy.agreed(order.rules).accepts_by_hand)
        if order.state is before:
            return
        await work.orders.save(order)
        await work.deadlines.cancel(PAY_BY, order.order_id)
        if order.awaits_review:
            await work.deadlines.set(REVIEW_BY, order.order_id, order.review_due(now))
        else:
            await self._go_on(work, order, parts, there, now)

    async def late_money_accepted(self, work: OrdersWork, order: Order, who: Who, now: datetime) -> bool:
        """Go on with an order whose money was in review, as far as its goods are there (O4); tell whether any are.

        A voucher that the order had given back is used again. Raises ``PaymentTooSmall`` for money that does not cover
        the order, ``VoucherExhausted`` and ``VoucherNotApplicable`` where others have used the voucher up meanwhile.
        """
        parts = await work.seller_orders.of_order(order.order_id)
        there = [one for one in parts if await self.quotes.hold_part(order.order_id, one.units)]
        if not there:
            return False
        await work.vouchers.take_again(order.order_id, now)
        if not await self.calling_off.checkout.accept(order.payment_id):
            raise PaymentTooSmall("What came does not cover the order; it can only go back.", order_id=order.order_id)
        for one in parts:
            one.revive(now)
        order.accept_payment(who, there, now, at_once=not self.policy.agreed(order.rules).accepts_by_hand)
        await work.orders.save(order)
        await work.deadlines.cancel(REVIEW_BY, order.order_id)
        await self._go_on(work, order, parts, there, now)
        return True

    async def no_money_will_come(self, work: OrdersWork, order: Order, who: Who, now: datetime) -> None:
        """End an order that nobody paid, with all its parts, and put the goods back into stock."""
        if who is Who.TIMER:
            order.expire(now)
        else:
            order.cancel(who, now)
        await work.orders.save(order)
        for seller_order in await work.seller_orders.of_order(order.order_id):
            seller_order.cancel_unpaid(now)
            await work.seller_orders.save(seller_order)
        await work.deadlines.cancel(PAY_BY, order.order_id)
        await work.deadlines.cancel(REVIEW_BY, order.order_id)
        await self.quotes.release(order.order_id)

    async def _go_on(
        self,
        work: OrdersWork,
        order: Order,
        parts: Sequence[SellerOrder],
        there: Sequence[SellerOrder],
        now: datetime,
    ) -> None:
        for part in parts:
            if part in there:
                await work.seller_orders.save(part)
                await self.wait_for(work, part, now)
            else:
                await self.calling_off.settle(work, part, part.sell_out(now), sold=False)
        if there:
            await self.quotes.commit(order.order_id)  # the contended rows last

    async def wait_for(self, work: OrdersWork, part: SellerOrder, now: datetime) -> None:
        """Set the timer by which its seller has to accept a part, or to send it."""
        agreed = self.policy.agreed(part.rules)
        if agreed.accepts_by_hand:
            await work.deadlines.set(ACCEPT_BY, part.seller_order_id, now + agreed.accept_within)
        else:
            await work.deadlines.set(SHIP_BY, part.seller_order_id, now + agreed.ship_within)
