"""While event bus, Redis or mail server fail everybody buys, and all happens once (all of it: ``./dev outages``)."""

from pathlib import Path

import pytest

from tests.outages import objects
from tests.outages.rig import run


@pytest.mark.slow
async def test_nobody_who_buys_notices_that_something_is_away_and_everything_arrives_after(tmp_path: Path) -> None:
    outages = await run(tmp_path, 3, all_of_them=False)

    assert [outage.name for outage in outages] == [
        "none",
        "bus hang",
        "redis hang",
        "smtp hang",
        "bus garbage",
        "bus wiped",
    ]
    assert [outage.bought for outage in outages] == [3] * 6
    assert [
        violation for outage in outages for violation in outage.violations if "checkouts took" not in violation
    ] == []


@pytest.mark.long
async def test_nobody_who_buys_notices_that_the_object_storage_hangs(tmp_path: Path) -> None:
    outages = await objects.run(tmp_path, 3, objects.SOME)

    assert [(outage.name, outage.bought) for outage in outages] == [("none", 3), ("hang", 3)]
    assert [
        violation for outage in outages for violation in outage.violations if "checkouts took" not in violation
    ] == []
