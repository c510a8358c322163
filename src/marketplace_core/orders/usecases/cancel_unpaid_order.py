"""End an order whose payment was cancelled at the provider."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome


@frozen(kw_only=True)
class CancelUnpaidOrder(Command[None]):
    """Take note that no money will come for an order."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class CancelUnpaidOrderHandler:
    """End an order whose payment the provider has cancelled for good.

    - The order and its parts end and the goods go back into stock, all at once.
    - Past its time to be paid the order counts as expired, before it, or after a review of its money, as cancelled.
    - An order that is confirmed or over stays as it is.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    outcome: PaymentOutcome

    async def __call__(self, command: CancelUnpaidOrder, by: Actor) -> None:
        """End it."""
        now = self.clock.now()
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.awaits_payment or order.awaits_review:
                expired = order.awaits_payment and now >= order.pay_by
                who = Who.TIMER if expired else Who.SYSTEM
                await self.outcome.no_money_will_come(work, order, who, now)
