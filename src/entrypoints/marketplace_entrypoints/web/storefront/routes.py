"""Every page of the storefront."""

from typing import Final

from marketplace_core.kernel.access import Permission
from marketplace_entrypoints.web.pages import do, show, told_in
from marketplace_entrypoints.web.storefront import (
    account,
    asking,
    cart,
    checkout,
    home,
    me,
    money,
    orders,
    payment,
    product,
    search,
    shop,
    watch,
)
from marketplace_entrypoints.web.storefront.sentences import SENTENCES

PAGES: Final = told_in(
    SENTENCES,
    show("/", home.home),
    show("/categories/{slug}", home.category),
    show("/search", search.search),
    show("/search/suggestions", search.suggestions),
    show("/watch", watch.watch),
    show("/products/{product_id}", product.product),
    show("/cart", cart.cart),
    do("/cart/lines", cart.add),
    do("/cart/lines/{line_id}", cart.change),
    do("/cart/lines/{line_id}/removal", cart.remove),
    do("/cart/voucher", cart.use_voucher, Permission.BUYER),
    do("/cart/voucher/removal", cart.drop_voucher, Permission.BUYER),
    show("/checkout", checkout.checkout, Permission.BUYER),
    do("/checkout", checkout.place, Permission.BUYER),
    show("/orders", orders.orders, Permission.BUYER),
    show("/orders/{order_id}", orders.order),
    show("/orders/{order_id}/money", money.money, Permission.BUYER),
    do("/orders/{order_id}/cancellation", orders.cancel, Permission.SIGNED_IN),
    do("/orders/{order_id}/parcels/{seller_order_id}/cancellation", orders.cancel_parcel, Permission.BUYER),
    do("/orders/{order_id}/parcels/{seller_order_id}/receipt", orders.receive, Permission.BUYER),
    show("/orders/{order_id}/parcels/{seller_order_id}/refunds", asking.ask, Permission.BUYER),
    do("/orders/{order_id}/parcels/{seller_order_id}/refunds", asking.ask_back, Permission.BUYER),
    show("/orders/{order_id}/payment", payment.payment, Permission.BUYER),
    do("/orders/{order_id}/payment", payment.ask_again, Permission.BUYER),
    show("/orders/{order_id}/payment/return", payment.back, Permission.BUYER),
    show("/orders/{order_id}/payment/state", orders.look_again, Permission.BUYER),
    show("/account", me.account, Permission.SIGNED_IN),
    do("/account/password", me.change_password, Permission.SIGNED_IN),
    show("/account/mails/{mail_id}", me.mail, Permission.SIGNED_IN),
    show("/account/mails/{mail_id}/html", me.mail_html, Permission.SIGNED_IN),
    show("/shops/{slug}", shop.shop),
    show("/sign-in", account.sign_in_form),
    do("/sign-in", account.sign_in),
    show("/join", account.join_form),
    do("/join", account.join),
    do("/sign-out", account.sign_out),
    do("/preferences", account.preferences),
)
