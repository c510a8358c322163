"""What Locust asks of the marketplace, a class of users for each scenario; whatever it is told has to be right.

The folder that ``BENCH_FOLDER`` names holds the stand, and the buyers' tokens; ``BENCH_WARMUP`` is how many seconds are
not measured, ``BENCH_PIDS`` who works besides. ``python -m benchmarks postgresql`` starts it.
"""

import itertools
import json
import os
import random
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import gevent
from locust import FastHttpUser, events, task
from locust.env import Environment

from benchmarks import answers, journeys
from benchmarks.journeys import Call
from benchmarks.processes import cpu_seconds
from benchmarks.shop import CATEGORIES, Stand, price_minor

FOLDER: Final = Path(os.environ["BENCH_FOLDER"])
STAND: Final = Stand.kept(FOLDER / "stand.json")
TOKENS: Final[list[str]] = json.loads((FOLDER / "tokens.json").read_text())
LOWEST_MINOR: Final = 3_000
LINES_OF_A_CART: Final = 3
SHOPS: Final = len(STAND.offers_by_seller)
PRICES: Final = {
    offer_id: price_minor(place * SHOPS + shop)
    for shop, offers in enumerate(STAND.offers_by_seller)
    for place, offer_id in enumerate(offers)
}
_numbers = itertools.count()


def measure_when_warm(environment: Environment, **_: Any) -> None:
    """Forget what was measured while everybody was warming up."""

    def warm() -> None:
        environment.stats.reset_all()
        (FOLDER / "began.json").write_text(json.dumps(worked()))

    gevent.spawn_later(float(os.environ["BENCH_WARMUP"]), warm)


def stop_measuring(**_: Any) -> None:
    """Say until when it was measured."""
    (FOLDER / "ended.json").write_text(json.dumps(worked()))


def worked() -> dict[str, float | None]:
    """Return what time it is, and how long everybody has worked so far."""
    pids = {name: int(pid) for name, _, pid in (one.partition("=") for one in os.environ["BENCH_PIDS"].split(","))}
    return {"at": time.monotonic(), "generator": time.process_time()} | {
        name: cpu_seconds(pid) for name, pid in pids.items()
    }


events.test_start.add_listener(measure_when_warm)  # type: ignore[no-untyped-call]
events.test_stopping.add_listener(stop_measuring)  # type: ignore[no-untyped-call]


class Person(FastHttpUser):
    """Somebody who asks again as soon as the answer is there."""

    abstract = True

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.number = next(_numbers) % len(TOKENS)
        self.token = TOKENS[self.number]
        self.chance = random.Random(self.number)
        self.cursor = ""
        self.in_cart: dict[str, int] = {}

    def send(self, call: Call, status: int, check: Callable[[Any], None]) -> Any:
        """Send a request; it has failed unless the answer is right. Return the answer, or None."""
        with self.client.request(
            call.method, call.path, name=call.kind, headers=dict(call.headers), json=call.body, catch_response=True
        ) as answer:
            if answer.status_code != status:
                answer.failure(f"{answer.status_code}: {(answer.text or '')[:200]}")
                return None
            try:
                said = json.loads(answer.content or b"")
                check(said)
            except (answers.Wrong, KeyError, ValueError) as wrong:
                answer.failure(f"wrong: {wrong!r}")
                return None
            return said

    def lists(self) -> None:
        """Look at a first page, at the page after it, or at the shelf of a category."""
        kind = self.chance.randrange(3)
        if kind == 0:
            page = self.send(journeys.list_call(), 200, answers.check_page)
            self.cursor = page["next_cursor"] if page else ""
        elif kind == 1 and self.cursor:
            self.send(journeys.next_call(self.cursor), 200, answers.check_page)
        else:
            slug = self.chance.choice(CATEGORIES)
            self.send(journeys.shelf_call(slug), 200, lambda page: answers.check_page(page, category=slug))

    def looks(self) -> None:
        """Look at some product."""
        number = self.chance.randrange(len(STAND.product_ids))
        call = journeys.product_call(STAND.product_ids[number])
        self.send(call, 200, lambda product: answers.check_product(product, number=number))

    def searches(self) -> None:
        """Look for a word, every other time for the cheap and the dear end of it."""
        word, products = self.chance.choice(STAND.words), len(STAND.product_ids)
        if self.chance.random() < 0.5:
            self.send(
                journeys.search_call(word), 200, lambda found: answers.check_hits(found, word=word, products=products)
            )
            return
        category = CATEGORIES[STAND.words.index(word) % len(CATEGORIES)]
        self.send(
            journeys.filtered_call(word, category, LOWEST_MINOR),
            200,
            lambda found: answers.check_hits(found, word=word, lowest_minor=LOWEST_MINOR, products=products),
        )

    def empties(self) -> None:
        """Begin with nothing in the cart."""
        self.in_cart = {}
        self.send(journeys.empty_call(self.token), 200, self._is_mine)

    def adds(self, offer_id: str) -> None:
        """Put one unit into the cart."""
        self.in_cart[offer_id] = self.in_cart.get(offer_id, 0) + 1
        self.send(journeys.add_call(self.token, offer_id), 201, self._is_mine)

    def orders(self) -> None:
        """Order what is in the cart, as quoted; one order in ten is looked at."""
        totals: list[int] = []
        quote = self.send(
            journeys.quote_call(self.token),
            200,
            lambda said: totals.append(answers.check_quote(said, self.in_cart, PRICES)),
        )
        if quote is None:
            self.empties()
            return
        total = totals[0]
        placed = self.send(
            journeys.order_call(self.token, quote["quote_hash"], f"bench-{uuid.uuid4().hex}"),
            201,
            lambda said: answers.check_placed(said, total_minor=total),
        )
        ordered, self.in_cart = self.in_cart, {}
        if placed is None:
            self.empties()
        elif self.chance.random() < 0.1:
            self.send(
                journeys.view_call(self.token, placed["order_id"]),
                200,
                lambda order: answers.check_order(order, ordered, total_minor=total),
            )

    def _is_mine(self, cart: Any) -> None:
        answers.check_cart(cart, self.in_cart, PRICES)


