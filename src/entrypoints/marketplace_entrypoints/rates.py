"""How often somebody may try what can be guessed or flooded: who is counted, and what counts.

Behind one address of the fourth version there may be many people, so that addresses may try more than accounts. What
succeeds is not counted: people who know their password are never kept out by their own signing in.
"""

import ipaddress
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.identity import WrongCredentials, WrongPassword
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.rates import SUBJECT_LENGTH_MAX, Rate, RateLimits, TooOften, Verdict
from marketplace_core.orders import VoucherExhausted, VoucherNotApplicable

RATES: Final[Mapping[str, Rate]] = {
    rate.name: rate
    for rate in (
        Rate(name="sign_in", times=10, seconds=600),
        Rate(name="sign_in_from", times=100, seconds=600),
        Rate(name="voucher", times=20, seconds=600),
        Rate(name="voucher_from", times=100, seconds=600),
        Rate(name="join_from", times=200, seconds=3600),
        Rate(name="checkout", times=60, seconds=60, open_when_away=True),
    )
}
"""Wrong passwords for an account and from an address; wrong vouchers of a buyer and from an address; new accounts from
an address; orders of a buyer."""
MISSES: Final = (WrongCredentials, WrongPassword, VoucherNotApplicable, VoucherExhausted)
"""What counts. Everything else that goes wrong is nobody's guess."""
PREFIX_V6: Final = 64
"""Whoever has one address of the sixth version has all that begin like it."""


class UnknownRate(InvalidInput):
    """A rate is set that nothing is counted by."""

    code = "composition.unknown_rate"


class Timed(Protocol):
    """What a setting says of a rate."""

    @property
    def times(self) -> int:
        """How often."""
        ...

    @property
    def seconds(self) -> float:
        """In how long."""
        ...


def rates_of(settings: Mapping[str, Timed]) -> Mapping[str, Rate]:
    """Return the rates, as far as they are set otherwise. Raises ``UnknownRate``."""
    if unknown := sorted(set(settings) - set(RATES)):
        raise UnknownRate(f"There is no rate {unknown[0]!r}; there are {', '.join(sorted(RATES))}.")
    return {
        **RATES,
        **{
            name: Rate(name=name, times=often.times, seconds=often.seconds, open_when_away=RATES[name].open_when_away)
            for name, often in settings.items()
        },
    }


@frozen(kw_only=True)
class Tries:
    """Counts tries and refuses those that are too many."""

    limits: RateLimits
    rates: Mapping[str, Rate]

    @asynccontextmanager
    async def signing_in(self, email: str, host: str) -> AsyncGenerator[None]:
        """Let somebody try a password. Raises ``TooOften``."""
        async with self._trying(sign_in_from=host, sign_in=email.strip().casefold()):
            yield

    @asynccontextmanager
    async def voucher(self, buyer: str, host: str) -> AsyncGenerator[None]:
        """Let a buyer try a code. Raises ``TooOften``."""
        async with self._trying(voucher_from=host, voucher=buyer):
            yield

    async def join(self, host: str) -> None:
        """Let somebody open an account, or begin without one. Raises ``TooOften``."""
        await self._take("join_from", host)

    async def checkout(self, buyer: str) -> None:
        """Let a buyer order. Raises ``TooOften``, and only where somebody counts for all processes."""
        await self._take("checkout", buyer)

    @asynccontextmanager
    async def _trying(self, **subjects: str) -> AsyncGenerator[None]:
        """Count before, so that many at once are as many; give back what was no miss."""
        taken: list[tuple[str, str]] = []
        missed = False
        try:
            for name, subject in subjects.items():
                await self._take(name, subject)
                taken.append((name, subject))
            yield
        except MISSES:
            missed = True
            raise
        finally:
            if not missed:
                for name, subject in taken:
                    await self.limits.give_back(self.rates[name], _counted(subject))

    async def _take(self, name: str, subject: str) -> None:
        verdict = await self.limits.take(self.rates[name], _counted(subject))
        if not verdict.allowed:
            raise too_often(verdict)


def too_often(verdict: Verdict) -> TooOften:
    """Return the refusal that a verdict is, with how long to wait."""
    seconds = max(1, -int(-verdict.wait.total_seconds() // 1))
    return TooOften(
        f"That was tried too often. Wait {seconds} seconds, then try again.",
        retry_after_seconds=seconds,
        limit=verdict.limit,
        left=verdict.left,
        full_after_seconds=max(1, -int(-verdict.full_after.total_seconds() // 1)),
        wait_seconds=seconds,
    )


def host_of(client: tuple[str, int] | None) -> str:
    """Return who a request is counted as coming from."""
    if client is None:
        return "unknown"
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return client[0][:SUBJECT_LENGTH_MAX]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, PREFIX_V6), strict=False))
    return str(address)


def _counted(subject: str) -> str:
    return subject[:SUBJECT_LENGTH_MAX]
