"""Every page of the storefront."""

from typing import Final

from marketplace_entrypoints.web.pages import Page, do, show
from marketplace_entrypoints.web.storefront import account, cart, home, product

PAGES: Final[tuple[Page, ...]] = (
    show("/", home.home),
    show("/categories/{slug}", home.category),
    show("/products/{product_id}", product.product),
    show("/cart", cart.cart),
    do("/cart/lines", cart.add),
    do("/cart/lines/{line_id}", cart.change),
    do("/cart/lines/{line_id}/removal", cart.remove),
    show("/sign-in", account.sign_in_form),
    do("/sign-in", account.sign_in),
    show("/join", account.join_form),
    do("/join", account.join),
    do("/sign-out", account.sign_out),
    do("/preferences", account.preferences),
)
