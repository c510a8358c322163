"""FakePay inside this process and as a process of its own: one record, the same promises."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import define, evolve
from pydantic import ValidationError

from marketplace_adapters.fakepay.money_objects import OnboardingLinkObject
from marketplace_adapters.fakepay.plugin import FakepaySettings, open_fakepay, plugin
from marketplace_core.inmemory.machinery import InMemoryInbox
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import PaymentId, SellerId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.plugins import Surroundings, load_adapter
from marketplace_core.payments import PaymentPage, PaymentState, ProviderRefused, ProviderUnavailable
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS, SUCCEEDS_LATE, a_request
from marketplace_core.testing.queues import all_begun

PATIENCE_SECONDS = 20.0
PAUSE = timedelta(seconds=30)


@define
class Stored:
    """What the plugin finds of the database that was opened before it."""

    inbox: Any


def the_surroundings(folder: Path, clock: FrozenClock, inbox: Any) -> Surroundings:
    """Return the surroundings of a process with nothing but an inbox."""
    return Surroundings(
        data=folder,
        clock=clock,
        ids=CountingIds(),
        base_url="http://shop.test",
        secret=lambda name: name.encode().ljust(32, b"."),
        opened={"marketplace_core.database": Stored(inbox)},
    )


def an_inbox(clock: FrozenClock) -> InMemoryInbox:
    """Return an empty inbox."""
    return InMemoryInbox(Store(clock, CountingIds()))


def test_it_is_found_by_its_name() -> None:
    assert load_adapter("marketplace_core.payment_provider", "fakepay") is plugin


async def test_in_this_process_messages_reach_the_inbox_signed_once_each(tmp_path: Path) -> None:
    clock = FrozenClock()
    inbox = an_inbox(clock)

    async with open_fakepay(FakepaySettings(), the_surroundings(tmp_path, clock, inbox)) as fakepay:
        opened = await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        await fakepay.buyer.pay(opened.reference, opened.client_secret or "", SUCCEEDS)
        first, second = await fakepay.tick(), await fakepay.tick()

    waiting = [begun.item for begun in await all_begun(inbox, clock.now())]
    assert (first, second) == (2, 0)
    assert [(message.type, message.subject, message.reference) for message in waiting] == [
        ("payment.created", "payment", "pay_1"),
        ("payment.succeeded", "payment", "pay_1"),
    ]


async def test_its_payment_step_is_where_it_is_served(tmp_path: Path) -> None:
    elsewhere = {"url": "http://127.0.0.1:9/pay/", "api_key": "k", "webhook_secrets": ("s",)}
    around = the_surroundings(tmp_path, FrozenClock(), None)

    async with (
        open_fakepay(FakepaySettings(), around) as here,
        open_fakepay(FakepaySettings.model_validate(elsewhere), around) as there,
    ):
        pages = [here.page, there.page]

    assert pages == [
        PaymentPage(script_url="/fakepay/v1/payment-step.js"),
        PaymentPage(script_url="http://127.0.0.1:9/pay/v1/payment-step.js", origins=("http://127.0.0.1:9",)),
    ]


async def test_what_goes_wrong_there_can_be_scripted_from_here(tmp_path: Path) -> None:
    clock = FrozenClock()

    async with open_fakepay(FakepaySettings(), the_surroundings(tmp_path, clock, an_inbox(clock))) as fakepay:
        assert fakepay.script is not None
        opened = await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        with pytest.raises(ProviderRefused) as refusal:
            await fakepay.script.do("disputes", {"payment": opened.reference})
        await fakepay.buyer.pay(opened.reference, opened.client_secret or "", SUCCEEDS)
        dispute = await fakepay.script.do("disputes", {"payment": opened.reference, "inquiry": True})
        await fakepay.script.do("faults", {"fault": "drop_after", "operation": "view_payment"})
        with pytest.raises(ProviderUnavailable):
            await fakepay.payments.fetch(opened.reference)
        cards = await fakepay.script.look("cards")
        await fakepay.script.forget()

    assert refusal.value.reason == "payment_not_captured"
    assert dispute["status"] == "warning_needs_response"
    assert len(cards["data"]) == 10


async def test_onboarding_links_lead_to_where_the_provider_is_served(tmp_path: Path) -> None:
    clock = FrozenClock()
    around = the_surroundings(tmp_path, clock, an_inbox(clock))

    async with open_fakepay(FakepaySettings(), around) as fakepay:
        account = await fakepay.payouts.open_account(SellerId("sel_1"), key="account:sel_1:1")
        link = await fakepay.payments.connection.change(
            f"/v1/accounts/{account.reference}/onboarding-links",
            OnboardingLinkObject,
            {"return_url": "http://shop.test/studio"},
            key="onboarding:sel_1:1",
        )

    assert link.url.startswith("http://shop.test/fakepay/onboarding/")


async def test_a_provider_elsewhere_is_scripted_only_with_its_test_secret(tmp_path: Path) -> None:
    elsewhere = {"url": "http://127.0.0.1:9", "api_key": "k", "webhook_secrets": ("s",)}
    around = the_surroundings(tmp_path, FrozenClock(), None)

    async with (
        open_fakepay(FakepaySettings.model_validate(elsewhere), around) as without,
        open_fakepay(FakepaySettings.model_validate({**elsewhere, "test_secret": "t"}), around) as with_it,
    ):
        assert without.script is None
        assert with_it.script is not None
        assert "'t'" not in repr(with_it.script)
        with pytest.raises(ProviderUnavailable):
            await with_it.script.look("clock")


async def test_time_makes_late_successes_happen(tmp_path: Path) -> None:
    clock = FrozenClock()
    settings = FakepaySettings(late_success_seconds=0)

    async with open_fakepay(settings, the_surroundings(tmp_path, clock, an_inbox(clock))) as fakepay:
        opened = await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        await fakepay.buyer.pay(opened.reference, opened.client_secret or "", SUCCEEDS_LATE)
        await fakepay.tick()
        paid = await fakepay.payments.fetch(opened.reference)

    assert paid.state is PaymentState.CAPTURED


async def test_the_books_outlive_the_process(tmp_path: Path) -> None:
    clock = FrozenClock()
    around = the_surroundings(tmp_path, clock, an_inbox(clock))
    async with open_fakepay(FakepaySettings(), around) as fakepay:
        opened = await fakepay.payments.open(a_request(), key="payment:pay_1:1")

    async with open_fakepay(FakepaySettings(), around) as fakepay:
        found = await fakepay.payments.find(PaymentId("pay_1"))

    assert found == opened


async def test_an_inbox_that_is_away_gets_the_message_later(tmp_path: Path) -> None:
    clock = FrozenClock()
    inbox = an_inbox(clock)

    class Away:
        async def remember(self, message: ProviderMessage, now: object) -> bool:
            raise Unavailable("The storage is away.")

    stored = Stored(Away())
    around = the_surroundings(tmp_path, clock, None)
    around.opened["marketplace_core.database"].inbox = stored.inbox
    async with open_fakepay(FakepaySettings(), around) as fakepay:
        await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        undelivered = await fakepay.tick()
    around.opened["marketplace_core.database"].inbox = inbox
    clock.advance(PAUSE)

    async with open_fakepay(FakepaySettings(), around) as fakepay:
        delivered = await fakepay.tick()

    assert (undelivered, delivered) == (0, 1)
    assert len(await all_begun(inbox, clock.now())) == 1


def test_a_provider_elsewhere_needs_our_secrets() -> None:
    with pytest.raises(ValidationError, match="api_key"):
        FakepaySettings(url="http://127.0.0.1:9")
    with pytest.raises(ValidationError):
        FakepaySettings(url="ftp://127.0.0.1")


async def test_a_provider_elsewhere_that_is_down_is_unavailable_at_once(tmp_path: Path) -> None:
    clock = FrozenClock()
    settings = FakepaySettings.model_validate({"url": "http://127.0.0.1:9", "api_key": "k", "webhook_secrets": ("s",)})

    async with open_fakepay(settings, the_surroundings(tmp_path, clock, None)) as fakepay:
        with pytest.raises(ProviderUnavailable) as unavailable:
            await fakepay.payments.open(a_request(), key="payment:pay_1:1")

    assert unavailable.value.ambiguous is False
    assert fakepay.provider_app is None
    assert await fakepay.tick() == 0


@pytest.fixture
def server(tmp_path: Path) -> Generator[str]:
    """Serve the provider as a process of its own and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "marketplace_adapters.fakepay.provider",
         "--path", str(tmp_path / "books.sqlite"), "--port", str(port)],
        env={**os.environ, "FAKEPAY_API_KEY": "k", "FAKEPAY_WEBHOOK_SECRETS": "s"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/v1/health", timeout=1)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the provider did not come up")


