"""What providers post: verified before anything else, stored once, answered; nothing else happens in the request."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from attrs import define, frozen

from marketplace_adapters.sqlalchemy.engine import StorageUnavailable
from marketplace_core.app import Marketplace
from marketplace_core.inmemory.machinery import InMemoryInbox
from marketplace_core.inmemory.payment_messages import HEADER, InMemoryProviderMessages
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.queues import all_begun
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.webhooks.router import MESSAGE_BYTES_MAX, router
from tests.core.payments.till import a_till

URL = "/v1/webhooks/inmemory"


@frozen
class Named:
    provider: str = "inmemory"


@frozen
class Payments:
    messages: InMemoryProviderMessages
    payments: Named = Named()


@define
class Persistence:
    inbox: Any


@frozen
class Around:
    clock: FrozenClock


@frozen
class Adapters:
    payments: Payments
    persistence: Persistence
    around: Around


@frozen
class Opened:
    market: Marketplace
    adapters: Adapters


@define
class Post:
    """The door, and what came in through it."""

    client: httpx.AsyncClient
    clock: FrozenClock
    messages: InMemoryProviderMessages
    persistence: Persistence

    def written(self, message_id: str = "msg_1", at: datetime | None = None) -> tuple[dict[str, str], bytes]:
        """Write a message about our payment."""
        now = at or self.clock.now()
        return self.messages.write(message_id, "payment.succeeded", "payment", "pay_1", now)

    async def send(
        self, headers: dict[str, str], body: bytes, url: str = URL, kind: str = "application/json"
    ) -> httpx.Response:
        """Post it."""
        return await self.client.post(url, content=body, headers={**headers, "Content-Type": kind})

    async def stored(self) -> list[ProviderMessage]:
        """Return what the inbox has."""
        return [begun.item for begun in await all_begun(self.persistence.inbox, self.clock.now())]


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    till = a_till()
    messages, clock = InMemoryProviderMessages(b"secret"), FrozenClock()
    persistence = Persistence(InMemoryInbox(Store(clock, CountingIds())))
    opened = Opened(till.market, Adapters(Payments(messages), persistence, Around(clock)))
    transport = httpx.ASGITransport(create_app(opened, routers=[router]))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Post(client, clock, messages, persistence)


async def test_a_signed_message_is_stored_and_accepted(post: Post) -> None:
    headers, body = post.written()

    answer = await post.send(headers, body)

    assert (answer.status_code, answer.json()) == (202, {"new": True})
    assert [(one.subject, one.reference, one.raw) for one in await post.stored()] == [("payment", "pay_1", body)]


async def test_the_same_message_again_is_accepted_and_stored_once(post: Post) -> None:
    headers, body = post.written()

    answers = [(await post.send(headers, body)).status_code for _ in range(5)]

    assert answers == [202, 200, 200, 200, 200]
    assert len(await post.stored()) == 1


@pytest.mark.parametrize("spoil", ["no header", "wrong secret", "one byte", "ten minutes old", "from the future"])
async def test_what_the_provider_did_not_sign_just_now_is_refused_and_not_stored(post: Post, spoil: str) -> None:
    headers, body = post.written()
    match spoil:
        case "no header":
            headers = {}
        case "wrong secret":
            headers = InMemoryProviderMessages(b"other").sign(body, post.clock.now())
        case "one byte":
            body = body.replace(b"pay_1", b"pay_2")
        case "ten minutes old":
            post.clock.advance(timedelta(minutes=10))
        case "from the future":
            post.clock.advance(timedelta(minutes=-10))

    answer = await post.send(headers, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "kernel.invalid_signature")
    assert await post.stored() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b"\xff\xfe", b"null"])
async def test_a_signed_body_that_is_no_message_is_refused(post: Post, body: bytes) -> None:
    answer = await post.send(post.messages.sign(body, post.clock.now()), body)

    assert answer.status_code == 400
    assert await post.stored() == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_content_type_is_refused(post: Post, kind: str) -> None:
    headers, body = post.written()

    answer = await post.send(headers, body, kind=kind)

    assert answer.status_code == 400
    assert await post.stored() == []


async def test_a_message_that_is_too_large_is_refused_before_it_is_looked_at(post: Post) -> None:
    body = b"x" * (MESSAGE_BYTES_MAX + 1)

    answer = await post.send(post.messages.sign(body, post.clock.now()), body)

    assert (answer.status_code, answer.json()["code"]) == (413, "http.body_too_large")


@pytest.mark.parametrize("provider", ["fakepay", "stripe", "..", "%00"])
async def test_a_provider_that_is_not_connected_has_no_door(post: Post, provider: str) -> None:
    headers, body = post.written()

    answer = await post.send(headers, body, url=f"/v1/webhooks/{provider}")

    assert answer.status_code == 404
    assert await post.stored() == []


async def test_a_storage_that_is_away_says_so_and_the_message_is_taken_later(post: Post) -> None:
    headers, body = post.written()
    inbox = post.persistence.inbox

    class Away:
        async def remember(self, message: ProviderMessage, now: datetime) -> bool:
            raise StorageUnavailable("The storage is busy; nothing was changed.")

    post.persistence.inbox = Away()
    down = await post.send(headers, body)
    post.persistence.inbox = inbox
    up = await post.send(headers, body)

    assert (down.status_code, "retry-after" in down.headers) == (503, True)
    assert up.status_code == 202
    assert HEADER in headers
    assert len(await post.stored()) == 1
