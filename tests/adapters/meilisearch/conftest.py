"""A stand-in for a Meilisearch server, once for all tests, and lines to it."""

from collections.abc import AsyncGenerator, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from marketplace_adapters.meilisearch.connection import MeilisearchSettings, open_connection
from marketplace_adapters.meilisearch.plugin import MeilisearchSearch
from tests.adapters.meilisearch.server import MeilisearchServer

NUMBERS: Final = count(1)


def settings_for(server: MeilisearchServer, **changes: object) -> MeilisearchSettings:
    """Return settings with an index of its own; times are long enough for a busy machine."""
    given = {"url": server.address, "index": f"products_{next(NUMBERS)}", "search_seconds": 10, "poll_seconds": 0.005}
    return MeilisearchSettings.model_validate(given | changes)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeilisearchServer]:
    """Return a server that all tests share; each has an index of its own in it."""
    server = MeilisearchServer(tmp_path_factory.mktemp("meilisearch"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MeilisearchServer]:
    """Return a server for one test, to do anything to."""
    server = MeilisearchServer(tmp_path / "meilisearch")
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def line(shared_server: MeilisearchServer) -> AsyncGenerator[MeilisearchSearch]:
    """Return an index that is not there yet, on the shared server, which has no troubles."""
    shared_server.be_wrong()
    async with open_connection(settings_for(shared_server)) as connection:
        yield MeilisearchSearch(connection)
    shared_server.be_wrong()
