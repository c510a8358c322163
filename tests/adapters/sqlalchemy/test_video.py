"""Videos in SQLite keep their promises."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marketplace_adapters.sqlalchemy.engine import open_database
from marketplace_adapters.sqlalchemy.tables import machinery, video  # noqa: F401 - declares the tables
from marketplace_adapters.sqlalchemy.types import metadata
from marketplace_adapters.sqlalchemy.video import SqlVideoReader, SqlVideoWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.video import VideoReaderConformance, VideosConformance, VideoStore


class _OverSqlite:
    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[VideoStore]:
        async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as database:
            metadata.create_all(database.engine)
            yield VideoStore(begin=begin(database, SqlVideoWork), reader=SqlVideoReader(database))


class TestSqlVideos(_OverSqlite, VideosConformance):
    pass


class TestSqlVideoReader(_OverSqlite, VideoReaderConformance):
    pass
