"""Count what an order held as sold."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class CommitStock(Command[None]):
    """Count the units that a paid order holds as sold."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class CommitStockHandler:
    """Count what an order held as sold.

    - Units pass from held to sold exactly once, however often it is asked.
    - An order whose units were given back gets none: it has to hold them anew.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: CommitStock, by: Actor) -> None:
        """Commit. Raises ``StockNotHeld``."""
        async with self.begin() as work:
            await work.stock.commit(command.order_id, at=self.clock.now())
