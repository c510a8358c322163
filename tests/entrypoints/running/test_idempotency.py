"""One key, one order; one cart, one order: however often and however many at once it is asked for."""

from collections import Counter
from typing import Any, Final

import pytest

from tests.entrypoints.running.people import Person, newcomer
from tests.entrypoints.running.processes import Running
from tests.entrypoints.running.race import Answer, at_once
from tests.entrypoints.running.records import provider_rows
from tests.entrypoints.running.trade import (
    ADDRESS,
    Goods,
    Shop,
    choose,
    fresh_key,
    offer,
    order_body,
    order_request,
    send_order,
)

AT_ONCE: Final = 20


@pytest.fixture(scope="module")
def goods(shop: Shop) -> Goods:
    return offer(shop, "Cup for everybody", stock=1_000)


@pytest.fixture
def buyer(running: Running, goods: Goods) -> Person:
    """Return somebody with one thing in the cart."""
    person = newcomer(running)
    choose(person, goods)
    return person


def orders_of(buyer: Person) -> list[str]:
    """Return the orders there are."""
    return [one["order_id"] for one in buyer.get("/v1/orders")["items"]]


def payments_of(running: Running, order_id: str) -> int:
    """Count the payments that the provider opened for an order."""
    return len(provider_rows(running, "SELECT 1 FROM payments WHERE transfer_group = ?", order_id))


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 400, "http.idempotency_key_required"),
        ({"Idempotency-Key": ""}, 400, "http.idempotency_key_required"),
        ({"Idempotency-Key": "x" * 256}, 422, "kernel.malformed_idempotency_key"),
        ({"Idempotency-Key": "short"}, 422, "kernel.malformed_idempotency_key"),
        ({"Idempotency-Key": "with a space"}, 422, "kernel.malformed_idempotency_key"),
        ({"Idempotency-Key": b"schl\xfcssel-1"}, 422, "kernel.malformed_idempotency_key"),
    ],
    ids=["missing", "empty", "too long", "too short", "spaces", "not ASCII"],
)
def test_an_order_without_a_good_key_is_refused_and_changes_nothing(
    buyer: Person, headers: dict[str, Any], status: int, code: str
) -> None:
    body = order_body(buyer)

    answer = buyer.send("POST", "/v1/orders", json=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert orders_of(buyer) == []
    assert len(buyer.get("/v1/cart")["groups"]) == 1


def test_the_same_request_again_gets_the_same_answer_and_says_so(running: Running, buyer: Person) -> None:
    body, key = order_body(buyer), fresh_key()

    first = send_order(buyer, body, key)
    again = [send_order(buyer, body, key) for _ in range(2)]

    assert first.status_code == 201
    assert "idempotent-replayed" not in first.headers
    assert [(one.status_code, one.json()) for one in again] == [(201, first.json())] * 2
    assert {one.headers["idempotent-replayed"] for one in again} == {"true"}
    assert {one.headers["location"] for one in again} == {first.headers["location"]}
    assert orders_of(buyer) == [first.json()["order_id"]]
    assert payments_of(running, first.json()["order_id"]) == 1


def test_a_kept_refusal_is_given_again_even_when_it_would_succeed_now(buyer: Person, shop: Shop) -> None:
    rare = offer(shop, f"Rare thing for {buyer.name}", stock=1)
    choose(buyer, rare)
    body, key = order_body(buyer), fresh_key()
    rare.restock(-1)

    first = send_order(buyer, body, key)
    rare.restock(1)
    again = send_order(buyer, body, key)

    assert (first.status_code, first.json()["code"]) == (409, "catalog.out_of_stock")
    assert (again.status_code, again.json()["code"]) == (409, "catalog.out_of_stock")
    assert again.json()["detail"] == first.json()["detail"]
    assert again.headers["idempotent-replayed"] == "true"
    assert orders_of(buyer) == []


def test_the_same_request_many_times_at_once_makes_one_order(running: Running, buyer: Person) -> None:
    body, key = order_body(buyer), fresh_key()

    answers = at_once(running.port, [order_request(buyer, body, key)] * AT_ONCE)
    after = send_order(buyer, body, key)

    assert {said(answer) for answer in answers} <= {"201", "409 kernel.idempotency_in_progress"}
    assert all(answer.headers["retry-after"] == "1" for answer in answers if answer.status == 409)
    ordered = {answer.body["order_id"] for answer in answers if answer.status == 201}
    assert [*ordered] == orders_of(buyer) == [after.json()["order_id"]]
    assert sum(answer.status == 201 and "idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert payments_of(running, *ordered) == 1


def test_the_same_key_with_another_request_is_refused(buyer: Person) -> None:
    body, key = order_body(buyer), fresh_key()
    placed = send_order(buyer, body, key)

    answer = send_order(buyer, body | {"address": ADDRESS | {"city": "Bonn"}}, key)

    assert (answer.status_code, answer.json()["code"]) == (422, "kernel.idempotency_key_reused")
    assert orders_of(buyer) == [placed.json()["order_id"]]


def test_the_same_key_of_somebody_else_is_another_key(running: Running, buyer: Person, goods: Goods) -> None:
    other = newcomer(running)
    choose(other, goods)
    key = fresh_key()

    answers = [send_order(person, order_body(person), key) for person in (buyer, other)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert [orders_of(person) for person in (buyer, other)] == [[one.json()["order_id"]] for one in answers]


def test_many_keys_on_one_cart_at_once_make_one_order_that_the_others_are_told_of(
    running: Running, buyer: Person
) -> None:
    body = order_body(buyer)

    answers = at_once(running.port, [order_request(buyer, body, fresh_key()) for _ in range(AT_ONCE)])

    (order_id,) = orders_of(buyer)
    assert Counter(said(answer) for answer in answers) == {
        "201": 1,
        "409 orders.already_placed": AT_ONCE - 1,
    }
    assert {answer.body["order_id"] for answer in answers} == {order_id}
    assert payments_of(running, order_id) == 1


def said(answer: Answer) -> str:
    """Name the outcome."""
    return str(answer.status) if answer.status < 300 else f"{answer.status} {answer.code}"
