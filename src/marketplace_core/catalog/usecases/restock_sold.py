"""Put units back that a paid order will not get."""

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
class RestockSold(Command[None]):
    """Make units available again that a paid order had taken and that will not be sent."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    lines: tuple[StockLine, ...]


@frozen(kw_only=True)
class RestockSoldHandler:
    """Put units back that a paid order will not get.

    - Sold units become available again; each command counts, so it joins the transaction that calls the goods off.
    - No more than the order has taken.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: RestockSold, by: Actor) -> None:
        """Carry it out. Raises ``StockNotHeld``, ``MalformedProduct``."""
        lines = demand(command.lines)
        async with self.begin() as work:
            await work.stock.restock(command.order_id, lines, at=self.clock.now())
