"""What is asked of the marketplace: the five kinds of request, as one connection sends them for ever."""

import itertools
import json
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from benchmarks.load import Ask, Script, Told
from benchmarks.shop import CURRENCY, Stand
from marketplace_adapters.fakepay.provider.signature import HEADER as SIGNATURE

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
PAY: Final = "show a card"
MESSAGE: Final = "message of the provider"
CHECKOUT: Final = "checkout"
ADDRESS: Final = {
    "name": "Anna Blum",
    "line1": "Lindenweg 1",
    "city": "Berlin",
    "postal_code": "10115",
    "country": "DE",
}
GOOD_CARD: Final = "4242424242424242"
UNITS_OF_ONE_OFFER: Final = 1_000
"""As many as a cart takes."""


class Refused(Exception):
    """An answer that a journey cannot go on with."""


@frozen
class Call:
    """A request in parts, for whoever does not send it over a wire. Bytes are a JSON document that is ready."""

    kind: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any = None

    def ask(self) -> Ask:
        """Return it as it goes over the wire."""
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode() if self.body else b""
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


def pay_call(payment: Mapping[str, Any]) -> Call:
    """Show a good card at the provider, as the buyer's browser does: with the client secret and nothing else."""
    body = {"client_secret": payment["client_secret"], "card_number": GOOD_CARD, "exp": "12/34", "cvc": "123"}
    return Call(PAY, "POST", f"/fakepay/v1/payments/{payment['provider_reference']}/confirm", {}, body)


def message_call(body: bytes, signature: str) -> Call:
    """Bring a message of the provider."""
    return Call(MESSAGE, "POST", "/v1/webhooks/fakepay", {SIGNATURE: signature}, body)


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
    _good((yield empty_call(token).ask()), 200)
    for turn in itertools.count():
        placed = yield from _ordered(stand, number, token, fresh_key())
        if turn == 0:
            seen = _good((yield view_call(token, placed["order_id"]).ask()), 200)
            if seen["state"] != "pending_payment" or placed["payment"]["client_secret"] is None:
                raise Refused("the order cannot be paid")


def buying(stand: Stand, number: int, token: str, keys: Sequence[str]) -> Script:
    """Order as often as there are keys, and show a good card at the provider each time."""
    _good((yield empty_call(token).ask()), 200)
    for key in keys:
        placed = yield from _ordered(stand, number, token, key)
        _good((yield pay_call(placed["payment"]).ask()), 200)


def posting(messages: Sequence[Call]) -> Script:
    """Bring the provider's messages, each of them new."""
    for message in messages:
        _expect((yield message.ask()), 202)


def _ordered(stand: Stand, number: int, token: str, key: str) -> Generator[Ask, Told, Any]:
    first, *others = (add_call(token, offer_id).ask() for offer_id in cart_offers(stand, number))
    for add in (evolve(first, begins=True), *others):
        _good((yield add), 201)
    quoted = _good((yield quote_call(token).ask()), 200)
    order = order_call(token, quoted["quote_hash"], key).ask()
    return _good((yield evolve(order, completes=CHECKOUT)), 201)


def _expect(told: Told, status: int) -> None:
    if told.status != status:
        raise Refused(f"expected {status}")


def _good(told: Told, status: int) -> Any:
    _expect(told, status)
    return json.loads(told.body)
