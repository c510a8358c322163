"""Argon2id keeps the promises of the port, with OWASP's parameters and within bounds (S-05, S-07)."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median

import argon2
import pytest
from pydantic import ValidationError

from marketplace_adapters._threads import Overloaded
from marketplace_adapters.argon2.passwords import Argon2Passwords
from marketplace_adapters.argon2.plugin import Argon2Settings, plugin
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.credentials import PasswordsConformance

PASSWORD = "a night at the lake"


def around(data: Path) -> Surroundings:
    return Surroundings(
        data=data, clock=FrozenClock(), ids=CountingIds(), base_url="", secret=lambda name: b"", opened={}
    )


@pytest.fixture
async def passwords(tmp_path: Path) -> AsyncIterator[Argon2Passwords]:
    async with plugin.open(Argon2Settings(), around(tmp_path)) as opened:
        assert isinstance(opened, Argon2Passwords)
        yield opened


class TestArgon2Passwords(PasswordsConformance):
    @pytest.fixture
    def passwords(self, passwords: Argon2Passwords) -> Argon2Passwords:
        return passwords


async def test_the_parameters_are_owasps_and_stand_in_the_hash(passwords: Argon2Passwords) -> None:
    password_hash = await passwords.hash(PASSWORD)

    assert password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("other", [{"memory_kib": 8_192}, {"time_cost": 3}])
async def test_a_hash_under_other_parameters_still_verifies_and_is_outdated(
    passwords: Argon2Passwords, tmp_path: Path, other: dict[str, int]
) -> None:
    async with plugin.open(Argon2Settings(**other), around(tmp_path)) as elsewhere:
        password_hash = await elsewhere.hash(PASSWORD)

    assert await passwords.verify(PASSWORD, password_hash)
    assert passwords.outdated(password_hash)


@pytest.mark.parametrize(
    "password_hash",
    [
        "nonsense",
        "$argon2id$",
        "scrypt$00$00",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA",
    ],
)
async def test_a_damaged_or_foreign_hash_belongs_to_no_password(passwords: Argon2Passwords, password_hash: str) -> None:
    assert not await passwords.verify(PASSWORD, password_hash)


async def test_a_foreign_hash_is_outdated(passwords: Argon2Passwords) -> None:
    assert passwords.outdated("scrypt$00$00")


async def test_our_hash_is_read_by_the_library_alone(passwords: Argon2Passwords) -> None:
    password_hash = await passwords.hash("naïve 🦊 password")

    assert argon2.PasswordHasher().verify(password_hash, "naïve 🦊 password")


async def test_an_unknown_user_takes_as_long_as_a_wrong_password(passwords: Argon2Passwords) -> None:
    known = await passwords.hash(PASSWORD)
    times: dict[str | None, list[float]] = {known: [], None: []}

    for _ in range(15):
        for password_hash, taken in times.items():
            started = time.perf_counter()
            await passwords.verify("another password", password_hash)
            taken.append(time.perf_counter() - started)

    assert 0.5 < median(times[None]) / median(times[known]) < 2


async def test_a_crowd_is_served_two_at_a_time_and_the_rest_asked_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody_came, check = threading.Event(), argon2.PasswordHasher.verify

    def checked(hasher: argon2.PasswordHasher, *what: str) -> bool:
        assert everybody_came.wait(30)
        return check(hasher, *what)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", checked)
    settings = Argon2Settings(threads=2, waiting_max=4)
    async with plugin.open(settings, around(tmp_path)) as passwords:
        crowd = [asyncio.ensure_future(passwords.verify(PASSWORD, None)) for _ in range(20)]
        await asyncio.sleep(0.2)
        everybody_came.set()
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)

    assert sum(outcome is False for outcome in outcomes) == 6
    assert sum(isinstance(outcome, Overloaded) for outcome in outcomes) == 14


@pytest.mark.parametrize(
    "wrong", [{"memory_kib": 64}, {"threads": 0}, {"threads": 64}, {"time_cost": 0}, {"pepper": "x"}]
)
def test_dangerous_or_unknown_settings_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Argon2Settings(**wrong)
