import asyncio
import json
from typing import Any

import httpx
import pytest
from attrs import evolve

from marketplace_adapters.fakepay.provider import delivery
from marketplace_adapters.fakepay.provider.delivery import deliver_due, pause_seconds
from marketplace_adapters.fakepay.provider.signature import verify
from marketplace_adapters.fakepay.provider.upkeep import keep_up
from tests.adapters.fakepay_provider.shop import LATE, SECRET, SUCCESS, Clock, Receiver, Shop


def ids(receiver: Receiver) -> list[str]:
    return [json.loads(body)["id"] for body, _ in receiver.received]


async def undelivered(shop: Shop) -> list[Any]:
    found: list[Any] = (await shop.get("/v1/events", undelivered="true"))["data"]
    return found


async def test_a_webhook_answered_with_an_error_is_sent_again_later_with_the_same_id(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    receiver.answers = [500, 302]
    await shop.new_payment()

    first = await deliver_due(shop.provider, to_receiver)
    at_once = await deliver_due(shop.provider, to_receiver)
    waiting = await undelivered(shop)
    clock.move(seconds=1)
    second = await deliver_due(shop.provider, to_receiver)
    clock.move(seconds=2)
    third = await deliver_due(shop.provider, to_receiver)

    assert [(one.delivered, one.failed) for one in (first, at_once, second, third)] == [(0, 1), (0, 0), (0, 1), (1, 0)]
    assert waiting[0]["delivery"] == {
        "delivered": False, "attempts": 1, "last_error": "answered 500", "held": False, "lost": False,
    }  # fmt: skip
    assert len(receiver.received) == 3
    assert len(set(ids(receiver))) == 1
    assert len({body for body, _ in receiver.received}) == 1
    assert len({signed for _, signed in receiver.received}) == 3
    assert await undelivered(shop) == []


async def test_a_receiver_that_cannot_be_reached_loses_nothing(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    await shop.new_payment()
    async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as to_nobody:
        failed = await deliver_due(shop.provider, to_nobody)
    clock.move(seconds=1)

    delivered = await deliver_due(shop.provider, to_receiver)

    assert (failed.failed, delivered.delivered) == (1, 1)
    assert len(receiver.received) == 1


async def test_a_receiver_that_never_answers_is_left_after_a_while(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError(request)

    monkeypatch.setattr(delivery, "POST_TIMEOUT_SECONDS", 0.05)
    await shop.new_payment()

    async with httpx.AsyncClient(transport=httpx.MockTransport(hang)) as to_nobody:
        report = await deliver_due(shop.provider, to_nobody)

    assert (report.delivered, report.failed) == (0, 1)
    assert (await undelivered(shop))[0]["delivery"]["last_error"] == "no answer within 0.05 s"


async def test_attempts_end_but_the_event_stays_listed(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    receiver.answers = [500] * 100
    await shop.new_payment()

    for _ in range(30):
        await deliver_due(shop.provider, to_receiver)
        clock.move(hours=1)

    assert len(receiver.received) == 16
    assert [event["delivery"]["attempts"] for event in await undelivered(shop)] == [16]


async def test_a_sender_that_dies_while_sending_sends_again(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    class Died(BaseException):
        pass

    def arrive_and_die(request: httpx.Request) -> httpx.Response:
        raise Died

    await shop.new_payment()
    async with httpx.AsyncClient(transport=httpx.MockTransport(arrive_and_die)) as dying:
        with pytest.raises(Died):
            await deliver_due(shop.provider, dying)

    claimed = await deliver_due(shop.provider, to_receiver)
    clock.move(seconds=60)
    again = await deliver_due(shop.provider, to_receiver)

    assert (claimed.delivered, again.delivered) == (0, 1)
    assert len(receiver.received) == 1


async def test_an_answer_that_comes_after_the_claim_ran_out_delays_nobody(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    async def be_overtaken(_: httpx.Request) -> httpx.Response:
        clock.move(seconds=60)
        await deliver_due(shop.provider, to_receiver)
        return httpx.Response(500)

    await shop.new_payment()

    async with httpx.AsyncClient(transport=httpx.MockTransport(be_overtaken)) as slow:
        await deliver_due(shop.provider, slow, limit=1)

    told = (await shop.get("/v1/events"))["data"][0]
    assert len(receiver.received) == 1
    assert told["delivery"] == {
        "delivered": True, "attempts": 2, "last_error": None, "held": False, "lost": False,
    }  # fmt: skip


async def test_without_an_address_events_wait(shop: Shop, to_receiver: httpx.AsyncClient) -> None:
    await shop.new_payment()

    report = await deliver_due(evolve(shop.provider, webhook_url=None), to_receiver)

    assert (report.delivered, report.failed) == (0, 0)
    assert len(await undelivered(shop)) == 1


async def test_several_senders_share_the_work(shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient) -> None:
    for _ in range(12):
        await shop.new_payment()

    reports = await asyncio.gather(*(deliver_due(shop.provider, to_receiver) for _ in range(4)))

    assert sum(report.delivered for report in reports) == 12
    assert len(set(ids(receiver))) == len(receiver.received) == 12


async def test_one_pass_sends_at_most_its_limit(shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient) -> None:
    for _ in range(5):
        await shop.new_payment()

    report = await deliver_due(shop.provider, to_receiver, limit=3)

    assert report.delivered == len(receiver.received) == 3


async def test_a_webhook_is_signed_compact_json_about_the_thing_and_keeps_the_buyers_secret(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    payment = await shop.paid(metadata={"order": "čtyři"})

    await deliver_due(shop.provider, to_receiver)

    for body, signed in receiver.received:
        verify(body, signed, secrets=[SECRET], now=clock.now.timestamp())
        assert json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode() == body
        assert b"secret" not in body
    body, _ = receiver.received[-1]
    event = json.loads(body)
    assert (event["type"], event["created_at"]) == ("payment.succeeded", int(clock.now.timestamp()))
    assert event["data"]["object"] == {key: value for key, value in payment.items() if key != "client_secret"}


async def test_during_rotation_a_webhook_carries_a_signature_per_secret(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await shop.new_payment()

    await deliver_due(evolve(shop.provider, signing_secrets=("new", SECRET)), to_receiver)

    body, signed = receiver.received[0]
    for secret in ("new", SECRET):
        verify(body, signed, secrets=[secret], now=clock.now.timestamp())


async def test_upkeep_settles_sends_and_forgets_although_nobody_looks(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    await shop.confirm(await shop.new_payment(), LATE)
    await keep_up(shop.provider, to_receiver)
    clock.move(hours=25)

    report = await keep_up(shop.provider, to_receiver)
    idle = await keep_up(shop.provider, to_receiver)

    assert (report.settled, report.delivered, report.failed, report.pruned) == (1, 1, 0, 1)
    types = [json.loads(body)["type"] for body, _ in receiver.received]
    assert types == ["payment.created", "payment.processing", "payment.succeeded"]
    assert idle.idle


async def test_events_are_listed_from_a_cursor_on(shop: Shop) -> None:
    payment = await shop.new_payment()
    first = await shop.get("/v1/events", limit="1")
    await shop.confirm(payment, SUCCESS)

    rest = await shop.get("/v1/events", after=first["data"][0]["id"])

    assert [event["type"] for event in rest["data"]] == ["payment.succeeded"]
    assert rest["has_more"] is False


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause_seconds(attempt) for attempt in (1, 2, 3, 12, 13, 16)] == [1, 2, 4, 2_048, 3_600, 3_600]
