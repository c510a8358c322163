"""The cart as the orders context needs it."""

from attrs import frozen

from marketplace_core.cart import CartReader, CloseCart, NoteVoucher
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, UserId
from marketplace_core.kernel.messages import Handler
from marketplace_core.orders import BasketLine, CartEmpty, OpenBasket
from marketplace_core.orders.ports import Basket


@frozen(kw_only=True)
class CartBasket(Basket):
    """The buyer's open cart. The two handlers are the cart's own, run inside the order's transaction."""

    carts: CartReader
    close_cart: Handler
    note_voucher: Handler

    async def open(self, buyer_id: UserId) -> OpenBasket:
        """Read the open cart."""
        cart = await self.carts.open_cart(buyer_id)
        if cart is None or not cart.lines:
            raise CartEmpty("There is nothing in the cart.", lines=[])
        return OpenBasket(
            cart_id=cart.cart_id,
            version=cart.version,
            lines=tuple(
                BasketLine(offer_id=line.offer_id, quantity=line.quantity, unit_price_seen=line.unit_price_seen)
                for line in cart.lines
            ),
            voucher_code=cart.voucher_code,
        )

    async def use_voucher(self, buyer_id: UserId, code: str | None) -> None:
        """Note it."""
        await self.note_voucher(NoteVoucher(buyer_id=buyer_id, code=code), SYSTEM)

    async def close(self, basket: OpenBasket, order_id: OrderId) -> None:
        """Close it in the state it was read in."""
        command = CloseCart(cart_id=basket.cart_id, order_id=order_id, expected_version=basket.version)
        await self.close_cart(command, SYSTEM)
