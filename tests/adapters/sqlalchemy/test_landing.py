"""Seller pages on a real SQLite file."""

import pytest

from marketplace_adapters.sqlalchemy.engine import Database, counted
from marketplace_adapters.sqlalchemy.landing import SqlLandingReader, SqlPagesWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.conformance.landing import MIA, NOW, LandingGround, PagesConformance, a_page


@pytest.fixture
def ground(database: Database) -> LandingGround:
    return ground_of(database)


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
