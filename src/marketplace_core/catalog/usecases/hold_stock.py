"""Hold units for an order."""

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
class HoldStock(Command[None]):
    """Hold units for an order until they are committed or released."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    lines: tuple[StockLine, ...]


@frozen(kw_only=True)
class HoldStockHandler:
    """Hold units for an order.

    - All lines are held, or none; what is missing is named line by line.
    - Of two orders for the last unit one gets it, whatever the timing.
    - Asking again for the same order and lines changes nothing.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: HoldStock, by: Actor) -> None:
        """Hold. Raises ``OutOfStock``, ``HeldOtherwise``, ``MalformedProduct``."""
        lines = demand(command.lines)
        async with self.begin() as work:
            await work.stock.hold(command.order_id, lines, at=self.clock.now())
