"""Cart: what a buyer is considering, grouped by seller, until it becomes an order."""

from marketplace_core.cart.domain.cart import LINES_MAX, Cart, CartState, LeftOut, OpenCart
from marketplace_core.cart.domain.errors import (
    AlreadyCheckedOut,
    CartNotFound,
    InvalidGuestToken,
    InvalidQuantity,
    InvalidSource,
    LimitExceeded,
    LineNotFound,
    NotAvailable,
    NotEnoughStock,
    OfferNotFound,
    OtherCurrency,
)
from marketplace_core.cart.domain.line import UNITS_MAX, CartLine, FromPage, FromVideo, LineSource
from marketplace_core.cart.domain.offer import OfferNow
from marketplace_core.cart.domain.view import (
    BecameUnavailable,
    CartGroup,
    CartLineView,
    CartView,
    LineChange,
    PriceChanged,
    StockShort,
)
from marketplace_core.cart.handlers import answers, handlers
from marketplace_core.cart.queries import CartReader, ViewCart
from marketplace_core.cart.usecases.add_to_cart import AddToCart
from marketplace_core.cart.usecases.change_quantity import ChangeQuantity
from marketplace_core.cart.usecases.close_cart import CartClosed, CloseCart
from marketplace_core.cart.usecases.empty_cart import EmptyCart
from marketplace_core.cart.usecases.forget_carts import ForgetCarts
from marketplace_core.cart.usecases.note_voucher import NoteVoucher
from marketplace_core.cart.usecases.remove_line import RemoveLine
from marketplace_core.cart.usecases.take_over_cart import CartTakenOver, TakeOverCart

__all__ = [
    "LINES_MAX",
    "UNITS_MAX",
    "AddToCart",
    "AlreadyCheckedOut",
    "BecameUnavailable",
    "Cart",
    "CartClosed",
    "CartGroup",
    "CartLine",
    "CartLineView",
    "CartNotFound",
    "CartReader",
    "CartState",
    "CartTakenOver",
    "CartView",
    "ChangeQuantity",
    "CloseCart",
    "EmptyCart",
    "ForgetCarts",
    "FromPage",
    "FromVideo",
    "InvalidGuestToken",
    "InvalidQuantity",
    "InvalidSource",
    "LeftOut",
    "LimitExceeded",
    "LineChange",
    "LineNotFound",
    "LineSource",
    "NotAvailable",
    "NotEnoughStock",
    "NoteVoucher",
    "OfferNotFound",
    "OfferNow",
    "OpenCart",
    "OtherCurrency",
    "PriceChanged",
    "RemoveLine",
    "StockShort",
    "TakeOverCart",
    "ViewCart",
    "answers",
    "handlers",
]
