"""Videos in SQL keep their promises."""

import pytest

from marketplace_adapters.sqlalchemy.engine import Database, counted
from marketplace_adapters.sqlalchemy.tables import machinery, video  # noqa: F401 - declares the tables
from marketplace_adapters.sqlalchemy.video import SqlVideoReader, SqlVideoWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.conformance.video import (
    POTTER,
    CaptionTextsConformance,
    VideoReaderConformance,
    VideosConformance,
    VideoStore,
    a_video,
    some_captions,
)


class _OverSql:
    @pytest.fixture
    def store(self, database: Database) -> VideoStore:
        return VideoStore(begin=begin(database, SqlVideoWork), reader=SqlVideoReader(database))


class TestSqlVideos(_OverSql, VideosConformance):
    pass


class TestSqlVideoReader(_OverSql, VideoReaderConformance):
    pass


class TestSqlCaptionTexts(_OverSql, CaptionTextsConformance):
    pass


class TestEveryAnswer(_OverSql):
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
