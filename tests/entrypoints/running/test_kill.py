"""`kill -9` where it hurts most: nothing is lost, nothing happens twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pytest
from attrs import define

from features.drivers.processes import executed, forked
from marketplace_adapters.fakepay.provider.delivery import CLAIM_SECONDS
from marketplace_core.kernel.idempotency import LEASE_SECONDS
from tests.entrypoints.running.people import Person, appoint, join
from tests.entrypoints.running.processes import Make, Running, until
from tests.entrypoints.running.race import halfway
from tests.entrypoints.running.records import at_rest, charges, count, mails, provider_rows
from tests.entrypoints.running.trade import (
    Goods,
    Shop,
    add_category,
    choose,
    fresh_key,
    offer,
    open_shop,
    order,
    order_body,
    order_request,
    pay,
    send_order,
)

pytestmark = pytest.mark.slow
STRIKE_SECONDS: Final = 0.001
"""How often is looked whether it is time to strike."""
BACKLOG: Final = 8
"""Paid orders that wait for the worker."""


@define(eq=False)
class Street:
    """A marketplace with two shops, to be treated badly."""

    running: Running
    operator: Person
    shops: tuple[Shop, ...]
    goods: tuple[Goods, ...]

    def books_are_clean(self) -> None:
        """The books sum up to nothing, and the audit finds nothing."""
        balance = self.operator.get("/v1/ledger/trial-balance")
        assert [one["amount_minor"] for one in balance["sums"]] == [0]
        assert self.operator.get("/v1/ledger/audit") == {"violations": []}

    def confirmed_once(self, buyer: Person, order_id: str) -> None:
        """The order is confirmed, paid with one charge, and everybody was told once."""
        view = buyer.get(f"/v1/orders/{order_id}")
        assert view["state"] == "confirmed"
        assert charges(self.running, order_id) == [view["total"]["amount_minor"]]
        assert mails(self.running, "order_confirmation")[buyer.email] == 1


@pytest.fixture(scope="module")
def street(marketplaces: Make) -> Street:
    running = marketplaces()
    running.start_server()
    operator = appoint(running, "Operator")
    add_category(operator)
    shops = tuple(open_shop(operator, name) for name in ("Clay and Co", "Tea House"))
    goods = tuple(offer(shop, f"Something of {shop.seller_id}", stock=1_000) for shop in shops)
    return Street(running, operator, shops, goods)


@pytest.fixture(autouse=True)
def _server_at_first(street: Street) -> None:
    """Start what a failed test left dead."""
    if street.running.server is None:
        street.running.start_server()


def told_of_new_orders(street: Street) -> Counter[str]:
    """Count how often each seller was told of a new order."""
    return mails(street.running, "new_order")


def test_a_server_killed_after_the_payment_and_before_the_confirmation_confirms_once(street: Street) -> None:
    running, buyer = street.running, join(street.running, "Anna")
    told_before = told_of_new_orders(street)
    running.without_worker()
    placed = order(buyer, *street.goods)
    pay(buyer, placed)
    assert charges(running, placed["order_id"]) == [placed["total"]["amount_minor"]]
    assert buyer.get(f"/v1/orders/{placed['order_id']}")["state"] == "pending_payment"

    running.kill_server()
    running.start_server()
    running.with_worker()
    until(lambda: at_rest(running), what="everything that was due is done")

    street.confirmed_once(buyer, placed["order_id"])
    assert told_of_new_orders(street) - told_before == {shop.owner.email: 1 for shop in street.shops}
    street.books_are_clean()


def test_a_worker_killed_in_the_middle_of_a_backlog_leaves_nothing_undone_and_nothing_done_twice(
    street: Street,
) -> None:
    running = street.running
    told_before = told_of_new_orders(street)
    running.without_worker()
    buyers = [join(running, f"Buyer {number}") for number in range(BACKLOG)]
    placed = {buyer: order(buyer, *street.goods) for buyer in buyers}
    for buyer, view in placed.items():
        pay(buyer, view)

    kills = 0
    for done in (1, BACKLOG // 2):
        running.start_worker()
        until(
            partial(some_confirmed, running, placed, at_least=done),
            what="the worker is at it",
            every_seconds=STRIKE_SECONDS,
        )
        running.kill_worker()
        kills += not at_rest(running)
    running.pass_time(CLAIM_SECONDS)  # what the provider was just telling the dead worker, it tells again
    running.start_worker()
    until(lambda: at_rest(running), what="everything that was due is done")

    assert kills > 0, "the worker was never killed in the middle"
    for buyer, view in placed.items():
        street.confirmed_once(buyer, view["order_id"])
    assert told_of_new_orders(street) - told_before == {shop.owner.email: BACKLOG for shop in street.shops}
    street.books_are_clean()


def some_confirmed(running: Running, placed: dict[Person, Any], *, at_least: int) -> bool:
    """Tell whether so many of these orders are confirmed."""
    marks = ",".join("?" for _ in placed)
    ids = [view["order_id"] for view in placed.values()]
    return count(running, "orders_orders", f"state = 'confirmed' AND order_id IN ({marks})", *ids) >= at_least


MOMENTS: Final[dict[str, Callable[[Running], int]]] = {
    "the key is claimed": lambda running: count(running, "idempotency_keys"),
    "the order is written": lambda running: count(running, "orders_orders"),
    "the provider has opened the payment": lambda running: len(provider_rows(running, "SELECT 1 FROM payments")),
}
"""Of what there is one more when it is time to strike."""


@pytest.mark.parametrize("moment", ["the request is sent", *MOMENTS])
def test_a_server_killed_while_it_takes_an_order_takes_it_once(street: Street, moment: str) -> None:
    running, buyer = street.running, join(street.running, f"Buyer when {moment}")
    choose(buyer, *street.goods)
    body, key = order_body(buyer), fresh_key()
    things = MOMENTS.get(moment)
    before = things(running) if things else 0

    with halfway(running.port, order_request(buyer, body, key)) as request:
        request.finish()
        if things:
            until(lambda: things(running) > before, what=moment, every_seconds=STRIKE_SECONDS)
        running.kill_server()
    running.start_server()
    first = send_order(buyer, body, key)
    if first.status_code == 409:
        assert first.json()["code"] == "kernel.idempotency_in_progress"
        running.pass_time(LEASE_SECONDS)
        first = send_order(buyer, body, key)
    again = send_order(buyer, body, key)

    assert (first.status_code, again.status_code) == (201, 201), (first.text, again.text)
    assert first.json() == again.json()
    order_id = first.json()["order_id"]
    assert [one["order_id"] for one in buyer.get("/v1/orders")["items"]] == [order_id]
    assert len(provider_rows(running, "SELECT 1 FROM payments WHERE transfer_group = ?", order_id)) == 1
    pay(buyer, buyer.get(f"/v1/orders/{order_id}"))
    running.with_worker()
    until(lambda: at_rest(running), what="everything that was due is done")
    street.confirmed_once(buyer, order_id)
    street.books_are_clean()


def test_a_server_killed_after_its_answer_has_kept_it(street: Street) -> None:
    running, buyer = street.running, join(street.running, "Dora")
    choose(buyer, *street.goods)
    body, key = order_body(buyer), fresh_key()

    first = send_order(buyer, body, key)
    running.kill_server()
    running.start_server()
    again = send_order(buyer, body, key)

    assert again.headers.get("idempotent-replayed") == "true"
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert [one["order_id"] for one in buyer.get("/v1/orders")["items"]] == [first.json()["order_id"]]


def test_a_server_asked_to_end_answers_what_it_has_begun_and_ends_well(street: Street) -> None:
    running, buyer = street.running, join(street.running, "Emil")
    choose(buyer, *street.goods)
    body, key = order_body(buyer), fresh_key()

    running.kill_server()
    running.begin = executed
    running.start_server()
    running.begin = forked

    with halfway(running.port, order_request(buyer, body, key)) as request:
        ended = running.ask_server_to_end()
        request.finish()
        answer = request.answer()
    code = ended()
    running.start_server()

    assert (answer.status, code) == (201, 0)
    assert [one["order_id"] for one in buyer.get("/v1/orders")["items"]] == [answer.body["order_id"]]
