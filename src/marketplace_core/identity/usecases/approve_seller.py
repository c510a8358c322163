"""Approve a shop."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ApproveSeller(Command[None]):
    """Let a shop sell."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId


@frozen(kw_only=True)
class ApproveSellerHandler:
    """Let a shop sell.

    - Only a shop that has applied is approved; approving it twice is no error and happens once.
    - From then on its products can be published and it gets an account for its payouts.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: ApproveSeller, by: Actor) -> None:
        """Carry it out. Raises ``SellerNotFound``, ``SellerNotInState``."""
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.approve():
                await work.sellers.save(seller)
