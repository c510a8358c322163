"""Close a shop."""

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
class CloseShop(Command[SellerStatus]):
    """Begin to close a shop."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen(kw_only=True)
class CloseShopHandler:
    """Close a shop, for its owner or an operator.

    - Nothing may be open: an order to be sent or under way, a claim, a card dispute, a refund, a debt. All that is open
      is named.
    - From then on nothing of it is shown or sold. What is held is released at its time, every reserve matures, and all
      of it is paid out; then the shop is closed for good. Until then its owner may keep it after all.
    - A shop that was never approved is closed at once; a suspended one is not closed before an operator has decided.
    - The account stays: its owner signs in, buys, and reads the statements.
    """

    begin: Begin[IdentityWork]
    trade: ShopTrade
    clock: Clock

    async def __call__(self, command: CloseShop, by: Actor) -> SellerStatus:
        """Carry it out. Raises ``SellerNotFound``, ``SellerNotInState``, ``ShopHasOpenMatters``."""
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.close():
                (await self.trade.matters(command.seller_id)).require_closable()
                await work.sellers.save(seller)
                if seller.status is SellerStatus.CLOSING:
                    await work.deadlines.set(timers.FINISH_CLOSING, command.seller_id, self.clock.now())
        return seller.status
