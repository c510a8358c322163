"""Races for money: what goes back, what is released, what is paid out."""

from datetime import timedelta
from typing import Any

from tests.entrypoints.running.records import rows
from tests.entrypoints.running.trade import fresh_key
from tests.races.ground import RIVALS, Ground, outcomes, payment_of


def refund_of_a_share(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing(price_minor=10_000))
    path = f"/v1/orders/{placed['order_id']}/refunds"
    part = {"seller_order_id": placed["seller_orders"][0]["seller_order_id"], "items_minor": 6_000}
    body = {"reason": "Chipped.", "parts": [part]}

    answers = ground.rush(*(ground.request(ground.operator, "POST", path, body) for _ in range(RIVALS)))

    assert outcomes(answers) == {"201": 1, "409 payments.refund_exceeds_remaining": RIVALS - 1}
    ground.coherent()


def _asked_for_refund(ground: Ground) -> tuple[Any, str]:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = {"seller_order_id": placed["seller_orders"][0]["seller_order_id"], "items_minor": 1_000}
    path = f"/v1/orders/{placed['order_id']}/refunds"
    asked = buyer.do(
        "POST", path, json={"reason": "Chipped.", "parts": [part]}, headers={"Idempotency-Key": fresh_key()}
    )
    return placed, asked["refund_id"]


def approval(ground: Ground) -> None:
    _, refund_id = _asked_for_refund(ground)
    people = (ground.operator, ground.second, ground.shop.owner)

    ground.rush(
        *(ground.request(people[one % 3], "POST", f"/v1/refunds/{refund_id}/approval") for one in range(RIVALS))
    )
    ground.work(3)

    assert ground.journals("refund_from_escrow", refund_id) == 1
    assert ground.journals("refund_succeeded", refund_id) == 1
    ground.coherent()


def decision(ground: Ground) -> None:
    _, refund_id = _asked_for_refund(ground)
    approve = ground.request(ground.operator, "POST", f"/v1/refunds/{refund_id}/approval")
    reject = ground.request(ground.shop.owner, "POST", f"/v1/refunds/{refund_id}/rejection", {"note": "It was whole."})

    answers = ground.rush(*[approve, reject] * (RIVALS // 2))

    approved, rejected = answers[::2], answers[1::2]
    state = ground.operator.get(f"/v1/refunds/{refund_id}")["state"]
    is_approved = ground.journals("refund_from_escrow", refund_id) == 1
    assert is_approved is (state != "rejected")
    assert any(one.status < 300 for one in (approved if is_approved else rejected))
    assert not any(one.status < 300 for one in (rejected if is_approved else approved))
    ground.coherent()


def claim_of_a_payout(ground: Ground) -> None:
    ground.delivered(ground.anybody(), ground.thing())
    seller_id = ground.shop.seller_id
    unclaimed = "SELECT count(*) FROM payments_entries WHERE seller_id = ? AND claimed_by IS NULL"
    before = ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id)

    ground.rush(*(ground.request(ground.operator, "POST", "/v1/payout-runs") for _ in range(RIVALS)))

    assert ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id) == before + 1
    assert ground.count(unclaimed, seller_id) == 0
    ground.coherent()


def payout_by_three_schedulers(ground: Ground) -> None:
    placed = ground.delivered(ground.anybody(), ground.thing(ground.other_shop))
    seller_id = ground.other_shop.seller_id
    part = placed["seller_orders"][0]["seller_order_id"]
    before = ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id)

    ground.running.pass_time(timedelta(hours=2).total_seconds())
    ground.work(3)

    assert ground.count("SELECT count(*) FROM payments_payouts WHERE seller_id = ?", seller_id) == before + 1
    assert ground.journals("escrow_released", f"{part}:%") == 1
    ground.coherent()


def receipt(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    body = {"carrier": "Post", "tracking": "T1"}
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json=body)

    ground.rush(*(ground.request(buyer, "POST", f"/v1/seller-orders/{part}/receipt") for _ in range(RIVALS)))
    ground.work(3)

    assert ground.journals("escrow_released", f"{part}:%") == 1
    ground.coherent()


def release_or_refund(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json={"carrier": "Post", "tracking": "T1"})
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/delivery")
    ground.work()
    whole = {"reason": "Late.", "parts": [{"seller_order_id": part, "items_minor": 10_000}]}
    refund = ground.request(ground.second, "POST", f"/v1/orders/{placed['order_id']}/refunds", whole)
    release = ground.request(ground.operator, "POST", f"/v1/escrow/{part}/release")

    ground.rush(*[refund, release] * 2)

    asked = "SELECT refund_id FROM payments_refunds WHERE order_id = ?"
    ((refund_id,),) = rows(ground.running, asked, placed["order_id"])
    before = ground.journals("refund_from_escrow", refund_id)
    after = ground.journals("refund_after_release", refund_id)
    assert (before, after, ground.journals("escrow_released", f"{part}:%")) in {(1, 0, 0), (0, 1, 1)}
    ground.coherent()


def release_or_dispute(ground: Ground) -> None:
    buyer = ground.anybody()
    placed = ground.paid(buyer, ground.thing())
    part = placed["seller_orders"][0]["seller_order_id"]
    ground.shop.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json={"carrier": "Post", "tracking": "T1"})
    (payment,) = ground.at_provider(f"/v1/payments?reference={payment_of(placed)}", method="GET")["data"]
    ground.at_provider("/test/disputes", {"payment": payment["id"], "amount_minor": 10_000})

    ground.rush(*(ground.request(buyer, "POST", f"/v1/seller-orders/{part}/receipt") for _ in range(2)))
    ground.work(3)

    assert ground.journals("dispute_withdrawn") >= 1
    ground.coherent()


def retry_of_a_payout(ground: Ground) -> None:
    ground.delivered(ground.anybody(), ground.thing())
    ground.operator.do("POST", "/v1/payout-runs", headers={"Idempotency-Key": fresh_key()})
    ground.work()
    payout = ground.operator.get("/v1/payouts")["items"][0]
    (there, *_) = ground.at_provider(f"/v1/payouts?reference={payout['payout_id']}", method="GET")["data"]
    ground.at_provider(f"/test/payouts/{there['id']}/return", {"failure_code": "account_closed"})
    ground.work()
    path = f"/v1/payouts/{payout['payout_id']}"

    ground.rush(*(ground.request(ground.operator, "POST", f"{path}/retry") for _ in range(RIVALS)))
    ground.work(3)

    assert ground.operator.get(path)["state"] == "paid"
    assert ground.operator.get(path)["attempt"] == 2
    assert ground.journals("transfer_succeeded", payout["payout_id"]) == 1
    assert ground.journals("payout_paid", payout["payout_id"]) == 2
    ground.coherent()
