"""Hold a part of an order's lines."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.stock import StockLine, demand
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class HoldPart(Command[bool]):
    """Hold some lines of an order that may have lost them; tell whether it has them all now."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    lines: tuple[StockLine, ...]


@frozen(kw_only=True)
class HoldPartHandler:
    """Hold a part of an order's lines.

    - All of the lines are held, or none; what the order has already counts as held.
    - Other lines of the order are left alone.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: HoldPart, by: Actor) -> bool:
        """Carry it out. Raises ``MalformedProduct``."""
        lines = demand(command.lines)
        async with self.begin() as work:
            return await work.stock.hold_part(command.order_id, lines, at=self.clock.now())
