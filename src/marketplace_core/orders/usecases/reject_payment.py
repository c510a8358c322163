"""Reject a payment that does not fit its order: the order is called off, and whatever came goes back."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import IllegalTransition
from marketplace_core.orders.domain.order import OrderState
from marketplace_core.orders.domain.timers import REVIEW_BY
from marketplace_core.orders.ports import Checkout, OrdersWork, Quotes


@frozen(kw_only=True)
class RejectPayment(Command[OrderState]):
    """Send money back that came for an order but does not fit it, and call the order off."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    order_id: OrderId


@frozen(kw_only=True)
class RejectPaymentHandler:
    """Send money back that does not fit.

    - Only of an order whose payment is in review: another amount, another currency, or money after the order was over.
    - The provider is asked to take no more; what it has taken goes back to the buyer in full, the goods into stock.
    - If nobody decides within three days, this is what happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    quotes: Quotes
    checkout: Checkout

    async def __call__(self, command: RejectPayment, by: Actor) -> OrderState:
        """Carry it out. Raises ``OrderNotFound``, ``IllegalTransition``, ``Unavailable`` when the provider is down."""
        who = Who.OPERATOR if Role.OPERATOR in by.roles else Who.TIMER
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
        if not order.awaits_review:
            if who is Who.TIMER or order.state is OrderState.CANCELLED:
                return order.state
            raise IllegalTransition("The payment of this order is not in review.", state=order.state.value)
        await self.checkout.cancel(order.payment_id)
        now = self.clock.now()
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.awaits_review:
                order.reject_payment(who, now)
                await work.orders.save(order)
                for seller_order in await work.seller_orders.of_order(order.order_id):
                    seller_order.cancel_unpaid(now)
                    await work.seller_orders.save(seller_order)
                await self.quotes.release(order.order_id)
                await self.checkout.give_back(order.payment_id)
                await work.deadlines.cancel(REVIEW_BY, order.order_id)
        return order.state
