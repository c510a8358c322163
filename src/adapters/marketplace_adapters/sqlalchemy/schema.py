"""Bring a database's schema to a revision, whoever else tries at the same time.

On SQLite all that is missing is one transaction. On PostgreSQL each revision is one, so that a revision may make its
indexes concurrently; it gives up soon when somebody else has what it wants to change, and is started again.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from marketplace_adapters.sqlalchemy.sqlite import SqliteDatabase

SCRIPTS: Final = Path(__file__).parent / "migrations"
FIRST_ON_POSTGRESQL: Final = "r0017"
"""The revision that makes the whole schema on PostgreSQL; those before it are SQLite's alone."""
_LOCK: Final = 0x6D61726B6574
"""Whoever changes the schema of a PostgreSQL database holds this advisory lock."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


@cache
def newest() -> str:
    """Return the newest revision; the scripts are looked through once."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


@cache
def knows(revision: str) -> bool:
    """Tell whether a revision is one of ours; one of a later version is not."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def _before_postgresql() -> str:
    before = ScriptDirectory.from_config(_config()).get_revision(FIRST_ON_POSTGRESQL).down_revision
    assert isinstance(before, str)
    return before


def reached(connection: Connection) -> str | None:
    """Return the revision that the database of a connection is at, or None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def current(database: SqliteDatabase) -> str | None:
    """Return the revision the database is at, or None before the first."""
    with database.engine.connect() as connection:
        return reached(connection)


def upgrade(database: SqliteDatabase, revision: str = "head") -> None:
    """Apply every revision that is missing. Nothing happens if there is none; a failure leaves the schema as it was."""
    _move(database, lambda config: command.upgrade(config, revision))


def downgrade(database: SqliteDatabase, revision: str) -> None:
    """Take revisions back, for tests of the migrations; ``base`` is the empty database."""
    _move(database, lambda config: command.downgrade(config, revision))


def _move(database: SqliteDatabase, steps: Callable[[Config], None]) -> None:
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 30000"))
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.commit()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            steps(_config(connection))
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def upgrade_postgresql(connection: Connection, revision: str = "head", *, lock_seconds: float = 2.0) -> None:
    """Apply every revision that is missing, as the owner of the schema.

    A revision that would have to wait longer than ``lock_seconds`` for a table fails and leaves the schema as the last
    one made it. Raises SQLAlchemy's ``DBAPIError``.
    """

    def steps(config: Config) -> None:
        if reached(connection) is None:
            connection.commit()
            command.stamp(config, _before_postgresql())
        connection.commit()
        command.upgrade(config, revision)

    _locked(connection, lock_seconds, steps)


def downgrade_postgresql(connection: Connection, revision: str) -> None:
    """Take revisions back, for tests of the migrations; ``base`` is the empty database."""

    def steps(config: Config) -> None:
        command.downgrade(config, _before_postgresql() if revision == "base" else revision)
        if revision == "base":
            command.stamp(config, "base")

    _locked(connection, 2.0, steps)


def _locked(connection: Connection, lock_seconds: float, steps: Callable[[Config], Any]) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
    connection.exec_driver_sql(f"SET lock_timeout = {round(lock_seconds * 1000)}")
    connection.commit()
    try:
        steps(_config(connection))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK})")
        connection.exec_driver_sql("RESET lock_timeout")
        connection.commit()
