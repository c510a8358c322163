"""Confirm an order: the money is here."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome


@frozen(kw_only=True)
class ConfirmOrder(Command[None]):
    """Take note that an order was paid. ``captured`` is the amount that came; None means the full one."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    captured: Money | None = None


@frozen(kw_only=True)
class ConfirmOrderHandler:
    """Confirm an order whose money was captured.

    - The held goods are sold and every seller order is confirmed, all at once; it is accepted with that, unless sellers
      accept by hand.
    - A part whose goods are gone falls, and its money goes back; its siblings go on.
    - Another amount or currency than agreed, or money for an order that is over, goes to an operator for review; no
      seller is told to ship.
    - Told twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    outcome: PaymentOutcome

    async def __call__(self, command: ConfirmOrder, by: Actor) -> None:
        """Confirm it."""
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            await self.outcome.money_came(work, order, command.captured, self.clock.now())
