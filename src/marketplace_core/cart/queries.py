"""What may be asked about carts."""

from typing import ClassVar, Protocol

from attrs import frozen

from marketplace_core.cart.domain.cart import OpenCart
from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import Offers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Query


class CartReader(Protocol):
    """Reads carts for answers and for other contexts."""

    async def open_cart(self, buyer_id: UserId) -> OpenCart | None:
        """Return what is in the buyer's open cart, if they have one. One query."""
        ...


@frozen(kw_only=True)
class ViewCart(Query[CartView]):
    """Show the buyer's cart at current prices."""

    permission: ClassVar[Permission] = Permission.BUYER


@frozen(kw_only=True)
class ViewCartHandler:
    """See your cart, grouped by seller.

    - Prices are today's; a price other than the one you saw is named with both, and nothing is repriced silently.
    - What can no longer be bought stays in the cart and says why; subtotals and total count only what can be bought.
    """

    reader: CartReader
    offers: Offers

    async def __call__(self, query: ViewCart, by: Actor) -> CartView:
        cart = await self.reader.open_cart(by.own_user)
        offer_ids = frozenset(line.offer_id for line in cart.lines) if cart else frozenset()
        return view(cart, await self.offers.now(offer_ids) if offer_ids else {})
