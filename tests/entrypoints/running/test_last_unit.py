"""More buyers than units, in the same moment, against real processes: nobody gets what is not there."""

from collections import Counter
from typing import Final

import httpx
from attrs import evolve

from tests.entrypoints.running.people import Person, join
from tests.entrypoints.running.processes import Running
from tests.entrypoints.running.race import Answer, at_once
from tests.entrypoints.running.records import rows
from tests.entrypoints.running.trade import Goods, Shop, choose, fresh_key, offer, order_body, order_request

REPETITIONS: Final = 50
CROWD: Final = 16
UNITS: Final = 3
GONE: Final = "409 catalog.out_of_stock"


def counters(running: Running, goods: Goods) -> tuple[int, int, int]:
    """Return what is on hand, held and sold."""
    ((on_hand, held, sold),) = rows(
        running, "SELECT on_hand, held, sold FROM catalog_stock WHERE offer_id = ?", goods.offer_id
    )
    return on_hand, held, sold


def reserved(running: Running, goods: Goods) -> int:
    """Return how many units orders hold, by the orders' own reservations."""
    ((units,),) = rows(
        running,
        "SELECT coalesce(sum(quantity), 0) FROM catalog_reservations WHERE offer_id = ? AND state = 'held'",
        goods.offer_id,
    )
    return int(units)


def orders_of(running: Running, goods: Goods) -> int:
    """Return how many orders there are for it."""
    ((number,),) = rows(
        running, "SELECT count(DISTINCT order_id) FROM catalog_reservations WHERE offer_id = ?", goods.offer_id
    )
    return int(number)


def outcomes(answers: list[Answer]) -> Counter[str]:
    """Count orders and kinds of refusal."""
    return Counter("ordered" if answer.status == 201 else f"{answer.status} {answer.code}" for answer in answers)


def test_two_buyers_at_once_on_the_last_unit_make_one_order_every_time(running: Running, shop: Shop) -> None:
    goods = offer(shop, "Last Cup", stock=1)
    buyers = [join(running, f"Rival {number}") for number in range(2)]
    has_it_in_the_cart: set[Person] = set()

    for repetition in range(1, REPETITIONS + 1):
        for buyer in set(buyers) - has_it_in_the_cart:
            choose(buyer, goods)
        answers = at_once(running.port, [order_request(buyer, order_body(buyer), fresh_key()) for buyer in buyers])

        assert outcomes(answers) == {"ordered": 1, GONE: 1}, f"repetition {repetition}"
        assert counters(running, goods) == (repetition, repetition, 0)
        assert reserved(running, goods) == orders_of(running, goods) == repetition
        has_it_in_the_cart = {buyer for buyer, answer in zip(buyers, answers, strict=True) if answer.status != 201}
        goods.restock(1)


def test_a_crowd_at_two_doors_gets_exactly_the_units_there_are(running: Running, shop: Shop) -> None:
    goods = offer(shop, "Rare Cup", stock=UNITS)
    crowd = [join(running, f"Fan {number}") for number in range(CROWD)]
    for buyer in crowd:
        choose(buyer, goods)
    second = Running(running.folder)
    process = running.start("serve", "--port", str(second.port), log=running.log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{second.port}", trust_env=False) as client:
            running.await_ready(process, client)
        requests = [order_request(buyer, order_body(buyer), fresh_key()) for buyer in crowd]
        split = [
            evolve(request, port=second.port) if number % 2 else request for number, request in enumerate(requests)
        ]

        answers = at_once(running.port, split)
    finally:
        second.client.close()
        process.terminate()
        process.wait()

    assert outcomes(answers) == {"ordered": UNITS, GONE: CROWD - UNITS}
    assert counters(running, goods) == (UNITS, UNITS, 0)
    assert reserved(running, goods) == orders_of(running, goods) == UNITS
