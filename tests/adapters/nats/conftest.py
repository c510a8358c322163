"""A NATS server for the tests of a module."""

from collections.abc import Iterator

import pytest

from tests.adapters.nats.server import NatsServer


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    """Return a server that the tests of a module share; each of them takes a stream of its own, or wipes it."""
    server = NatsServer(tmp_path_factory.mktemp("nats"))
    server.start()
    yield server
    server.stop()
