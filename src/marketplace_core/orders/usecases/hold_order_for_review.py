"""Hold an order for review: its money does not fit."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.timers import PAY_BY, REVIEW_BY
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class HoldOrderForReview(Command[None]):
    """Take note that the money of an order is not what was agreed; ``reason`` is a short code."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    reason: str


@frozen(kw_only=True)
class HoldOrderForReviewHandler:
    """Stop an order whose money does not fit until an operator has decided.

    - It neither expires nor is it confirmed meanwhile; no seller is told to ship, and its goods stay held.
    - If nobody decides within three days, the money goes back to the buyer. About money that came after the order was
      over nobody needs to: that is decided at once.
    - A confirmed order stays confirmed.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: HoldOrderForReview, by: Actor) -> None:
        """Hold it."""
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            before, now = order.state, self.clock.now()
            order.question(command.reason, now)
            if order.state is not before:
                await work.orders.save(order)
                await work.deadlines.cancel(PAY_BY, order.order_id)
                await work.deadlines.set(REVIEW_BY, order.order_id, order.review_due(now))
