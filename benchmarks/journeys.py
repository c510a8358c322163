"""What is asked of the marketplace: the five kinds of request, as one connection sends them for ever."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from benchmarks.load import Ask, Script, Told
from benchmarks.shop import CURRENCY, Stand

LIST: Final = "product list"
NEXT: Final = "next page"
SHELF: Final = "shelf of a category"
SEARCH: Final = "search"
FILTERED: Final = "search with filters"
PRODUCT: Final = "product page"
VIEW_CART: Final = "view cart"
EMPTY: Final = "empty cart"
VIEW_ORDER: Final = "view order"
ADD: Final = "add to cart"
QUOTE: Final = "quote"
ORDER: Final = "place order"
CHECKOUT: Final = "checkout"
ADDRESS: Final = {
    "name": "Anna Blum",
    "line1": "Lindenweg 1",
    "city": "Berlin",
    "postal_code": "10115",
    "country": "DE",
}
UNITS_OF_ONE_OFFER: Final = 1_000
"""As many as a cart takes."""


class Refused(Exception):
    """An answer that a journey cannot go on with."""


@frozen
class Call:
    """A request in parts, for whoever does not send it over a wire."""

    kind: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any = None

    def ask(self) -> Ask:
        """Return it as it goes over the wire."""
        content = b"" if self.body is None else json.dumps(self.body).encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if content:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return Ask(self.kind, "\r\n".join(lines).encode() + b"\r\n\r\n" + content)


def list_call() -> Call:
    """Ask for the first page of 24 products."""
    return Call(LIST, "GET", "/v1/products", {})


def next_call(cursor: str) -> Call:
    """Ask for the page after another."""
    return Call(NEXT, "GET", f"/v1/products?cursor={cursor}", {})


def shelf_call(category: str) -> Call:
    """Ask for the first page of a category."""
    return Call(SHELF, "GET", f"/v1/products?category={category}", {})


def search_call(word: str) -> Call:
    """Ask for a word: 24 hits and the facets of all."""
    return Call(SEARCH, "GET", f"/v1/search?q={word}", {})


def filtered_call(word: str, category: str, lowest_minor: int) -> Call:
    """Ask for a word in a category, from a price on, in stock, the cheapest first."""
    narrowed = f"category={category}&price_min={lowest_minor}&currency={CURRENCY}&in_stock=true&sort=price_up"
    return Call(FILTERED, "GET", f"/v1/search?q={word}&{narrowed}", {})


def product_call(product_id: str) -> Call:
    """Ask for everything about a product."""
    return Call(PRODUCT, "GET", f"/v1/products/{product_id}", {})


def add_call(token: str, offer_id: str) -> Call:
    """Put one unit into the cart."""
    return Call(ADD, "POST", "/v1/cart/lines", _by(token), {"offer_id": offer_id, "quantity": 1})


def cart_call(token: str) -> Call:
    """Look into the cart."""
    return Call(VIEW_CART, "GET", "/v1/cart", _by(token))


def empty_call(token: str) -> Call:
    """Take everything out of the cart."""
    return Call(EMPTY, "DELETE", "/v1/cart", _by(token))


def quote_call(token: str) -> Call:
    """Ask what the cart costs."""
    return Call(QUOTE, "GET", "/v1/checkout/quote", _by(token))


def view_call(token: str, order_id: str) -> Call:
    """Look at an order."""
    return Call(VIEW_ORDER, "GET", f"/v1/orders/{order_id}", _by(token))


def order_call(token: str, quote_hash: str, key: str) -> Call:
    """Order the cart as quoted."""
    body = {"quote_hash": quote_hash, "address": ADDRESS}
    return Call(ORDER, "POST", "/v1/orders", {**_by(token), "Idempotency-Key": key}, body)


def _by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def cart_offers(stand: Stand, number: int) -> tuple[str, ...]:
    """Return what the buyer of that number puts into a cart: two offers of one seller, one of the next."""
    shops = len(stand.offers_by_seller)
    one, other = stand.offers_by_seller[number % shops], stand.offers_by_seller[(number + 1) % shops]
    return (one[number % len(one)], one[(number + 1) % len(one)], other[number % len(other)])


def repeated(calls: Sequence[Call], start: int) -> Script:
    """Send the calls in turn, beginning at one of them."""
    asks = [call.ask() for call in calls]
    for ask in itertools.cycle(asks[start % len(asks) :] + asks[: start % len(asks)]):
        _expect((yield ask), 200)


def adding(stand: Stand, number: int, token: str) -> Script:
    """Put one of three offers into the cart, over and over; once no more fit, it is emptied."""
    adds = [add_call(token, offer_id).ask() for offer_id in cart_offers(stand, number)]
    while True:
        _good((yield empty_call(token).ask()), 200)
        for add in adds * UNITS_OF_ONE_OFFER:
            _expect((yield add), 201)


def checking_out(stand: Stand, number: int, token: str, fresh_key: Callable[[], str]) -> Script:
    """Fill a cart, ask for the quote, place the order; then the next cart. The first order is looked at."""
    first, *others = (add_call(token, offer_id).ask() for offer_id in cart_offers(stand, number))
    adds = [evolve(first, begins=True), *others]
    quote = quote_call(token).ask()
    _good((yield empty_call(token).ask()), 200)
    for turn in itertools.count():
        for add in adds:
            _good((yield add), 201)
        quoted = _good((yield quote), 200)
        order = order_call(token, quoted["quote_hash"], fresh_key()).ask()
        placed = _good((yield evolve(order, completes=CHECKOUT)), 201)
        if turn == 0:
            seen = _good((yield view_call(token, placed["order_id"]).ask()), 200)
            if seen["state"] != "pending_payment" or placed["payment"]["client_secret"] is None:
                raise Refused("the order cannot be paid")


def _expect(told: Told, status: int) -> None:
    if told.status != status:
        raise Refused(f"expected {status}")


def _good(told: Told, status: int) -> Any:
    _expect(told, status)
    return json.loads(told.body)
