"""One street per test."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from marketplace_core.bridges import policies
from tests.entrypoints.cli.music_shop import FurnishedFolder, furnish
from tests.entrypoints.web.street import Street, open_street, street_settings


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> FurnishedFolder:
    """Return the data folder of a street, of which every test takes a copy."""
    return furnish(street_settings(tmp_path_factory.mktemp("street")))


@pytest.fixture
async def street(tmp_path: Path, furnished: FurnishedFolder, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Street]:
    # The look at the terms in use, one statement in five seconds, falls on the first request and on no other.
    monkeypatch.setattr(policies, "LOOKS_AGAIN_AFTER", timedelta(days=1))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    async with open_street(furnished, tmp_path / "data") as opened:
        yield opened
    structlog.reset_defaults()
