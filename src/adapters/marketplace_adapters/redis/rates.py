"""Rate limits that all processes count together, and each for itself while Redis is away."""

import hashlib
from datetime import timedelta
from typing import Final, final

from marketplace_adapters.redis.connection import RedisConnection, RedisUnavailable
from marketplace_core.kernel.rates import Rate, RateLimits, RatesUnavailable, Verdict

TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local interval, times = tonumber(ARGV[1]), tonumber(ARGV[2])
local longest = interval * times
local before = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now), now + longest)
local after = before + interval
if after - now > longest + times then
    return {0, 0, after - now - longest, before - now}
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {1, math.floor((longest - (after - now)) / interval + 0.000001), 0, after - now}
"""
"""``marketplace_core.kernel.rates.taken``, at the server: on one clock, and one at a time."""
GIVE_BACK: Final = """
local full = redis.call('GET', KEYS[1])
if not full then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
full = tonumber(full) - tonumber(ARGV[1])
if full > now then
    redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
else
    redis.call('DEL', KEYS[1])
end
return 1
"""


@final
class RedisRateLimits(RateLimits):
    """A bucket per rate and subject; whoever is counted is named by a digest."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def take(self, rate: Rate, subject: str) -> Verdict:
        """Ask the server. Raises ``RatesUnavailable``."""
        allowed, left, wait, full_after = await self._told(TAKE, rate, subject, rate.times)
        return Verdict(
            allowed=bool(allowed),
            limit=rate.times,
            left=left,
            wait=timedelta(microseconds=wait),
            full_after=timedelta(microseconds=full_after),
        )

    async def give_back(self, rate: Rate, subject: str) -> None:
        """Tell the server. Raises ``RatesUnavailable``."""
        await self._told(GIVE_BACK, rate, subject)

    async def state(self) -> str:
        """Tell how the connection is."""
        return self._connection.state

    async def about(self) -> str:
        """Return what the server is. Raises ``RedisUnavailable``, ``RedisTooOld``."""
        return await self._connection.about()

    async def _told(self, script: str, rate: Rate, subject: str, *more: int) -> list[int]:
        key = f"{self._connection.settings.prefix}:rate:1:{rate.name}:{_digest(subject)}"
        interval = round(rate.interval / timedelta(microseconds=1))
        try:
            async with self._connection.client() as client:
                answer = await client.eval(script, 1, key, str(interval), *(str(one) for one in more))
                if script is GIVE_BACK:
                    return [int(answer)]
                allowed, left, wait, full_after = answer
                return [int(allowed), int(left), int(wait), int(full_after)]
        except RedisUnavailable as trouble:
            raise RatesUnavailable(trouble.message) from trouble


@final
class RatesWithFallback(RateLimits):
    """Asks those who count for everybody, and counts alone while they are away. Never fails.

    What is ``open_when_away`` is let through then.
    """

    def __init__(self, shared: RedisRateLimits, alone: RateLimits) -> None:
        self._shared = shared
        self._alone = alone

    async def take(self, rate: Rate, subject: str) -> Verdict:
        """Ask, or count alone."""
        try:
            return await self._shared.take(rate, subject)
        except RatesUnavailable:
            if rate.open_when_away:
                return Verdict(allowed=True, limit=rate.times, left=rate.times)
            return await self._alone.take(rate, subject)

    async def give_back(self, rate: Rate, subject: str) -> None:
        """Tell them, or count alone."""
        try:
            await self._shared.give_back(rate, subject)
        except RatesUnavailable:
            await self._alone.give_back(rate, subject)

    async def state(self) -> str:
        """Tell whether those who count for everybody answer."""
        return await self._shared.state()

    async def about(self) -> str:
        """Return what the server is. Raises ``RedisUnavailable``, ``RedisTooOld``."""
        return await self._shared.about()


def _digest(subject: str) -> str:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()[:32]
