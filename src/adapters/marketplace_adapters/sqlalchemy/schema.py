"""Bring a database's schema to a revision, in one transaction, whoever else tries at the same time."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from marketplace_adapters.sqlalchemy.engine import Database

SCRIPTS: Final = Path(__file__).parent / "migrations"


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


def current(database: Database) -> str | None:
    """Return the revision the database is at, or None before the first."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every revision that is missing. Nothing happens if there is none; a failure leaves the schema as it was."""
    _move(database, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, revision: str) -> None:
    """Take revisions back, for tests of the migrations; ``base`` is the empty database."""
    _move(database, lambda config: command.downgrade(config, revision))


def _move(database: Database, steps: Callable[[Config], None]) -> None:
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
