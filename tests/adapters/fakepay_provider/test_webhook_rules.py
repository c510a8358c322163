import json
from typing import Any

import httpx
import pytest

from marketplace_adapters.fakepay.provider.delivery import deliver_due
from tests.adapters.fakepay_provider.shop import TEST_SECRET, Clock, Receiver, Shop, code_of


def types(receiver: Receiver) -> list[str]:
    return [json.loads(body)["type"] for body, _ in receiver.received]


async def rule(shop: Shop, behaviour: str, **more: Any) -> Any:
    return await shop.make("/test/webhooks", behaviour=behaviour, **more)


@pytest.mark.parametrize("wrong", [{"behaviour": "burn"}, {}, {"behaviour": "lose", "times": 0}, {"number": 0}])
async def test_a_rule_that_makes_no_sense_is_refused(shop: Shop, wrong: dict[str, Any]) -> None:
    assert (await shop.ask("/test/webhooks", **wrong)).status_code == 422
    unknown = await shop.ask("/test/events/fp_evt_unknown/redeliver")
    assert (unknown.status_code, code_of(unknown)) == (404, "event_not_found")


async def test_a_lost_webhook_is_never_sent_but_its_event_is_listed_and_can_be_redelivered(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "lose", times=1)
    await shop.paid()

    for _ in range(3):
        await deliver_due(shop.provider, to_receiver)
        clock.move(hours=1)
    (lost,) = (await shop.get("/v1/events", undelivered="true"))["data"]
    received = types(receiver)
    await shop.make(f"/test/events/{lost['id']}/redeliver")
    await deliver_due(shop.provider, to_receiver)

    assert received == ["payment.succeeded"]
    assert (lost["type"], lost["delivery"]["lost"], lost["delivery"]["attempts"]) == ("payment.created", True, 0)
    assert types(receiver) == ["payment.succeeded", "payment.created"]
    assert (await shop.get("/v1/events", undelivered="true"))["data"] == []


async def test_all_webhooks_of_a_type_or_about_a_kind_of_thing_can_be_lost(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "lose", type="refund.succeeded")
    await rule(shop, "lose", type="dispute")
    payment = await shop.paid()

    await shop.refunded(payment, 100)
    await shop.refunded(payment, 100)
    await shop.disputed(payment)
    await deliver_due(shop.provider, to_receiver)

    assert types(receiver) == ["payment.created", "payment.succeeded", "refund.created", "refund.created"]


async def test_a_webhook_is_told_as_often_as_asked_with_one_id(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "duplicate", type="payment.created", number=3)
    await shop.paid()

    await deliver_due(shop.provider, to_receiver)

    assert types(receiver).count("payment.created") == 3
    assert types(receiver).count("payment.succeeded") == 1
    assert len({json.loads(body)["id"] for body, _ in receiver.received}) == 2
    assert (await deliver_due(shop.provider, to_receiver)).delivered == 0


async def test_a_copy_that_is_refused_is_sent_again_and_no_more_copies_come_of_it(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "duplicate", number=2)
    receiver.answers = [200, 500]
    await shop.new_payment()

    for _ in range(3):
        await deliver_due(shop.provider, to_receiver)
        clock.move(seconds=60)

    assert len(receiver.received) == 3
    assert (await shop.get("/v1/events", undelivered="true"))["data"] == []


async def test_the_end_of_a_dispute_can_be_told_before_its_beginning(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    payment = await shop.paid()
    await deliver_due(shop.provider, to_receiver)
    receiver.received.clear()
    await rule(shop, "hold", type="dispute.created")

    dispute = await shop.disputed(payment)
    await shop.advance(dispute, "won")
    await deliver_due(shop.provider, to_receiver)
    before = types(receiver)
    released = await shop.make("/test/webhooks/release")
    await deliver_due(shop.provider, to_receiver)

    assert before == ["dispute.funds_withdrawn", "dispute.closed", "dispute.funds_reinstated"]
    assert released["released"] == 1
    assert types(receiver)[3:] == ["dispute.created"]


async def test_what_was_held_is_released_in_the_order_asked_for(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "hold")
    payment = await shop.paid()
    await shop.refunded(payment, 100)

    refunds_first = await shop.make("/test/webhooks/release", type="refund", order="reversed")
    await deliver_due(shop.provider, to_receiver)
    await shop.make("/test/webhooks/release", order="reversed")
    await deliver_due(shop.provider, to_receiver)

    assert refunds_first["released"] == 2
    assert types(receiver) == ["refund.succeeded", "refund.created", "payment.succeeded", "payment.created"]


async def test_a_shuffle_waits_for_its_window_and_sends_it_in_another_order(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await rule(shop, "shuffle", number=4)
    await shop.paid()
    early = await deliver_due(shop.provider, to_receiver)

    await shop.paid()
    emitted = [event["id"] for event in (await shop.get("/v1/events"))["data"]]
    await deliver_due(shop.provider, to_receiver)

    received = [json.loads(body)["id"] for body, _ in receiver.received]
    assert early.delivered == 0
    assert sorted(received) == sorted(emitted)
    assert received not in (emitted, emitted[::-1])


async def test_rules_are_forgotten_on_demand_and_what_they_held_is_sent(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    rules = await rule(shop, "hold", type="payment", times=9)
    await shop.new_payment()

    headers = {"Authorization": f"Bearer {TEST_SECRET}"}
    forgotten = await shop.browser.delete("/test/webhooks", headers=headers)
    await shop.new_payment()
    await deliver_due(shop.provider, to_receiver)

    assert rules["rules"] == [{"behaviour": "hold", "type": "payment", "times": 9, "number": 2}]
    assert set(rules["known"]) == {"duplicate", "shuffle", "hold", "lose"}
    assert (forgotten.json()["rules"], len(receiver.received)) == ([], 2)


async def test_webhooks_are_listed_by_type_and_any_is_redelivered_in_copies(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await shop.paid()
    await deliver_due(shop.provider, to_receiver)

    (event,) = (await shop.look("/test/events", type="payment.succeeded"))["data"]
    await shop.make(f"/test/events/{event['id']}/redeliver", copies=2)
    await deliver_due(shop.provider, to_receiver)

    assert event["delivery"]["delivered"] is True
    assert types(receiver) == ["payment.created"] + ["payment.succeeded"] * 3