@pytest.mark.slow
async def test_as_a_process_of_its_own_it_takes_money_all_the_same(server: str, tmp_path: Path) -> None:
    settings = FakepaySettings.model_validate({"url": server, "api_key": "k", "webhook_secrets": ("s",)})

    async with open_fakepay(settings, the_surroundings(tmp_path, FrozenClock(), None)) as fakepay:
        opened = await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        await fakepay.buyer.pay(opened.reference, opened.client_secret or "", SUCCEEDS)
        paid = await fakepay.payments.fetch(opened.reference)

    assert (paid.state, paid.captured) == (PaymentState.CAPTURED, a_request().amount)


async def test_messages_can_be_posted_to_our_own_door_instead(tmp_path: Path) -> None:
    received: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        received.append(head + await reader.readexactly(length))
        writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    clock = FrozenClock()
    door = await asyncio.start_server(answer, "127.0.0.1", 0)
    around = evolve(
        the_surroundings(tmp_path, clock, None), base_url=f"http://127.0.0.1:{door.sockets[0].getsockname()[1]}"
    )
    async with door, open_fakepay(FakepaySettings(webhooks="http"), around) as fakepay:
        await fakepay.payments.open(a_request(), key="payment:pay_1:1")
        delivered = await fakepay.tick()

    (message,) = received
    assert delivered == 1
    assert message.startswith(b"POST /v1/webhooks/fakepay HTTP/1.1")
    assert b"fakepay-signature: t=" in message.lower()
