"""Turn a cart into an order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.ports import CartsWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import CartId, OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class CartClosed:
    """The cart is the order now."""

    cart_id: CartId
    order_id: OrderId


@frozen(kw_only=True)
class CloseCart(Command[CartClosed]):
    """Close a cart because it became an order; ``expected_version`` is the one the order was made of."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    cart_id: CartId
    order_id: OrderId
    expected_version: int | None = None


@frozen(kw_only=True)
class CloseCartHandler:
    """Close a cart that became an order.

    - A cart becomes at most one order; whoever comes second is told which.
    - Closing it again for the same order changes nothing.
    - A cart that changed since the order was made of it is not closed: the order has to be made anew.
    - The buyer's next wish opens a new cart.
    """

    begin: Begin[CartsWork]

    async def __call__(self, command: CloseCart, by: Actor) -> CartClosed:
        async with self.begin() as work:
            cart = await work.carts.get(command.cart_id)
            if cart.order_id != command.order_id:
                cart.check_out(command.order_id, command.expected_version)
                await work.carts.save(cart)
        return CartClosed(cart_id=command.cart_id, order_id=command.order_id)
