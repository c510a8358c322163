"""A stream that was lost is filled again from the outbox, on the real server; others know every event by its id."""

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client

from features.drivers.terminal import type_in
from marketplace_entrypoints.cli.app import app
from tests.adapters.nats.server import NatsServer
from tests.entrypoints.cli.music_shop import FurnishedFolder, quiet


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    server = NatsServer(tmp_path / "nats")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def folder(
    tmp_path: Path, furnished: FurnishedFolder, monkeypatch: pytest.MonkeyPatch, server: NatsServer
) -> Iterator[Path]:
    """Return a data folder whose events go over the bus from now on."""
    data = tmp_path / "data"
    furnished.copied_to(data)
    monkeypatch.setenv("MARKETPLACE_DATA", str(data))
    monkeypatch.setenv("MARKETPLACE_EVENT_BUS", "nats")
    monkeypatch.setenv("MARKETPLACE_ADAPTERS__NATS__SERVERS", server.address)
    with quiet():
        yield data


def outbox(data: Path) -> list[tuple[str, str, int]]:
    """Return what was published: the id, the aggregate and the number of every event."""
    with closing(sqlite3.connect(data / "marketplace.sqlite")) as books:
        return books.execute("SELECT event_id, aggregate_id, aggregate_seq FROM outbox ORDER BY id").fetchall()


async def heard(server: NatsServer) -> list[tuple[str, str, int]]:
    """Return what another program hears that begins to listen now."""
    client = Client()
    await client.connect(server.address)
    try:
        jetstream = client.jetstream()
        number = (await jetstream.stream_info("MARKETPLACE")).state.messages
        listening = await jetstream.pull_subscribe("marketplace.>", stream="MARKETPLACE")
        messages = await listening.fetch(number) if number else []
        found = [message.headers or {} for message in messages]
        return [(each["ce-id"], each["ce-subject"], int(each["ce-sequence"])) for each in found]
    finally:
        await client.close()


def rebuilt(*options: str) -> dict[str, Any]:
    """Have it filled again."""
    ended = type_in(app, "events", *options, "--reason", "The disk broke.", "--json")
    assert ended.exit_code == 0, ended.output
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def test_a_lost_stream_is_filled_again_with_the_same_events_in_order(folder: Path, server: NatsServer) -> None:
    before = outbox(folder)
    assert asyncio.run(_stream_is_there(server)) is False

    assert rebuilt("rebuild") == {"events": len(before)}
    server.stop()
    server.wipe()
    server.start()
    assert rebuilt("rebuild") == {"events": len(before)}

    found = asyncio.run(heard(server))
    assert sorted(found) == sorted(before)
    numbers: dict[str, list[int]] = defaultdict(list)
    for _, aggregate, number in found:
        numbers[aggregate].append(number)
    assert all(each == sorted(each) for each in numbers.values())


def test_a_rehearsal_says_what_it_would_ask_and_nothing_is_sent(folder: Path, server: NatsServer) -> None:
    ended = type_in(app, "events", "rebuild", "--dry-run", "--json")

    assert json.loads(ended.stdout)["asks"] == "event bus publish"
    assert asyncio.run(_stream_is_there(server)) is False


def test_without_a_bus_there_is_nothing_to_fill(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_EVENT_BUS", "outbox")

    ended = type_in(app, "events", "rebuild", "--reason", "Why not.", "--json")

    assert (ended.exit_code, json.loads(ended.stderr)["code"]) == (6, "operations.no_event_bus")


def test_a_server_that_is_away_is_said_to_be(folder: Path, server: NatsServer) -> None:
    server.stop()

    ended = type_in(app, "events", "rebuild", "--reason", "Try.", "--json")

    assert (ended.exit_code, json.loads(ended.stderr)["code"]) == (8, "kernel.bus_unavailable")


async def _stream_is_there(server: NatsServer) -> bool:
    client = Client()
    await client.connect(server.address)
    try:
        return any(stream.config.name == "MARKETPLACE" for stream in await client.jetstream().streams_info())
    finally:
        await client.close()


@pytest.fixture
def alone(tmp_path: Path, furnished: FurnishedFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a data folder without a bus."""
    data = tmp_path / "data"
    furnished.copied_to(data)
    monkeypatch.setenv("MARKETPLACE_DATA", str(data))
    with quiet():
        yield data


def waited(data: Path, hours: int) -> None:
    """Let one event of those that were delivered have waited for so long instead, untried."""
    then = (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    change = (
        "UPDATE outbox SET reacted_at = NULL, published_at = NULL, attempts = 0, taken_until = NULL,"
        " occurred_at = ?, available_at = ? WHERE id = 1"
    )
    with closing(sqlite3.connect(data / "marketplace.sqlite")) as books, books:
        books.execute(change, (then, then))


def test_where_everything_was_delivered_the_command_says_so(alone: Path) -> None:
    ended = type_in(app, "events", "undelivered")

    assert (ended.exit_code, "Nothing is stuck" in ended.stdout) == (0, True)


def test_what_is_stuck_is_told_with_what_moves_it_next_and_ends_with_1(alone: Path) -> None:
    waited(alone, hours=3)

    told = type_in(app, "events", "undelivered")
    ended = type_in(app, "events", "undelivered", "--json")
    young = type_in(app, "events", "undelivered", "--older-than", "4h", "--json")

    found = json.loads(ended.stdout)
    assert (told.exit_code, ended.exit_code, young.exit_code) == (1, 1, 0)
    assert "moved next by a worker, at its next turn" in told.stdout
    assert [(one["consumer"], one["waiting"]) for one in found["backlogs"]] == [("relay", 1)]
    assert [one["moved_by"] for one in found["letters"]] == ["worker"]
    assert json.loads(young.stdout)["letters"] == []


@pytest.mark.parametrize("age", ["", "1", "1w", "-1h", "1h30m"])
def test_an_age_that_is_none_is_refused(alone: Path, age: str) -> None:
    assert type_in(app, "events", "undelivered", "--older-than", age).exit_code == 2
