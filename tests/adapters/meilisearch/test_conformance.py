"""Meilisearch does what every search engine and every index must do; a stand-in of the project's own answers here."""

from importlib.metadata import version

import pytest

from marketplace_adapters.meilisearch.plugin import MeilisearchSearch
from marketplace_core.testing.conformance.search import SearchGround, SearchIndexConformance
from marketplace_core.testing.conformance.search_engine import SearchEngineConformance
from tests.adapters.meilisearch.server import MeilisearchServer
from tests.conformance import Met


class _OnTheStandIn:
    @pytest.fixture
    async def ground(self, shared_server: MeilisearchServer, line: MeilisearchSearch, met: Met) -> SearchGround:
        met("the stand-in, by Meilisearch's SDK", version("meilisearch"))
        await line.set_up()
        return SearchGround(index=line, engine=line)


class TestMeilisearchIndex(_OnTheStandIn, SearchIndexConformance):
    pass


class TestMeilisearchEngine(_OnTheStandIn, SearchEngineConformance):
    pass
