"""The whole test suite: the kit, and that the shelf keeps what was put on it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from marketplace_core.kernel.plugins import Surroundings, installed, load_adapter
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.search import SearchGround, SearchIndexConformance
from marketplace_core.testing.conformance.search_engine import SearchEngineConformance
from marketplace_core.testing.corpus import a_document

GROUP = "marketplace_core.search_engine"


def surroundings(folder: Path) -> Surroundings:
    """Return what the process would give to the adapter."""
    return Surroundings(
        data=folder,
        clock=FrozenClock(),
        ids=CountingIds(),
        base_url="http://shop.example",
        secret=lambda _: b"0" * 32,
        opened={},
    )


class _OnTheShelf:
    @pytest.fixture
    async def ground(self, tmp_path: Path) -> AsyncGenerator[SearchGround]:
        plugin = load_adapter(GROUP, "shelf")
        async with plugin.open(plugin.settings(), surroundings(tmp_path)) as search:
            yield SearchGround(index=search, engine=search)


class TestShelfIndex(_OnTheShelf, SearchIndexConformance):
    pass


class TestShelfEngine(_OnTheShelf, SearchEngineConformance):
    pass


def test_it_is_found_by_its_entry_point() -> None:
    assert installed(GROUP)["shelf"] == "marketplace-search-shelf"


async def test_what_was_put_is_found_after_a_restart(tmp_path: Path) -> None:
    plugin = load_adapter(GROUP, "shelf")
    async with plugin.open(plugin.settings(), surroundings(tmp_path)) as search:
        await search.put([a_document(1, "Guitar"), a_document(2, "Drum")])
        await search.remove(["prd_00002"])

    async with plugin.open(plugin.settings(), surroundings(tmp_path)) as search:
        assert await SearchGround(index=search, engine=search).numbers() == [1]
