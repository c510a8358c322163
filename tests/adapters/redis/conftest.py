"""A server for the tests of a session, and one of its own for a test that breaks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.redis.server import RedisServer


@pytest.fixture(scope="session")
def shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """Return a server that all tests share; each of them takes a prefix of its own."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """Return a server that a test may break."""
    server = RedisServer(tmp_path / "redis")
    server.start()
    yield server
    server.stop()
