"""While the search engine fails, searches are answered and everybody buys (all of it: ``./dev outages``)."""

from pathlib import Path

import pytest

from tests.outages.proxy import Fault
from tests.outages.searching import run


@pytest.mark.long
async def test_nobody_who_buys_notices_that_the_search_engine_is_away_and_searches_are_answered(tmp_path: Path) -> None:
    outages = await run(tmp_path, 2, (Fault.NONE, Fault.HANG, Fault.GARBAGE, Fault.REFUSE))

    assert [outage.name for outage in outages] == ["none", "hang", "garbage", "refuse"]
    assert [outage.bought for outage in outages] == [2, 2, 2, 2]
    assert [
        violation for outage in outages for violation in outage.violations if "checkouts took" not in violation
    ] == []
