"""The cart's tables: command → handler, query → answer."""

from marketplace_core.cart.ports import CartsWork, Guests, Offers
from marketplace_core.cart.queries import CartReader, ViewCart, ViewCartHandler
from marketplace_core.cart.usecases.add_to_cart import AddToCart, AddToCartHandler
from marketplace_core.cart.usecases.change_quantity import ChangeQuantity, ChangeQuantityHandler
from marketplace_core.cart.usecases.close_cart import CloseCart, CloseCartHandler
from marketplace_core.cart.usecases.empty_cart import EmptyCart, EmptyCartHandler
from marketplace_core.cart.usecases.forget_carts import ForgetCarts, ForgetCartsHandler
from marketplace_core.cart.usecases.note_voucher import NoteVoucher, NoteVoucherHandler
from marketplace_core.cart.usecases.remove_line import RemoveLine, RemoveLineHandler
from marketplace_core.cart.usecases.take_over_cart import TakeOverCart, TakeOverCartHandler
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.kernel.work import Begin


def handlers(*, begin: Begin[CartsWork], offers: Offers, guests: Guests, clock: Clock, ids: IdFactory) -> Handlers:
    """Return who carries out which command."""
    return {
        AddToCart: AddToCartHandler(begin=begin, offers=offers, clock=clock, ids=ids),
        ChangeQuantity: ChangeQuantityHandler(begin=begin, offers=offers),
        RemoveLine: RemoveLineHandler(begin=begin, offers=offers),
        EmptyCart: EmptyCartHandler(begin=begin),
        TakeOverCart: TakeOverCartHandler(begin=begin, offers=offers, guests=guests, clock=clock, ids=ids),
        CloseCart: CloseCartHandler(begin=begin),
        NoteVoucher: NoteVoucherHandler(begin=begin),
        ForgetCarts: ForgetCartsHandler(begin=begin),
    }


def answers(*, reader: CartReader, offers: Offers) -> Answers:
    """Return who answers which query."""
    return {ViewCart: ViewCartHandler(reader=reader, offers=offers)}
