"""One S3 server for all tests of a run; each test finds the bucket empty."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from marketplace_adapters.s3.plugin import plugin
from marketplace_adapters.s3.store import S3FileStore
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from tests.adapters.s3.server import S3Server


@pytest.fixture(scope="session")
def shared_s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """Return a server that all tests share."""
    server = S3Server(tmp_path_factory.mktemp("s3"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def s3(shared_s3: S3Server) -> Iterator[S3Server]:
    """Return the server with an empty bucket."""
    yield shared_s3
    shared_s3.empty()


@asynccontextmanager
async def opened(folder: Path, clock: Clock | None = None, **settings: Any) -> AsyncIterator[S3FileStore]:
    """Open a store by its plugin."""
    around = Surroundings(
        data=folder,
        clock=clock or FrozenClock(),
        ids=CountingIds(),
        base_url="http://shop.example",
        secret=lambda name: name.encode().ljust(32),
        opened={},
    )
    async with plugin.open(plugin.settings(**settings), around) as files:
        yield files


@pytest.fixture
async def parted(s3: S3Server, tmp_path: Path) -> AsyncIterator[S3FileStore]:
    """Return a store whose files come in parts of the least size there is."""
    async with opened(tmp_path, **s3.said(part_bytes=5 * 1024 * 1024)) as files:
        yield files
