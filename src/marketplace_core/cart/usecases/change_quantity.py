"""Change how many units a line holds."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.domain.errors import LineNotFound
from marketplace_core.cart.domain.line import checked_quantity
from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import CartsWork, Offers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import CartLineId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ChangeQuantity(Command[CartView]):
    """Set a line of the buyer's cart to ``quantity`` units, if the cart is still at ``expected_version``."""

    permission: ClassVar[Permission] = Permission.BUYER
    line_id: CartLineId
    quantity: int
    expected_version: int | None = None


@frozen(kw_only=True)
class ChangeQuantityHandler:
    """Change how many units of a line you want.

    - At least 1 and at most 1,000; taking a line out is a wish of its own.
    - Fewer is always possible; more only while the offer can be bought and as far as it is in stock.
    - If you say which version of the cart you looked at, a cart that changed since stays as it is.
    """

    begin: Begin[CartsWork]
    offers: Offers

    async def __call__(self, command: ChangeQuantity, by: Actor) -> CartView:
        checked_quantity(command.quantity)
        async with self.begin() as work:
            cart = await work.carts.open_of(by.own_user)
            if cart is None:
                raise LineNotFound("The cart has no such line.")
            cart.require_version(command.expected_version)
            line = cart.line(command.line_id)
            offers = await self.offers.now(cart.offer_ids)
            cart.change_quantity(command.line_id, command.quantity, offers.get(line.offer_id))
            if command.quantity != line.quantity:
                await work.carts.save(cart)
        return view(cart.contents, offers)
