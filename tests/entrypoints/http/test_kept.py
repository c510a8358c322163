"""What anybody may keep is kept for a moment; what is somebody's own, or was refused, never is."""

import asyncio
from collections.abc import Sequence

import anyio
import httpx
import pytest
from attrs import define, field
from starlette.types import Receive, Scope, Send

from marketplace_entrypoints.http.kept import ANSWERS_MAX, BODY_BYTES_MAX, GRACE_SECONDS, KeptAnswers

PUBLIC = {"Cache-Control": "public, max-age=15", "ETag": '"1"'}
SECONDS = 2.0


@define
class Behind:
    """An application that answers with how often it was asked."""

    headers: dict[str, str] = field(factory=lambda: dict(PUBLIC))
    content_type: str = "application/json"
    status: int = 200
    padding: int = 0
    in_parts: bool = False
    asked: int = 0
    open: anyio.Event | None = None
    """Until when everybody has to wait."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        answer = b"%d" % self.asked
        if self.open is not None:
            await self.open.wait()
        headers = [(b"content-type", self.content_type.encode())]
        headers += [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = answer + b" " * self.padding
        if self.in_parts:
            await send({"type": "http.response.body", "body": b"", "more_body": True})
        await send({"type": "http.response.body", "body": body})


@define
class Moment:
    """What time it is."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@define
class Door:
    """Requests to kept answers with an application behind them."""

    behind: Behind = field(factory=Behind)
    moment: Moment = field(factory=Moment)
    layer: KeptAnswers = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.layer = KeptAnswers(self.behind, SECONDS, self.moment)

    async def send(self, method: str = "GET", **headers: str) -> httpx.Response:
        async with self._client() as client:
            return await client.request(method, "/v1/products", headers=headers)

    async def texts(self, *paths: str) -> Sequence[str]:
        async with self._client() as client:
            return [(await client.get(path)).text.strip() for path in paths]

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.layer), base_url="http://shop")


@pytest.fixture
def door() -> Door:
    return Door()


async def test_whoever_asks_the_same_is_told_the_same_and_how_old_it_is(door: Door) -> None:
    first = await door.send()
    door.moment.now += 1.9
    again = await door.send()

    assert (first.text, again.text, door.behind.asked) == ("1", "1", 1)
    assert ("age" in first.headers, again.headers["age"]) == (False, "1")
    assert {name: again.headers[name] for name in PUBLIC} == PUBLIC


async def test_nothing_is_kept_for_longer_than_was_said(door: Door) -> None:
    await door.send()
    door.moment.now += SECONDS
    again = await door.send()
    door.moment.now += SECONDS - 0.1
    third = await door.send()

    assert (again.text, third.text) == ("2", "2")


async def test_one_asks_anew_and_the_others_have_what_is_kept_for_a_second_more(door: Door) -> None:
    await door.send()
    door.moment.now += SECONDS
    door.behind.open = anyio.Event()
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        anew = group.create_task(door.send())
        await anyio.wait_all_tasks_blocked()

        door.moment.now += GRACE_SECONDS - 0.1
        assert (await door.send()).text == "1"
        assert door.behind.asked == 2
        door.moment.now += 0.1
        impatient = group.create_task(door.send())
        await anyio.wait_all_tasks_blocked()
        door.behind.open.set()

    assert (anew.result().text, impatient.result().text) == ("2", "3")


async def test_who_asked_anew_and_left_keeps_nobody_from_asking(door: Door) -> None:
    await door.send()
    door.moment.now += SECONDS
    door.behind.open = anyio.Event()
    anew = asyncio.create_task(door.send())
    await anyio.wait_all_tasks_blocked()
    anew.cancel()
    await asyncio.gather(anew, return_exceptions=True)
    door.behind.open.set()

    assert (await door.send()).text == "3"


async def test_other_questions_have_other_answers(door: Door) -> None:
    assert await door.texts("/v1/products", "/v1/products?limit=2", "/v1/products/1") == ["1", "2", "3"]
    assert await door.texts("/v1/products?limit=2", "/v1/products") == ["2", "1"]


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "If-None-Match", "Range"])
async def test_who_wants_an_answer_of_their_own_gets_it_and_it_is_shown_to_nobody(door: Door, name: str) -> None:
    own = await door.send(**{name: "x"})
    public = await door.send()
    own_again = await door.send(**{name: "x"})

    assert (own.text, public.text, own_again.text) == ("1", "2", "3")


@pytest.mark.parametrize("method", ["POST", "HEAD", "DELETE"])
async def test_only_questions_are_answered_from_memory(door: Door, method: str) -> None:
    await door.send()
    await door.send(method)
    await door.send(method)

    assert door.behind.asked == 3


@pytest.mark.parametrize(
    "behind",
    [
        Behind(headers={}),
        Behind(headers={"Cache-Control": "private, no-store"}),
        Behind(headers={"Cache-Control": "no-cache"}),
        Behind(headers={**PUBLIC, "Set-Cookie": "visit=1"}),
        Behind(status=404),
        Behind(status=503),
        Behind(content_type="image/png"),
        Behind(content_type="text/html"),
        Behind(padding=BODY_BYTES_MAX),
        Behind(in_parts=True),
    ],
)
async def test_what_is_not_for_everybody_or_too_much_is_not_kept(behind: Behind) -> None:
    door = Door(behind)

    assert await door.texts("/v1/products", "/v1/products") == ["1", "2"]


async def test_of_very_many_answers_the_oldest_are_forgotten(door: Door) -> None:
    await door.texts(*(f"/v1/products/{number}" for number in range(ANSWERS_MAX + 1)))

    assert await door.texts(f"/v1/products/{ANSWERS_MAX}", "/v1/products/1") == [str(ANSWERS_MAX + 1), "2"]
    assert await door.texts("/v1/products/0") == [str(ANSWERS_MAX + 2)]
