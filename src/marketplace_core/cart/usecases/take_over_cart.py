"""Let a guest's cart join one's own."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.cart.domain.cart import Cart, LeftOut
from marketplace_core.cart.domain.view import CartView, view
from marketplace_core.cart.ports import CartsWork, Guests, Offers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import CartId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class CartTakenOver:
    """The buyer's cart with everything that fitted in; ``left_out`` names the rest."""

    cart: CartView
    left_out: tuple[LeftOut, ...]


@frozen(kw_only=True)
class TakeOverCart(Command[CartTakenOver]):
    """Put what a guest has in the cart into the buyer's own. ``guest_token`` is the guest's access token.

    The token is the proof: whoever holds it can already look into, empty and order that cart, so nothing is gained with
    it that the holder could not do. No actor names another's cart (ADR 0017).
    """

    permission: ClassVar[Permission] = Permission.BUYER
    guest_token: str = field(repr=False)


@frozen(kw_only=True)
class TakeOverCartHandler:
    """Let the cart you filled as a guest join your own.

    - Units of the same offer are added up as far as they are in stock, to 1,000 at most; no line of yours gets smaller.
    - What can no longer be bought, is in another currency, or would be the 101st line stays out.
    - Whatever stays out is named, with the reason and how many units came along.
    - Lines keep the prices that were seen, so that a change since then is still named.
    - The guest's cart is empty afterwards, in the same moment; taking it over again changes nothing.
    """

    begin: Begin[CartsWork]
    offers: Offers
    guests: Guests
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: TakeOverCart, by: Actor) -> CartTakenOver:
        """Carry it out. Raises ``InvalidGuestToken``."""
        buyer_id = by.own_user
        guest_id = await self.guests.holder(command.guest_token)
        left_out: tuple[LeftOut, ...] = ()
        async with self.begin() as work:
            cart = await work.carts.open_of(buyer_id)
            theirs = await work.carts.open_of(guest_id) if guest_id != buyer_id else None
            mine = cart.offer_ids if cart else frozenset()
            offers = await self.offers.now(mine | (theirs.offer_ids if theirs else frozenset()))
            if theirs is not None and theirs.lines:
                if cart is None:
                    cart = Cart.open(cart_id=CartId(self.ids.new("crt")), buyer_id=buyer_id, now=self.clock.now())
                left_out = cart.take_over(theirs.lines, offers)
                theirs.empty()
                await work.carts.save(theirs)
                await work.carts.save(cart)
        return CartTakenOver(cart=view(cart.contents if cart else None, offers), left_out=left_out)
