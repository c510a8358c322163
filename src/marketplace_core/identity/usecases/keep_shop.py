"""Keep a shop that was being closed."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain import timers
from marketplace_core.identity.domain.seller import SellerStatus
from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class KeepShop(Command[SellerStatus]):
    """Keep a shop that is being closed."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen(kw_only=True)
class KeepShopHandler:
    """Keep a shop after all, while it is not closed for good.

    - What was shown and sold before is shown and sold again.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: KeepShop, by: Actor) -> SellerStatus:
        """Carry it out. Raises ``SellerNotFound``, ``SellerNotInState``."""
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.stay():
                await work.sellers.save(seller)
                await work.deadlines.cancel(timers.FINISH_CLOSING, command.seller_id)
        return seller.status
