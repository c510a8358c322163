"""Take a line out of the cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.domain.errors import LineNotFound
from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import CartsWork, Offers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import CartLineId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class RemoveLine(Command[CartView]):
    """Take a line out of the buyer's cart, if the cart is still at ``expected_version``."""

    permission: ClassVar[Permission] = Permission.BUYER
    line_id: CartLineId
    expected_version: int | None = None


@frozen(kw_only=True)
class RemoveLineHandler:
    """Take a line out of your cart.

    - It is possible whatever became of the offer.
    - If you say which version of the cart you looked at, a cart that changed since stays as it is.
    """

    begin: Begin[CartsWork]
    offers: Offers

    async def __call__(self, command: RemoveLine, by: Actor) -> CartView:
        async with self.begin() as work:
            cart = await work.carts.open_of(by.own_user)
            if cart is None:
                raise LineNotFound("The cart has no such line.")
            cart.require_version(command.expected_version)
            cart.remove(command.line_id)
            await work.carts.save(cart)
        return view(cart.contents, await self.offers.now(cart.offer_ids))
