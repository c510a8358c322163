"""Cancel an order: before it is paid, or all of it before anything is sent."""

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
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.ports import CancelOutcome, Checkout, OrdersWork
from marketplace_core.orders.usecases.calling_off import CallingOff
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome


@frozen(kw_only=True)
class CancelledOrder:
    """The order is called off and its goods are back in stock."""

    order_id: OrderId
    state: OrderState


@frozen(kw_only=True)
class CancelOrder(Command[CancelledOrder]):
    """Call off an order that is not paid yet, or of which nothing is sent yet; ``note`` says why, if anybody asks."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN
    order_id: OrderId
    note: str = ""


@frozen(kw_only=True)
class CancelOrderHandler:
    """Call off an order on its buyer's or an operator's wish.

    - Of a paid order every part is called off that still stands, and its money goes back; if one of them is sent, none
      is, and each has to be called off for itself.
    - Of an unpaid one the provider is asked first to cancel the payment, and its answer wins: if the money had come,
      the order stands and is confirmed; if the provider is still working on the payment, the wish is refused for now.
    - Called off twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    outcome: PaymentOutcome
    calling_off: CallingOff
    checkout: Checkout

    async def __call__(self, command: CancelOrder, by: Actor) -> CancelledOrder:
        """Ask the provider, then act on its answer in one transaction."""
        async with self.begin() as work:
            order = own_order(await work.orders.get(command.order_id), by)
        if order.state is OrderState.CANCELLED:
            return CancelledOrder(order_id=order.order_id, state=order.state)
        who = Who.OPERATOR if Role.OPERATOR in by.roles and order.buyer_id != by.user_id else Who.BUYER
        if order.state is OrderState.CONFIRMED:
            return await self._call_off(command, who)
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

    async def _call_off(self, command: CancelOrder, who: Who) -> CancelledOrder:
        now = self.clock.now()
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            for part in await work.seller_orders.of_order(order.order_id):
                if part.state not in (SellerOrderState.DECLINED, SellerOrderState.CANCELLED):
                    await self.calling_off.settle(work, part, part.cancel_unsent(command.note, who, now))
            order.fall(now)
            await work.orders.save(order)
        return CancelledOrder(order_id=order.order_id, state=order.state)

    async def _act(self, work: OrdersWork, order: Order, outcome: CancelOutcome, who: Who) -> None:
        now = self.clock.now()
        if outcome is CancelOutcome.CAPTURED:
            await self.outcome.money_came(work, order, None, now)
        elif order.awaits_payment:
            await self.outcome.no_money_will_come(work, order, who, now)
