"""Forget the carts of people who are gone."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.ports import CartsWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ForgetCarts(Command[None]):
    """Forget what these buyers were considering, because they are forgotten themselves."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    buyer_ids: frozenset[UserId]


@frozen(kw_only=True)
class ForgetCartsHandler:
    """Forget the carts of people who are gone.

    - Only open carts go; one that became an order belongs to the order.
    """

    begin: Begin[CartsWork]

    async def __call__(self, command: ForgetCarts, by: Actor) -> None:
        """Carry it out."""
        async with self.begin() as work:
            await work.carts.forget(command.buyer_ids)
