"""Put something into the cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.domain.cart import Cart
from marketplace_core.cart.domain.errors import OfferNotFound
from marketplace_core.cart.domain.line import LineSource, checked_quantity
from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import CartsWork, Offers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import CartId, CartLineId, IdFactory, OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class AddToCart(Command[CartView]):
    """Put ``quantity`` units of an offer into the buyer's cart; ``source`` says where they found it."""

    permission: ClassVar[Permission] = Permission.BUYER
    offer_id: OfferId
    quantity: int = 1
    source: LineSource | None = None


@frozen(kw_only=True)
class AddToCartHandler:
    """Put units of an offer into your cart.

    - The first thing you put in opens your cart; you have one at a time.
    - Units of an offer that is already there join its line, at the price you first saw.
    - Only what can be bought now goes in, and no more than is left; nothing is reserved yet.
    - A cart holds one currency, at most 100 lines, and at most 1,000 units of one offer.
    """

    begin: Begin[CartsWork]
    offers: Offers
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: AddToCart, by: Actor) -> CartView:
        buyer_id = by.own_user
        checked_quantity(command.quantity)
        async with self.begin() as work:
            cart = await work.carts.open_of(buyer_id)
            if cart is None:
                cart = Cart.open(cart_id=CartId(self.ids.new("crt")), buyer_id=buyer_id, now=self.clock.now())
            offers = await self.offers.now(cart.offer_ids | {command.offer_id})
            if command.offer_id not in offers:
                raise OfferNotFound("There is no such offer.")
            cart.add(
                offers[command.offer_id],
                command.quantity,
                line_id=CartLineId(self.ids.new("cln")),
                source=command.source,
                now=self.clock.now(),
            )
            await work.carts.save(cart)
        return view(cart.contents, offers)
