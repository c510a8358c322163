"""A server for the tests of a session, and one of its own for a test that breaks it."""

from collections.abc import Iterator

import pytest

from tests.adapters.redis.server import RedisServer


@pytest.fixture(scope="session")
def shared_redis() -> Iterator[RedisServer]:
    """Return a server that all tests share; each of them takes a prefix of its own."""
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """Return a server that a test may break."""
    server = RedisServer()
    server.start()
    yield server
    server.stop()
