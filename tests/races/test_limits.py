"""Everybody wants the same thing at the same moment: once each here, many times by `./dev race`."""

from collections.abc import Iterator

import pytest

from tests.entrypoints.running.processes import Running
from tests.races.ground import Ground, open_ground
from tests.races.limits import LIMITS, Limit


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Return a marketplace behind two doors, without a worker."""
    running = Running(tmp_path_factory.mktemp("races"))
    try:
        with open_ground(running) as opened:
            yield opened
    finally:
        running.close()


@pytest.mark.slow
@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.resource)
def test_nobody_gets_more_than_there_is(ground: Ground, limit: Limit) -> None:
    limit.race(ground)


def test_every_limit_is_named_once() -> None:
    assert len({limit.resource for limit in LIMITS}) == len({limit.race for limit in LIMITS}) == len(LIMITS)
