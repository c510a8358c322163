"""Every page of the storefront."""

from typing import Final

from marketplace_entrypoints.web.pages import Page, do, show
from marketplace_entrypoints.web.storefront import account, home, product, search, shop, watch

PAGES: Final[tuple[Page, ...]] = (
    show("/", home.home),
    show("/categories/{slug}", home.category),
    show("/search", search.search),
    show("/search/suggestions", search.suggestions),
    show("/watch", watch.watch),
    show("/products/{product_id}", product.product),
    show("/shops/{slug}", shop.shop),
    show("/sign-in", account.sign_in_form),
    do("/sign-in", account.sign_in),
    show("/join", account.join_form),
    do("/join", account.join),
    do("/sign-out", account.sign_out),
    do("/preferences", account.preferences),
)
