"""Adapters are opened and held against what their port asks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings, load_adapter
from marketplace_entrypoints.composition import checking
from marketplace_entrypoints.composition.checking import Checked, check_adapters
from marketplace_entrypoints.composition.settings import Settings

SEARCH, PAYMENTS = "marketplace_core.search_engine", "marketplace_core.payment_provider"
MAILER, RATES = "marketplace_core.mailer", "marketplace_core.rate_limits"


@frozen
class Nothing:
    """There is nothing to set."""


def stands_in(monkeypatch: pytest.MonkeyPatch, group: str, change: Any) -> None:
    """Let what a plugin of a group opens be changed before it is looked at."""

    def load(wanted: str, name: str) -> AdapterPlugin[Any, Any]:
        plugin = load_adapter(wanted, name)
        if wanted != group:
            return plugin

        @asynccontextmanager
        async def changed(settings: Any, around: Surroundings) -> AsyncGenerator[Any]:
            async with plugin.open(settings, around) as opened:
                yield change(opened)

        return evolve(plugin, open=changed)

    monkeypatch.setattr(checking, "load_adapter", load)


async def checked(data: Path, **chosen: str) -> dict[str, Checked]:
    """Check the chosen ones and these."""
    settings = Settings(data=data)
    groups = settings.chosen() | {f"marketplace_core.{port}": name for port, name in chosen.items()}
    return {one.group: one for one in await check_adapters(settings, groups)}


async def test_what_comes_with_the_marketplace_is_fine(tmp_path: Path) -> None:
    found = await checked(tmp_path)

    assert found.keys() == Settings().chosen().keys()
    assert [one for one in found.values() if not one.is_fine or one.could_have] == []


async def test_one_that_is_not_there_does_not_hide_the_others(tmp_path: Path) -> None:
    found = await checked(tmp_path, video_host="mux")

    refused = [one for one in found.values() if not one.is_fine]
    assert [one.name for one in refused] == ["mux"]
    assert "Installed: ffmpeg" in str(refused[0].refusal)


async def test_what_a_port_asks_and_an_adapter_has_not_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HalfASearch:
        async def put(self) -> None:
            """Do nothing."""

    stands_in(monkeypatch, SEARCH, lambda _: HalfASearch())

    assert (await checked(tmp_path))[SEARCH].lacks == (
        "entries",
        "rebuilding",
        "remove",
        "set_up",
        "wrong_settings",
        "search",
    )


async def test_what_a_payment_provider_must_and_what_it_may_have_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(monkeypatch, PAYMENTS, lambda opened: evolve(opened, books=None, payouts=object()))

    found = (await checked(tmp_path))[PAYMENTS]

    assert found.could_have == ("books",)
    assert {"payouts.transfer", "payouts.pay_out", "payouts.reverse"} <= set(found.lacks)
    assert not [name for name in found.lacks if not name.startswith("payouts.")]


async def test_an_adapter_that_stumbles_is_told_with_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_: Any) -> Any:
        raise ZeroDivisionError("of its own")

    stands_in(monkeypatch, SEARCH, stumble)

    assert (await checked(tmp_path))[SEARCH].refusal == "ZeroDivisionError: of its own"


async def test_a_server_beside_us_says_what_it_is_or_why_it_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Beside:
        """A mailer with a server."""

        async def send(self) -> None:
            """Do nothing."""

        async def about(self) -> str:
            """Say so."""
            return "SMTP mail.example"

    class Away(Beside):
        """One that does not answer."""

        async def about(self) -> str:
            """Fail."""
            raise ConnectionError("nobody there")

    stands_in(monkeypatch, MAILER, lambda _: Beside())
    there = (await checked(tmp_path))[MAILER]
    stands_in(monkeypatch, MAILER, lambda _: Away())
    away = (await checked(tmp_path))[MAILER]

    assert (there.says, there.is_fine) == ("SMTP mail.example", True)
    assert (away.refusal, away.is_fine) == ("ConnectionError: nobody there", False)


async def test_with_a_redis_that_is_set_all_processes_count_together(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, redis="redis://10.0.0.9:6379/0", processes=4)

    assert Settings(data=tmp_path).chosen()[RATES] == "local"
    assert settings.chosen()[RATES] == "redis"
    assert settings.adapter("redis") == {"server": "redis://10.0.0.9:6379/0", "processes": 4}
    assert settings.adapter("local") == {"processes": 4}
    assert "10.0.0.9" not in repr(settings)
