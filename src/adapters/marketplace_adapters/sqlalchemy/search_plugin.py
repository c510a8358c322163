"""The plugin: ``fts5`` in the group ``marketplace_core.search_engine``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from attrs import frozen

from marketplace_adapters.sqlalchemy.engine import SqliteDatabase
from marketplace_adapters.sqlalchemy.search import SqlSearch
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


class DatabaseNotSqlite(InvalidInput):
    """This search engine lives in the marketplace's SQLite file, and there is none."""

    code = "search_engine.database_not_sqlite"


@frozen
class Fts5Settings:
    """There is nothing to set."""


@asynccontextmanager
async def _opened(_: Fts5Settings, around: Surroundings) -> AsyncGenerator[SqlSearch]:
    database = getattr(around.opened.get("marketplace_core.database"), "database", None)
    if not isinstance(database, SqliteDatabase):
        raise DatabaseNotSqlite("The search engine 'fts5' needs the database 'sqlite'.")
    yield SqlSearch(database)


plugin: Final = AdapterPlugin(
    summary="Full-text search with facets and typo tolerance, in the SQLite file itself",
    settings=Fts5Settings,
    open=_opened,
)