class Hello(Person):
    """The bare ceiling."""

    @task
    def says_hello(self) -> None:
        with self.client.get("/hello", name="hello", catch_response=True) as answer:
            if answer.content != b"hi":
                answer.failure("no hello")


class Ready(Person):
    """The framework's ceiling: the bytes of our own list."""

    @task
    def asks(self) -> None:
        self.send(Call("ready", "GET", "/ready", {}), 200, answers.check_page)


class Browse(Person):
    """Lists: first pages, next pages, shelves of categories."""

    @task
    def browses(self) -> None:
        self.lists()


class Search(Person):
    """Words, with filters and without."""

    @task
    def finds(self) -> None:
        self.searches()


class Product(Person):
    """Pages of products, another one each time."""

    @task
    def opens(self) -> None:
        self.looks()


class Cart(Person):
    """Units into a cart of three lines."""

    def on_start(self) -> None:
        """Begin with an empty cart."""
        self.empties()

    @task
    def fills(self) -> None:
        for offer_id in journeys.cart_offers(STAND, self.number) * (journeys.UNITS_OF_ONE_OFFER - 1):
            self.adds(offer_id)
        self.empties()


class Checkout(Person):
    """From an empty cart to an order that waits for its payment: three units of two sellers, quote, order."""

    def on_start(self) -> None:
        """Begin with an empty cart."""
        self.empties()

    @task
    def buys(self) -> None:
        for offer_id in journeys.cart_offers(STAND, self.chance.randrange(len(STAND.product_ids))):
            self.adds(offer_id)
        self.orders()


class Mixed(Person):
    """A day: of 100 deeds 70 look around, 15 search, 10 put something into the cart, 5 order."""

    def on_start(self) -> None:
        """Begin with an empty cart."""
        self.empties()

    @task(35)
    def browses(self) -> None:
        self.lists()

    @task(35)
    def opens(self) -> None:
        self.looks()

    @task(15)
    def finds(self) -> None:
        self.searches()

    @task(10)
    def fills(self) -> None:
        if len(self.in_cart) < LINES_OF_A_CART:
            shop = self.chance.choice(STAND.offers_by_seller)
            self.adds(self.chance.choice(shop))
        else:
            self.adds(self.chance.choice([*self.in_cart]))

    @task(5)
    def buys(self) -> None:
        if not self.in_cart:
            self.fills()
        self.orders()
