"""Seller pages on a real SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from marketplace_adapters.sqlalchemy.engine import Database, counted, open_database
from marketplace_adapters.sqlalchemy.landing import SqlLandingReader, SqlPagesWork
from marketplace_adapters.sqlalchemy.tables.landing import pages, versions
from marketplace_adapters.sqlalchemy.types import metadata
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.landing import MIA, NOW, LandingGround, PagesConformance, a_page


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[LandingGround]:
    async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as database:
        metadata.create_all(database.engine, tables=[pages, versions, metadata.tables["outbox"]])
        yield ground_of(database)


def ground_of(database: Database) -> LandingGround:
    return LandingGround(begin=begin(database, SqlPagesWork), reader=SqlLandingReader(database))


class TestSqlPages(PagesConformance):
    @pytest.fixture
    def ground(self, ground: LandingGround) -> LandingGround:
        return ground


async def test_every_answer_takes_one_statement(ground: LandingGround) -> None:
    await ground.save(a_page())
    await ground.publish(MIA, "One", NOW)

    with counted() as count:
        await ground.reader.public_version(MIA)
        await ground.reader.draft(MIA)
        await ground.reader.version(MIA, 1)
        await ground.reader.versions(MIA, PageRequest())

    assert count.statements == 4
