"""The benchmark looks at every answer it is given: a wrong price, a wrong number or a missing product is an error."""

import asyncio
import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import answers, journeys
from benchmarks.shop import CATEGORIES, THINGS, UNITS, fill, price_minor
from benchmarks.statements import door
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings

PRODUCTS = 130
Answers = Mapping[str, Any]
Check = Callable[[Answers], object]
OFFER = "offer"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What a marketplace of five shops really answers."""
    return asyncio.run(asked(tmp_path_factory.mktemp("answers")))


async def asked(data: Path) -> Answers:
    async with open_marketplace(Settings(data=data)) as opened:
        stand = await fill(opened, products=PRODUCTS, sellers=5, buyers=1)
        async with door(opened) as here:
            token, offer_id = await here.token(stand.buyers[0]), stand.offers_by_seller[0][1]
            found = {
                "page": (await here.counted(journeys.shelf_call(CATEGORIES[0])))[1],
                "hits": (await here.counted(journeys.filtered_call(THINGS[3], CATEGORIES[3], 3_000)))[1],
                "product": (await here.counted(journeys.product_call(stand.product_ids[7])))[1],
                "cart": (await here.counted(journeys.add_call(token, offer_id)))[1],
                "quote": (await here.counted(journeys.quote_call(token)))[1],
                OFFER: offer_id,
            }
            ordering = journeys.order_call(token, found["quote"]["quote_hash"], "an-order-to-look-at")
            found["placed"] = (await here.counted(ordering))[1]
            found["order"] = (await here.counted(journeys.view_call(token, found["placed"]["order_id"])))[1]
            return found


def check_page(said: Answers) -> None:
    answers.check_page(said["page"], category=CATEGORIES[0])


def check_hits(said: Answers) -> None:
    answers.check_hits(said["hits"], word=THINGS[3], lowest_minor=3_000, products=PRODUCTS)


def check_product(said: Answers) -> None:
    answers.check_product(said["product"], number=7)


def check_cart(said: Answers) -> None:
    answers.check_cart(said["cart"], {said[OFFER]: 1}, {said[OFFER]: price_minor(5)})


def check_quote(said: Answers) -> int:
    return answers.check_quote(said["quote"], {said[OFFER]: 1}, {said[OFFER]: price_minor(5)})


def check_placed(said: Answers) -> None:
    answers.check_placed(said["placed"], total_minor=price_minor(5) + answers.DELIVERY_MINOR)


def check_order(said: Answers) -> None:
    total = price_minor(5) + answers.DELIVERY_MINOR
    answers.check_order(said["order"], {said[OFFER]: 1}, total_minor=total)


CHECKS: tuple[Check, ...] = (
    *(check_page, check_hits, check_product, check_cart),
    *(check_quote, check_placed, check_order),
)


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_so_passes(said: Answers, check: Check) -> None:
    check(said)


@pytest.mark.parametrize(
    ("check", "path", "instead"),
    [
        (check_page, ("page", "items", 3, "price_from", "amount_minor"), 1),
        (check_page, ("page", "items", 3, "price_to", "currency"), "USD"),
        (check_page, ("page", "items", 0, "in_stock"), False),
        (check_page, ("page", "items", 0, "title"), "Amber apron no. 1"),
        (check_page, ("page", "items"), []),
        (check_hits, ("hits", "total"), 1),
        (check_hits, ("hits", "hits", 0, "price_from", "amount_minor"), 1),
        (check_hits, ("hits", "facets", "categories", 0, "count"), 1),
        (check_product, ("product", "variants", 2, "price", "amount_minor"), 1),
        (check_product, ("product", "variants", 2, "available"), UNITS - 1),
        (check_product, ("product", "variants", 0, "available"), 0),
        (check_product, ("product", "title"), "Amber apron no. 8"),
        (check_cart, ("cart", "groups", 0, "lines", 0, "unit_price", "amount_minor"), 1),
        (check_cart, ("cart", "groups", 0, "lines", 0, "quantity"), 2),
        (check_cart, ("cart", "total", "amount_minor"), 1),
        (check_quote, ("quote", "groups", 0, "delivery", "amount_minor"), 0),
        (check_quote, ("quote", "total", "amount_minor"), 1),
        (check_placed, ("placed", "payment", "amount", "amount_minor"), 1),
        (check_order, ("order", "seller_orders", 0, "lines", 0, "quantity"), 2),
        (check_order, ("order", "state"), "paid"),
    ],
)
def test_what_is_not_so_is_an_error(said: Answers, check: Check, path: tuple[str | int, ...], instead: object) -> None:
    changed: Any = copy.deepcopy(said)
    *before, last = path
    place = changed
    for step in before:
        place = place[step]
    place[last] = instead

    with pytest.raises(answers.Wrong):
        check(changed)
