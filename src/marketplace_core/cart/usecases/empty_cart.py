"""Take everything out of the cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import CartsWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class EmptyCart(Command[CartView]):
    """Take every line out of the buyer's cart, if the cart is still at ``expected_version``."""

    permission: ClassVar[Permission] = Permission.BUYER
    expected_version: int | None = None


@frozen(kw_only=True)
class EmptyCartHandler:
    """Take everything out of your cart.

    - An empty cart stays as it is.
    - If you say which version of the cart you looked at, a cart that changed since stays as it is.
    """

    begin: Begin[CartsWork]

    async def __call__(self, command: EmptyCart, by: Actor) -> CartView:
        async with self.begin() as work:
            cart = await work.carts.open_of(by.own_user)
            if cart is None:
                return view(None, {})
            cart.require_version(command.expected_version)
            if cart.lines:
                cart.empty()
                await work.carts.save(cart)
        return view(cart.contents, {})
