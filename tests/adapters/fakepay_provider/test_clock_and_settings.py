import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from marketplace_adapters.fakepay.provider.cards import TEST_CARDS
from marketplace_adapters.fakepay.provider.delivery import deliver_due
from marketplace_adapters.fakepay.provider.institution import open_provider
from marketplace_adapters.fakepay.provider.signature import verify
from marketplace_adapters.fakepay.provider.upkeep import keep_up
from tests.adapters.fakepay_provider.shop import (
    API_KEY,
    LATE,
    SECRET,
    TEST_SECRET,
    Clock,
    Receiver,
    Shop,
    connect,
)

PAYMENT: dict[str, Any] = {"amount_minor": 500, "currency": "EUR", "reference": "p"}


@pytest.mark.parametrize("wrong", [{}, {"advance_seconds": 0}, {"advance_seconds": -5}, {"advance_seconds": 10**10}])
async def test_the_clock_only_goes_ahead(shop: Shop, wrong: dict[str, Any]) -> None:
    assert (await shop.ask("/test/clock", **wrong)).status_code == 422
    assert (await shop.look("/test/clock"))["ahead_seconds"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee_basis_points": -1},
        {"fee_basis_points": 10_001},
        {"bank_delay_seconds": "60"},
        {"onboarding_required": 1},
        {"dispute_fee_minor": True},
        {"gravity": 1},
    ],
)
async def test_terms_that_make_no_sense_are_refused_and_change_nothing(shop: Shop, wrong: dict[str, Any]) -> None:
    before = await shop.look("/test/settings")

    refused = await shop.ask("/test/settings", **{"dispute_fee_minor": 7, **wrong})

    assert refused.status_code == 422
    assert await shop.look("/test/settings") == before


async def test_time_that_was_moved_makes_things_due_and_leaves_signatures_true(
    shop: Shop, clock: Clock, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)

    moved = await shop.make("/test/clock", advance_seconds=30)
    report = await keep_up(shop.provider, to_receiver)

    assert (moved["ahead_seconds"], moved["now"]) == (30, int(clock.now.timestamp()) + 30)
    assert (report.settled, report.delivered) == (1, 3)
    assert (await shop.again(payment))["succeeded_at"] == moved["now"]
    body, signed = receiver.received[-1]
    verify(body, signed, secrets=[SECRET], now=clock.now.timestamp())
    assert json.loads(body)["created_at"] == moved["now"]


async def test_the_clock_and_the_terms_outlive_the_process(shop: Shop, clock: Clock, books_path: Path) -> None:
    await shop.make("/test/clock", advance_seconds=3_600)
    await shop.make("/test/settings", dispute_fee_minor=2_000, fee_fixed_minor=0, fee_basis_points=0)
    shop.provider.close()

    reopened = open_provider(books_path, secrets=[SECRET], clock=clock, api_key=API_KEY, test_secret=TEST_SECRET)
    async with connect(reopened) as server, connect(reopened, api_key=None) as browser:
        again = Shop(reopened, server, browser)
        dispute = await again.disputed(await again.paid(10_000))
        ahead = (await again.look("/test/clock"))["ahead_seconds"]
    reopened.close()

    assert (dispute["fee_minor"], ahead) == (2_000, 3_600)


async def test_a_key_is_forgotten_at_the_age_that_is_set(shop: Shop, clock: Clock) -> None:
    await shop.make("/test/settings", key_age_seconds=60)
    first = await shop.post("/v1/payments", key="k", **PAYMENT)
    clock.move(seconds=60)
    within = await shop.post("/v1/payments", key="k", **PAYMENT)
    clock.move(milliseconds=1)
    later = await shop.post("/v1/payments", key="k", **PAYMENT)
    forgotten = await shop.browser.get("/test/keys/unknown", headers={"Authorization": f"Bearer {TEST_SECRET}"})

    assert within.json()["id"] == first.json()["id"] != later.json()["id"]
    assert forgotten.status_code == 404


async def test_the_whole_script_is_forgotten_but_time_goes_on(
    shop: Shop, receiver: Receiver, to_receiver: httpx.AsyncClient
) -> None:
    before = await shop.look("/test/settings")
    await shop.make("/test/settings", bank_delay_seconds=60, onboarding_required=True)
    await shop.make("/test/faults", fault="error_before", times=9)
    await shop.make("/test/webhooks", behaviour="hold")
    await shop.make("/test/clock", advance_seconds=5)

    await shop.browser.delete("/test/script", headers={"Authorization": f"Bearer {TEST_SECRET}"})
    account = await shop.new_account()
    await deliver_due(shop.provider, to_receiver)

    assert await shop.look("/test/settings") == before
    assert (account["status"], len(receiver.received)) == ("enabled", 1)
    assert (await shop.look("/test/clock"))["ahead_seconds"] == 5


async def test_every_card_is_listed_with_what_it_does(shop: Shop) -> None:
    told = (await shop.look("/test/cards"))["data"]

    assert {one["number"]: one["behaviour"] for one in told} == TEST_CARDS
    assert all(one["explanation"].endswith(".") for one in told)
