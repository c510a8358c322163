"""The event bus is away while people buy: what waited is done by itself, in order and once (``./dev backlog``)."""

from pathlib import Path

import pytest

from tests.databases import Postgres
from tests.outages import backlog


@pytest.mark.long
async def test_what_waited_for_the_bus_is_done_by_itself_when_it_is_back(tmp_path: Path, postgres: Postgres) -> None:
    came = await backlog.run(tmp_path, postgres, seconds=20, rate=3, workers=1)

    print(came)
    assert len(came.seconds) >= 20
    assert came.waited >= len(came.seconds)
    assert came.violations == []
