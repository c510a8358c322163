"""Suspend a shop."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain.profile import REASON_LENGTH_MAX, checked_label
from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class SuspendSeller(Command[None]):
    """Stop a shop from selling."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId
    reason: str = ""


@frozen(kw_only=True)
class SuspendSellerHandler:
    """Stop a shop from selling.

    - Its products are no longer shown and cannot be ordered, from the next request on.
    - What was ordered before must still be shipped, so its owner can still work on orders.
    - The reason is kept for operators and never mailed.
    """

    begin: Begin[IdentityWork]

    async def __call__(self, command: SuspendSeller, by: Actor) -> None:
        """Carry it out. Raises ``SellerNotFound``, ``SellerNotInState``."""
        reason = checked_label(command.reason, "reason", REASON_LENGTH_MAX)
        async with self.begin() as work:
            seller = await work.sellers.get(command.seller_id)
            if seller.suspend(reason):
                await work.sellers.save(seller)
