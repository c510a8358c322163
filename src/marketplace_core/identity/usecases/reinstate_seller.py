"""Reinstate a shop."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ReinstateSeller(Command[None]):
    """Let a suspended shop sell again."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId


@frozen(kw_only=True)
class ReinstateSellerHandler:
    """Let a suspended shop sell again.

    - Its products are shown and can be ordered again.
    - Reinstating a shop that is active is no error and changes nothing.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: ReinstateSeller, by: Actor) -> None:
        """Carry it out. Raises ``SellerNotFound``, ``SellerNotInState``."""
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.reinstate():
                await work.sellers.save(seller)
