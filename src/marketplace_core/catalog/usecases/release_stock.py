"""Give back what an order held."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ReleaseStock(Command[None]):
    """Make the units that an order holds available again."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class ReleaseStockHandler:
    """Give back what an order held.

    - Held units become available again exactly once, however often it is asked.
    - What was sold stays sold; an order that holds nothing has nothing to give back.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: ReleaseStock, by: Actor) -> None:
        """Release."""
        async with self.begin() as work:
            await work.stock.release(command.order_id, at=self.clock.now())
