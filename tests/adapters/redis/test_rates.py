"""Redis keeps the promises of rate limits; without it each process counts alone, and nobody waits for it."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from attrs import define, field
from pydantic import ValidationError

from features.drivers.names import free_port
from marketplace_adapters.redis.connection import RedisConnection, RedisSettings, RedisTooOld, RedisUnavailable
from marketplace_adapters.redis.plugin import plugin
from marketplace_adapters.redis.rates import RatesWithFallback, RedisRateLimits
from marketplace_core.kernel.rates import Rate, RateLimits, RatesUnavailable
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.rates import RATE, RateLimitsConformance
from tests.adapters.local.test_local import around
from tests.adapters.redis.server import RedisServer
from tests.conformance import Met
from tests.outages.proxy import Fault, Wire

AT_MOST_SECONDS = 0.25
"""Fifty milliseconds, and what a machine takes that does other things besides."""
SIGN_IN = Rate(name="sign_in", times=10, seconds=600)
CHECKOUT = Rate(name="checkout", times=3, seconds=600, open_when_away=True)


def settings(address: str, **changes: object) -> RedisSettings:
    return RedisSettings.model_validate({"server": address, "prefix": f"t-{uuid.uuid4().hex[:12]}", **changes})


@define
class RedisCounter:
    settings: RedisSettings
    connections: list[RedisConnection] = field(factory=list)
    limits: RateLimits = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.limits = self._opened()

    def _opened(self) -> RateLimits:
        self.connections.append(RedisConnection(self.settings))
        return RedisRateLimits(self.connections[-1])

    async def another(self) -> RateLimits:
        return self._opened()

    async def let_pass(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class TestRedisRateLimits(RateLimitsConformance):
    @pytest.fixture
    async def counter(self, shared_redis: RedisServer, met: Met) -> AsyncIterator[RedisCounter]:
        met("Valkey", shared_redis.version)
        counter = RedisCounter(settings(shared_redis.address, timeout_seconds=5))
        yield counter
        for connection in counter.connections:
            await connection.close()


@asynccontextmanager
async def counting(address: str, **changes: object) -> AsyncIterator[RatesWithFallback]:
    """Open it as it is opened in earnest: one of two processes, fifty milliseconds."""
    async with plugin.open(settings(address, processes=2, **changes), around(FrozenClock())) as limits:
        assert isinstance(limits, RatesWithFallback)
        yield limits


async def guesses(limits: RateLimits, times: int, rate: Rate = SIGN_IN) -> tuple[int, float]:
    """Guess; return how often that was allowed and how long the slowest took."""
    allowed, slowest = 0, 0.0
    for _ in range(times):
        began = time.perf_counter()
        allowed += (await limits.take(rate, "ann")).allowed
        slowest = max(slowest, time.perf_counter() - began)
    return allowed, slowest


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
async def test_with_a_broken_wire_each_process_lets_half_through_at_once_and_checkouts_all(
    shared_redis: RedisServer, fault: Fault
) -> None:
    wire = Wire(free_port(), shared_redis.port)
    await wire.open()
    try:
        async with counting(f"redis://127.0.0.1:{wire.port}/0") as limits:
            await limits.take(RATE, "somebody")
            await wire.suffer(fault)
            began = time.perf_counter()

            allowed, slowest = await guesses(limits, 30)
            checkouts, slowest_checkout = await guesses(limits, 30, CHECKOUT)
            state, took = await limits.state(), time.perf_counter() - began

        assert took < 1.5  # sixty times fifty milliseconds are twice that
        assert (allowed, checkouts, state) == (5, 30, "degraded")
        assert max(slowest, slowest_checkout) < AT_MOST_SECONDS
    finally:
        await wire.close()


@pytest.mark.parametrize("how", ["killed", "held"])
async def test_a_server_that_is_gone_is_asked_again_by_itself_when_it_is_back(own_redis: RedisServer, how: str) -> None:
    async with counting(own_redis.address, pause_seconds=0.2, timeout_seconds=0.2) as limits:
        before, _ = await guesses(limits, 4)
        (own_redis.stop if how == "killed" else own_redis.hold)()
        away, slowest = await guesses(limits, 30)
        (own_redis.start if how == "killed" else own_redis.let_go)()
        until = time.monotonic() + 10
        while await limits.state() != "up" and time.monotonic() < until:
            await asyncio.sleep(0.05)
            await limits.take(Rate(name="other", times=1000, seconds=1), "somebody")
        after, _ = await guesses(limits, 20)

        assert (before, away, await limits.state()) == (4, 5, "up")
        # One that only slept knows what was counted before, and counts what it was asked while it slept.
        assert after == 10 if how == "killed" else after in {4, 5, 6}
        assert slowest < AT_MOST_SECONDS + 0.2


async def test_many_who_guess_at_once_while_it_hangs_wait_once_and_get_no_more_than_one_by_one(
    own_redis: RedisServer,
) -> None:
    async with counting(own_redis.address) as limits:
        await limits.take(RATE, "somebody")
        own_redis.hold()
        began = time.perf_counter()

        verdicts = await asyncio.gather(*(limits.take(SIGN_IN, "ann") for _ in range(200)))

        assert sum(verdict.allowed for verdict in verdicts) == 5
        assert time.perf_counter() - began < 3.0


async def test_a_question_that_was_given_up_never_answers_the_next_one(own_redis: RedisServer) -> None:
    connection = RedisConnection(settings(own_redis.address, timeout_seconds=0.2, pause_seconds=0, connections=1))
    limits = RedisRateLimits(connection)
    few, many = Rate(name="few", times=3, seconds=600), Rate(name="many", times=900, seconds=600)
    await limits.take(few, "ann")
    for _ in range(5):
        own_redis.hold()
        question = asyncio.create_task(limits.take(many, "ben"))
        await asyncio.sleep(0.02)
        question.cancel()
        with pytest.raises((asyncio.CancelledError, RatesUnavailable)):
            await question
        own_redis.let_go()
        while True:
            try:
                assert (await limits.take(few, "ann")).limit == 3
                assert (await limits.take(few, "eve")).left < 3
                break
            except RatesUnavailable:
                await asyncio.sleep(0.05)
    await connection.close()


async def test_two_processes_share_one_count(shared_redis: RedisServer) -> None:
    own = settings(shared_redis.address, timeout_seconds=5)
    one, other = RedisConnection(own), RedisConnection(own)

    allowed = [(await RedisRateLimits(each).take(SIGN_IN, "ann")).allowed for each in (one, other) * 10]

    assert sum(allowed) == 10
    await one.close()
    await other.close()


async def test_what_is_counted_is_forgotten_by_itself_and_tells_nobody_who_was_counted(
    shared_redis: RedisServer,
) -> None:
    connection = RedisConnection(settings(shared_redis.address, timeout_seconds=5))
    await RedisRateLimits(connection).take(SIGN_IN, "ann@example.org")

    async with connection.client() as client:
        (key,) = await client.keys(f"{connection.settings.prefix}:*")
        remaining = await client.pttl(key)
    await connection.close()

    assert b"ann" not in key
    assert 0 < remaining <= SIGN_IN.interval / timedelta(milliseconds=1)


async def test_operators_are_told_what_the_server_is(shared_redis: RedisServer) -> None:
    async with counting(shared_redis.address) as limits:
        assert (await limits.about()).startswith("Valkey 8.")
        assert (await limits.about()).endswith(f" at 127.0.0.1:{shared_redis.port}")


async def test_a_server_that_is_away_is_said_to_be_and_its_password_is_not() -> None:
    address = f"redis://:secret@127.0.0.1:{free_port()}/0"
    async with counting(address) as limits:
        with pytest.raises(RedisUnavailable) as refusal:
            await limits.about()

    assert "secret" not in refusal.value.message
    assert "secret" not in repr(settings(address))


async def test_a_server_that_nobody_mends_any_more_is_refused() -> None:
    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4096):
            body = b"# Server\r\nredis_version:5.0.14\r\n"
            writer.write(b"$%d\r\n%s\r\n" % (len(body), body))
        writer.close()

    port = free_port()
    server = await asyncio.start_server(old, "127.0.0.1", port)
    connection = RedisConnection(settings(f"redis://127.0.0.1:{port}/0"))
    try:
        with pytest.raises(RedisTooOld, match=r"5\.0\.14"):
            await connection.about()
    finally:
        server.close()
        await connection.close()


@pytest.mark.parametrize("address", ["", "localhost:6379", "http://x", "redis"])
def test_what_is_no_address_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(ValidationError):
        RedisSettings(server=address)
