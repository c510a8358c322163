"""What a right answer says: who knows the number of a product knows its prices, its shelf and how many there are."""

import re
from collections.abc import Mapping
from typing import Any, Final

from benchmarks.shop import CATEGORIES, CURRENCY, SIZES, THINGS, UNITS, price_minor

_NUMBER: Final = re.compile(r" no\. (\d+)$")
PAGE: Final = 24
DELIVERY_MINOR: Final = 490
DELIVERY_FREE_FROM_MINOR: Final = 5_000
FIRST_SIZE: Final = 0
"""The only one that buyers here take."""


class Wrong(Exception):
    """An answer that says something that is not so."""


def check_page(page: Any, *, category: str | None = None) -> None:
    """Look at 24 products of a list. Raises ``Wrong``."""
    _same("how many products", len(page["items"]), PAGE)
    _same("products twice", len({card["product_id"] for card in page["items"]}), PAGE)
    for card in page["items"]:
        number = _check_card(card)
        _same("purchasable", card["purchasable"], True)
        if category is not None:
            _same("category", CATEGORIES[number % len(CATEGORIES)], category)


def check_hits(found: Any, *, word: str, lowest_minor: int = 0, products: int) -> None:
    """Look at the hits for a word, all with a price from so much on. Raises ``Wrong``."""
    place = THINGS.index(word)
    numbers = range(place, products, len(THINGS))
    wanted = [number for number in numbers if price_minor(number, len(SIZES) - 1) >= lowest_minor]
    _same("total", found["total"], len(wanted))
    _same("in stock", found["facets"]["in_stock"], len(wanted))
    _same("of the category", [one["count"] for one in found["facets"]["categories"]], [len(wanted)])
    _same("how many hits", len(found["hits"]), min(PAGE, len(wanted)))
    for hit in found["hits"]:
        _same("word", THINGS[_check_card(hit) % len(THINGS)], word)


def check_product(product: Any, *, number: int) -> None:
    """Look at everything about a product. Raises ``Wrong``."""
    _same("number", _number_of(product), number)
    _same("prices", [one["price"] for one in product["variants"]], [_money(price_minor(number, n)) for n in range(3)])
    for step, variant in enumerate(product["variants"]):
        if step == FIRST_SIZE:
            _same("available", 0 < variant["available"] <= UNITS, True)
        else:
            _same("available", variant["available"], UNITS)


def check_cart(cart: Any, expected: Mapping[str, int], prices: Mapping[str, int]) -> None:
    """Look whether a cart holds so many of each offer, at these prices. Raises ``Wrong``."""
    lines = [line for group in cart["groups"] for line in group["lines"]]
    _same("units", {line["offer_id"]: line["quantity"] for line in lines}, dict(expected))
    for line in lines:
        price = prices[line["offer_id"]]
        _same("price", line["unit_price"], _money(price))
        _same("line", line["total"], _money(price * line["quantity"]))
    goods = sum(prices[offer_id] * quantity for offer_id, quantity in expected.items())
    _same("total", cart["total"], _money(goods) if expected else None)


def check_quote(quote: Any, expected: Mapping[str, int], prices: Mapping[str, int]) -> int:
    """Return what a cart comes to with delivery, if its quote says the same. Raises ``Wrong``."""
    units: dict[str, int] = {}
    total = 0
    for group in quote["groups"]:
        goods = sum(prices[line["offer_id"]] * line["quantity"] for line in group["lines"])
        delivery = 0 if goods >= DELIVERY_FREE_FROM_MINOR else DELIVERY_MINOR
        _same("items", group["items"], _money(goods))
        _same("delivery", group["delivery"], _money(delivery))
        units |= {line["offer_id"]: line["quantity"] for line in group["lines"]}
        total += goods + delivery
    _same("units", units, dict(expected))
    _same("total", quote["total"], _money(total))
    return total


def check_placed(placed: Any, *, total_minor: int) -> None:
    """Look whether an order asks for what was quoted. Raises ``Wrong``."""
    _same("total", placed["total"], _money(total_minor))
    _same("to pay", placed["payment"]["amount"], _money(total_minor))
    _same("can be paid", placed["payment"]["client_secret"] is not None, True)


def check_order(order: Any, expected: Mapping[str, int], *, total_minor: int) -> None:
    """Look whether an order that was just placed is kept as it was placed. Raises ``Wrong``."""
    lines = [line for part in order["seller_orders"] for line in part["lines"]]
    _same("state", order["state"], "pending_payment")
    _same("units", {line["offer_id"]: line["quantity"] for line in lines}, dict(expected))
    _same("total", order["total"], _money(total_minor))


def _check_card(card: Any) -> int:
    number = _number_of(card)
    _same("lowest price", card["price_from"], _money(price_minor(number)))
    _same("highest price", card["price_to"], _money(price_minor(number, len(SIZES) - 1)))
    _same("in stock", card["in_stock"], True)
    return number


def _number_of(thing: Any) -> int:
    found = _NUMBER.search(thing["title"])
    if found is None:
        raise Wrong(f"no product of ours: {thing['title']!r}")
    return int(found[1])


def _money(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": CURRENCY}


def _same(what: str, said: object, is_so: object) -> None:
    if said != is_so:
        raise Wrong(f"{what}: said {said!r}, is {is_so!r}")
