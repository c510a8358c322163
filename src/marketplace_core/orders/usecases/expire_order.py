"""Expire an order: its time to be paid is over."""

from typing import ClassVar, assert_never

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.timers import PAY_BY
from marketplace_core.orders.ports import CancelOutcome, Checkout, OrdersWork
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome


@frozen(kw_only=True)
class ExpireOrder(Command[None]):
    """Give up on an order that nobody paid."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class ExpireOrderHandler:
    """End an order whose time to be paid is over.

    - The provider is asked first to cancel the payment, and its answer wins.
    - Only when it confirms that no money will come does the order expire and the stock go back.
    - If the money had come after all, the order is confirmed.
    - While the provider is still working on the payment, the order waits some minutes more.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    outcome: PaymentOutcome
    checkout: Checkout
    policy: CheckoutPolicy

    async def __call__(self, command: ExpireOrder, by: Actor) -> None:
        """Ask the provider, then act on its answer in one transaction."""
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.awaits_payment and self.clock.now() < order.pay_by:
                await work.deadlines.set(PAY_BY, order.order_id, order.pay_by)
                return
        if not order.awaits_payment:
            return
        outcome = await self.checkout.cancel(order.payment_id)
        async with self.begin() as work:
            await self._act(work, await work.orders.get(command.order_id), outcome)

    async def _act(self, work: OrdersWork, order: Order, outcome: CancelOutcome) -> None:
        now = self.clock.now()
        match outcome:
            case CancelOutcome.CANCELLED:
                if order.awaits_payment:
                    await self.outcome.no_money_will_come(work, order, Who.TIMER, now)
            case CancelOutcome.CAPTURED:
                await self.outcome.money_came(work, order, None, now)
            case CancelOutcome.PROCESSING:
                if order.awaits_payment:
                    wait = self.policy.agreed(order.rules).processing_wait
                    await work.deadlines.set(PAY_BY, order.order_id, now + wait)
            case _:
                assert_never(outcome)
