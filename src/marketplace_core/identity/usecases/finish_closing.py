"""Close a shop for good, once everything is settled."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain import timers
from marketplace_core.identity.domain.seller import SellerStatus
from marketplace_core.identity.ports import IdentityWork, ShopTrade
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class FinishClosing(Command[SellerStatus]):
    """Look whether everything of a closing shop is settled."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_id: SellerId


@frozen(kw_only=True)
class FinishClosingHandler:
    """Look once a day whether a shop that is closing can be closed for good.

    - Not while an order may still be claimed about, money is held, kept in reserve, payable or on its way to the bank,
      or anything else is open that came up since.
    - A shop that was kept, or suspended, meanwhile is left alone.
    """

    begin: Begin[IdentityWork]
    trade: ShopTrade
    clock: Clock

    async def __call__(self, command: FinishClosing, by: Actor) -> SellerStatus:
        """Carry it out. Raises ``SellerNotFound``."""
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.status is not SellerStatus.CLOSING:
                return seller.status
            if (await self.trade.matters(command.seller_id)).is_settled:
                seller.finish_closing()
                await work.sellers.save(seller)
            else:
                later = self.clock.now() + timers.FINISH_CLOSING_EVERY
                await work.deadlines.set(timers.FINISH_CLOSING, command.seller_id, later)
        return seller.status
