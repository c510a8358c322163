"""Search in a real SQLite file: FTS5, facets, typos, and what happens to hostile text."""

import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_adapters.sqlalchemy.postgresql_plugin import search_plugin
from marketplace_adapters.sqlalchemy.search import SqlSearch
from marketplace_adapters.sqlalchemy.search_plugin import DatabaseNotSqlite, Fts5Settings, plugin
from marketplace_adapters.sqlalchemy.search_query import _distance
from marketplace_adapters.sqlalchemy.search_words import match_of
from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.search import Sort, Term, corrections, damerau_levenshtein, terms_of
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.search import (
    SearchGround,
    SearchIndexConformance,
)
from marketplace_core.testing.conformance.search_engine import CORPUS_SIZE, SearchEngineConformance
from marketplace_core.testing.corpus import a_document, corpus


@pytest.fixture
def ground(database: Database) -> SearchGround:
    search = SqlSearch(database)
    return SearchGround(index=search, engine=search)


class TestSqlSearchIndex(SearchIndexConformance):
    @pytest.fixture
    def ground(self, ground: SearchGround) -> SearchGround:
        return ground


class TestSqlSearchEngine(SearchEngineConformance):
    @pytest.fixture
    def ground(self, ground: SearchGround) -> SearchGround:
        return ground


@given(st.text(max_size=200))
def test_whatever_is_searched_for_is_one_quoted_string_per_word(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, tokenize = 'ascii')")
    terms = terms_of(text)
    connection.execute("INSERT INTO words VALUES (?)", (" ".join(term.word for term in terms),))

    found = connection.execute(
        "SELECT count(*) FROM words WHERE words MATCH ?", (match_of([(term, (term.stem,)) for term in terms]) or '""',)
    ).fetchone()

    connection.close()
    assert found == (1 if terms else 0,)


def test_even_a_word_that_could_not_come_from_a_query_stays_inside_its_quotes() -> None:
    hostile = Term('x" OR title : "y', 'x" OR NEAR("y')

    said = match_of([(hostile, (hostile.stem,))])

    assert said == '("x"" OR title : ""y" OR "x"" OR NEAR(""y" *)'


@given(st.text("abcdeи", min_size=1, max_size=9), st.text("abcdeи", max_size=9), st.integers(0, 2))
def test_the_fast_distance_is_the_cores_distance(one: str, other: str, limit: int) -> None:
    assert _distance(one, other, limit) == damerau_levenshtein(one, other, limit)
    assert corrections(one, [other], _distance) == corrections(one, [other])


async def test_a_search_takes_one_statement_and_a_corrected_one_three(ground: SearchGround) -> None:
    await ground.index.put(corpus(CORPUS_SIZE))

    with counted() as plain:
        assert (await ground.find("ukulele", in_stock=True, category="guitars", sort=Sort.PRICE_UP)).total
    with counted() as corrected:
        assert (await ground.find("ukuelle", in_stock=True, category="guitars")).total
    with counted() as nothing:
        assert not (await ground.find("zzzzz")).total

    assert (plain.statements, corrected.statements) == (1, 3)
    assert nothing.statements <= 3


async def test_it_finds_what_the_search_in_memory_finds(ground: SearchGround) -> None:
    store = Store(FrozenClock(), CountingIds())
    reference = InMemorySearch(store)
    memory = SearchGround(index=reference, engine=reference)
    documents = corpus(CORPUS_SIZE)
    await ground.index.put(documents)
    await memory.index.put(documents)
    chance = random.Random(7)
    vocabulary = ["guitar", "гитара", "gutiar", "vint", "старинный", "copper", "барбан", "lamp", "café", "L", "0042"]
    for _ in range(60):
        text = " ".join(chance.sample(vocabulary, chance.randrange(0, 3)))
        asked = {
            "category": chance.choice([None, None, "guitars", "home", "cat_drums"]),
            "seller": chance.choice([None, None, "lavka", "sel_0003"]),
            "price_min": chance.choice([None, None, Money(20_000, "EUR")]),
            "price_max": chance.choice([None, Money(70_000, "EUR")]),
            "in_stock": chance.random() < 0.3,
            "has_video": chance.random() < 0.3,
            "sort": chance.choice([Sort.NEWEST, Sort.PRICE_UP, Sort.PRICE_DOWN]),
            "limit": chance.choice([5, 100]),
        }

        found, expected = await ground.find(text, **asked), await memory.find(text, **asked)

        assert (found.hits, found.facets, found.total) == (expected.hits, expected.facets, expected.total), (
            text,
            asked,
        )
        assert bool(found.next_cursor) == bool(expected.next_cursor)


async def test_putting_joins_the_open_transaction_and_disappears_with_it(
    database: Database, ground: SearchGround
) -> None:
    async def fail_after_putting() -> None:
        async with database.transaction():
            await ground.index.put([a_document(1)])
            assert await ground.numbers("guitar") == [1]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_putting()

    assert await ground.numbers("guitar") == []
    assert await ground.numbers() == []


async def test_nothing_is_left_of_what_was_replaced_or_removed(database: Database, ground: SearchGround) -> None:
    documents = corpus(50)
    for _ in range(3):
        await ground.index.put(documents)
    await ground.index.remove([document.product_id for document in documents[10:]])

    counted_ones = " UNION ALL ".join(
        f"SELECT count(DISTINCT {number}) AS found FROM {name}"
        for name, number in {
            "search_documents": "number",
            "search_fts": "rowid" if database.dialect == "sqlite" else "number",
            "search_categories": "number",
        }.items()
    )
    assert [row.found for row in await database.reader.rows(text(counted_ones))] == [10, 10, 10]
    if database.dialect == "postgresql":
        stray = text("SELECT term FROM search_fts_vocabulary WHERE number NOT IN (SELECT number FROM search_documents)")
        assert list(await database.reader.rows(stray)) == []


async def test_the_index_in_a_file_is_whole_after_that(file: SqliteDatabase) -> None:
    search, documents = SqlSearch(file), corpus(50)
    for _ in range(3):
        await search.put(documents)
    await search.remove([document.product_id for document in documents[10:]])

    with file.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO search_fts (search_fts) VALUES ('integrity-check')")


def surroundings(tmp_path: Path, **opened: object) -> Surroundings:
    clock = FrozenClock(datetime(2026, 1, 1, tzinfo=UTC))
    return Surroundings(
        data=tmp_path,
        clock=clock,
        ids=CountingIds(),
        base_url="http://localhost",
        secret=lambda _: b"",
        opened={f"marketplace_core.{name}": adapter for name, adapter in opened.items()},
    )


@pytest.mark.parametrize("opened", [{}, {"database": object()}])
async def test_without_the_sqlite_database_the_plugin_says_what_it_needs(
    tmp_path: Path, opened: dict[str, object]
) -> None:
    with pytest.raises(DatabaseNotSqlite):
        await plugin.open(Fts5Settings(), surroundings(tmp_path, **opened)).__aenter__()


async def test_the_plugin_searches_in_the_database_that_is_open(tmp_path: Path, database: Database) -> None:
    class Persistence:
        def __init__(self) -> None:
            self.database = database

    around = surroundings(tmp_path, database=Persistence())
    on_file = isinstance(database, SqliteDatabase)
    opened = plugin.open(Fts5Settings(), around) if on_file else search_plugin.open(search_plugin.settings(), around)
    async with opened as search:
        await search.put([a_document(1)])
        ground = SearchGround(index=search, engine=search)

        assert await ground.numbers("guitar") == [1]
