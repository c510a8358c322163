"""Races for vouchers: one order's use of one, and one that is given back. Their limit is raced for with trade."""

from typing import Any, Final
from uuid import uuid4

from tests.entrypoints.running.people import Person
from tests.entrypoints.running.trade import choose, fresh_key, order_body, order_request
from tests.races.ground import Ground

RIVALS: Final = 3


def voucher_of_one_order(ground: Ground) -> None:
    made = _made(ground, uses_max=RIVALS)
    buyer = _entered(ground, ground.anybody(), made)
    body, key = order_body(buyer), fresh_key()

    answers = ground.rush(*[order_request(buyer, body, key)] * RIVALS)

    assert len({answer.body["order_id"] for answer in answers if answer.status == 201}) == 1
    assert _uses(ground, made) == 1
    ground.coherent()


def voucher_given_back(ground: Ground) -> None:
    made = _made(ground, uses_max=1)
    buyer = _entered(ground, ground.anybody(), made)
    placed = buyer.do("POST", "/v1/orders", json=order_body(buyer), headers={"Idempotency-Key": fresh_key()})

    ground.rush(*(ground.request(buyer, "POST", f"/v1/orders/{placed['order_id']}/cancellation") for _ in range(2)))
    ground.work(3)

    assert _uses(ground, made) == 0
    ground.coherent()


def _made(ground: Ground, **limits: int) -> Any:
    body = {"code": f"RACE-{uuid4().hex[:12]}", "currency": "EUR", "amount_minor": 500, **limits}
    return ground.operator.do("POST", "/v1/vouchers", json=body, headers={"Idempotency-Key": fresh_key()})


def _entered(ground: Ground, buyer: Person, voucher: Any) -> Person:
    choose(buyer, ground.thing())
    buyer.do("PUT", "/v1/cart/voucher", json={"code": voucher["code"]})
    return buyer


def _uses(ground: Ground, voucher: Any) -> int:
    return int(ground.operator.get(f"/v1/vouchers/{voucher['voucher_id']}")["used"])
