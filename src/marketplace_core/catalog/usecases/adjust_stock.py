"""Correct how many units there are."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.stock import REASON_LENGTH_MAX, StockLevel
from marketplace_core.catalog.domain.texts import one_line
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class AdjustStock(Command[StockLevel]):
    """Add ``delta`` units (negative: take away), or count anew so that ``to`` units are unsold; give one of them."""

    permission: ClassVar[Permission] = Permission.SELLER
    offer_id: OfferId
    delta: int | None = None
    to: int | None = None
    reason: str


@frozen(kw_only=True)
class AdjustStockHandler:
    """Correct how many units there are.

    - A seller counts their own offers, by a difference or by a new count of the units that are not sold yet.
    - Units that open orders hold cannot be counted away.
    - Every correction is kept with its reason.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: AdjustStock, by: Actor) -> StockLevel:
        """Adjust and return the counters. Raises ``OfferNotFound``, ``StockTooLow``, ``MalformedProduct``."""
        reason = one_line(command.reason, field="reason", length_max=REASON_LENGTH_MAX)
        async with self.begin() as work:
            (await work.products.with_offer(command.offer_id, by)).variant_of(command.offer_id)
            seen = (await work.stock.levels((command.offer_id,)))[command.offer_id]
            delta = seen.adjustment(by=command.delta, to=command.to)
            return await work.stock.adjust(seen, delta, reason=reason, at=self.clock.now()) if delta else seen
