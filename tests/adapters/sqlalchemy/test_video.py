"""Videos in SQLite keep their promises."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marketplace_adapters.sqlalchemy.engine import counted, open_database
from marketplace_adapters.sqlalchemy.tables import machinery, video  # noqa: F401 - declares the tables
from marketplace_adapters.sqlalchemy.types import metadata
from marketplace_adapters.sqlalchemy.video import SqlVideoReader, SqlVideoWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.video import (
    POTTER,
    CaptionTextsConformance,
    VideoReaderConformance,
    VideosConformance,
    VideoStore,
    a_video,
    some_captions,
)


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


class TestSqlCaptionTexts(_OverSqlite, CaptionTextsConformance):
    pass


class TestEveryAnswer(_OverSqlite):
    async def test_takes_one_statement_captions_included(self, store: VideoStore) -> None:
        async with store.begin() as work:
            await work.videos.save(a_video(1))
            await work.captions.save(some_captions(1, "en"))

        for question in (
            store.reader.view(VideoId("vid_0001")),
            store.reader.of_seller(POTTER, None, PageRequest()),
            store.reader.captions(VideoId("vid_0001"), "en"),
        ):
            with counted() as count:
                await question
            assert count.statements == 1
