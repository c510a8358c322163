"""The plugins: ``postgresql`` in ``marketplace_core.database``, ``tsvector`` in ``marketplace_core.search_engine``."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Final

import sqlalchemy
from attrs import frozen
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from sqlalchemy.exc import ProgrammingError

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.plugin import SqlPersistence, persistence
from marketplace_adapters.sqlalchemy.postgresql import Limits, PostgresDatabase, open_postgresql
from marketplace_adapters.sqlalchemy.roles import grant
from marketplace_adapters.sqlalchemy.search import SqlSearch
from marketplace_adapters.sqlalchemy.server_time import the_servers_time
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings

VERSION_MIN: Final = 15
_NOT_ALLOWED: Final = "42501"
_SCHEME: Final = re.compile(r"^postgres(ql)?(\+asyncpg)?://")


class DatabaseNotReady(InvalidInput):
    """The database is not one on which this version can work."""

    code = "storage.not_ready"


class DatabaseNotPostgresql(InvalidInput):
    """This search engine lives in the marketplace's PostgreSQL database, and there is none."""

    code = "search_engine.database_not_postgresql"


def _address(url: SecretStr) -> SecretStr:
    said = url.get_secret_value()
    if not _SCHEME.match(said):
        raise ValueError("an address is wanted that begins with postgresql://")
    return SecretStr(_SCHEME.sub("postgresql+asyncpg://", said))


Address = Annotated[SecretStr, AfterValidator(_address)]


class PostgresqlSettings(BaseModel):
    """Where the database is, who comes to it, and how long anybody waits there.

    ``url`` is the application's address, whose role may not change the schema; ``owner_url`` is that of the role which
    owns it, and is needed by ``marketplace db migrate`` alone. ``app_role`` is the name of the application's role.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: Address
    owner_url: Address | None = None
    app_role: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    connections_max: int = Field(default=10, ge=2, le=200)
    pool_wait_seconds: float = Field(default=2, gt=0, le=60)
    connect_seconds: float = Field(default=5, gt=0, le=60)
    statement_seconds: float = Field(default=3, gt=0, le=60)
    lock_seconds: float = Field(default=1, gt=0, le=60)
    idle_in_transaction_seconds: float = Field(default=10, gt=0, le=60)
    migration_lock_seconds: float = Field(default=2, gt=0, le=60)

    @property
    def limits(self) -> Limits:
        """Return the limits of the application."""
        return Limits(
            connections_max=self.connections_max,
            pool_wait_seconds=self.pool_wait_seconds,
            connect_seconds=self.connect_seconds,
            statement_seconds=self.statement_seconds,
            lock_seconds=self.lock_seconds,
            idle_in_transaction_seconds=self.idle_in_transaction_seconds,
        )

    @property
    def owner_limits(self) -> Limits:
        """Return those of whoever changes the schema: it may take long, and locks are limited revision by revision."""
        return Limits(
            connections_max=2,
            connect_seconds=self.connect_seconds,
            statement_seconds=0,
            lock_seconds=0,
            idle_in_transaction_seconds=0,
        )

    @property
    def application(self) -> str | None:
        """Return the role that the application comes by, if somebody named it."""
        return self.app_role or sqlalchemy.make_url(self.url.get_secret_value()).username


@asynccontextmanager
async def _opened(settings: PostgresqlSettings, around: Surroundings) -> AsyncGenerator[SqlPersistence]:
    opened = open_postgresql(
        settings.url.get_secret_value(), clock=around.clock, ids=around.ids, limits=settings.limits
    )
    async with opened as database:
        await database.apart(_look_whether_ready)
        async with the_servers_time(database, around.common_clock):
            yield persistence(database)


async def _migrated(settings: PostgresqlSettings, around: Surroundings) -> str:
    owner = (settings.owner_url or settings.url).get_secret_value()

    def move(connection: sqlalchemy.Connection) -> str:
        _look_whether_usable(connection)
        connection.commit()
        schema.upgrade_postgresql(connection, lock_seconds=settings.migration_lock_seconds)
        owned_by = sqlalchemy.make_url(owner).username
        if settings.application is not None and settings.application != owned_by:
            grant(connection, settings.application)
        return schema.newest()

    async with open_postgresql(owner, clock=around.clock, ids=around.ids, limits=settings.owner_limits) as database:
        try:
            return await database.apart(move)
        except ProgrammingError as failure:
            if getattr(failure.orig, "sqlstate", None) != _NOT_ALLOWED:
                raise
            raise DatabaseNotReady("Only the owner of the schema changes it: give owner_url.") from failure


def _look_whether_usable(connection: sqlalchemy.Connection) -> None:
    version, *_ = connection.dialect.server_version_info or (0,)
    if not isinstance(version, int) or version < VERSION_MIN:
        raise DatabaseNotReady(f"PostgreSQL {VERSION_MIN} or newer is needed; this server is {version}.")
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseNotReady(f"The database has to be encoded in UTF8; this one is in {encoding}.")


def _look_whether_ready(connection: sqlalchemy.Connection) -> None:
    """Refuse a schema that is older than this version; a newer one only adds to what this version knows."""
    _look_whether_usable(connection)
    present = schema.reached(connection)
    if present != schema.newest() and (present is None or schema.knows(present)):
        raise DatabaseNotReady(
            f"The schema is at revision {present or 'none'} and this version needs {schema.newest()}: "
            "run `marketplace db migrate` first.",
            revision=present,
            needed=schema.newest(),
        )


@frozen
class _Nothing:
    """There is nothing to set."""


@asynccontextmanager
async def _search_opened(_: _Nothing, around: Surroundings) -> AsyncGenerator[SqlSearch]:
    database = getattr(around.opened.get("marketplace_core.database"), "database", None)
    if not isinstance(database, PostgresDatabase):
        raise DatabaseNotPostgresql("The search engine 'tsvector' needs the database 'postgresql'.")
    yield SqlSearch(database)


plugin: Final = AdapterPlugin(
    summary="A database of a PostgreSQL server; its schema is brought up to date by `marketplace db migrate`",
    settings=PostgresqlSettings,
    open=_opened,
    migrate=_migrated,
)
search_plugin: Final = AdapterPlugin(
    summary="Full-text search with facets and typo tolerance, in the PostgreSQL database itself",
    settings=_Nothing,
    open=_search_opened,
)
