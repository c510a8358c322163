"""Cancel an order before it is paid."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import AlreadyPaid, PaymentInProgress
from marketplace_core.orders.domain.order import Order, OrderState
from marketplace_core.orders.domain.ownership import own_order
from marketplace_core.orders.ports import CancelOutcome, Checkout, OrdersWork, Quotes
from marketplace_core.orders.usecases.payment_outcome import money_came, no_money_will_come


@frozen(kw_only=True)
class CancelledOrder:
    """The order is called off and its goods are back in stock."""

    order_id: OrderId
    state: OrderState


@frozen(kw_only=True)
class CancelOrder(Command[CancelledOrder]):
    """Call off an order that is not paid yet."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN
    order_id: OrderId


@frozen(kw_only=True)
class CancelOrderHandler:
    """Call off an order on its buyer's or an operator's wish.

    - Only an order that still waits for its money can be called off here.
    - The provider is asked first to cancel the payment, and its answer wins: if the money had come, the order stands
      and is confirmed; if the provider is still working on the payment, the wish is refused for now.
    - Called off twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    quotes: Quotes
    checkout: Checkout

    async def __call__(self, command: CancelOrder, by: Actor) -> CancelledOrder:
        """Ask the provider, then act on its answer in one transaction."""
        async with self.begin() as work:
            order = own_order(await work.orders.get(command.order_id), by)
        if order.state is OrderState.CANCELLED:
            return CancelledOrder(order_id=order.order_id, state=order.state)
        who = Who.OPERATOR if Role.OPERATOR in by.roles and order.buyer_id != by.user_id else Who.BUYER
        order.check_cancellable(who)
        outcome = await self.checkout.cancel(order.payment_id)
        if outcome is CancelOutcome.PROCESSING:
            raise PaymentInProgress("The payment is being worked on; look again in a few minutes.")
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            await self._act(work, order, outcome, who)
        if outcome is CancelOutcome.CAPTURED:
            raise AlreadyPaid("The payment had already gone through; your order stands.", order_id=order.order_id)
        return CancelledOrder(order_id=order.order_id, state=order.state)

    async def _act(self, work: OrdersWork, order: Order, outcome: CancelOutcome, who: Who) -> None:
        now = self.clock.now()
        if outcome is CancelOutcome.CAPTURED:
            await money_came(work, self.quotes, order, None, now)
        elif order.awaits_payment:
            await no_money_will_come(work, self.quotes, order, who, now)
