"""The provider's own file: its schema, its connections, its transactions.

One writer at a time (`BEGIN IMMEDIATE`), any number of readers, every commit on the disk before it is answered. Several
processes may have the same file open.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Full, LifoQueue
from typing import final

from marketplace_adapters.fakepay.provider.schema import MIGRATIONS

BUSY_TIMEOUT_SECONDS = 5.0
IDLE_CONNECTIONS_MAX = 4
_APPLICATION_ID = 0x4650_4159  # "FPAY": tells our file from any other SQLite file
_WAL_TRIES = 50
_WAL_PAUSE_SECONDS = 0.05


class NotTheseBooks(Exception):
    """Say that a file exists but is not ours, or was written by a later version."""


@final
class Books:
    """Open the books at `path`, creating or migrating them; hand out transactions.

    Raises NotTheseBooks. A lock that stays taken for `busy_timeout_seconds` raises sqlite3.OperationalError.
    """

    def __init__(self, path: Path, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> None:
        self._path = path
        self._busy_timeout_seconds = busy_timeout_seconds
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue(IDLE_CONNECTIONS_MAX)
        # Client secrets are in there: nobody else on the machine reads it.
        path.touch(mode=0o600, exist_ok=True)
        with self._connection() as db:
            _prepare(db, path)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock; commit at the end, or undo everything on an exception."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Look at one consistent state of the books."""
        with self._transaction("BEGIN DEFERRED") as db:
            yield db

    def close(self) -> None:
        """Close the idle connections. The books stay usable: a later transaction opens a new one."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._connection() as db:
            db.execute(begin)
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                # SQLite itself already undid the transaction after some errors (disk full, for one).
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        # Kept open between transactions: closing the last connection would checkpoint and delete the write-ahead log.
        try:
            db = self._idle.get_nowait()
        except Empty:
            db = _connect(self._path, self._busy_timeout_seconds)
        try:
            yield db
        except sqlite3.Error:
            db.close()
            raise
        except BaseException:
            self._put_back(db)
            raise
        self._put_back(db)

    def _put_back(self, db: sqlite3.Connection) -> None:
        try:
            self._idle.put_nowait(db)
        except Full:
            db.close()


def _connect(path: Path, busy_timeout_seconds: float) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=busy_timeout_seconds, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.DatabaseError as error:
        db.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise NotTheseBooks(f"{path} is not a database") from error
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    # Asked in this order: whoever makes the books at this moment makes the tables and the mark at once.
    if _number(db, "SELECT count(*) FROM sqlite_schema") and _number(db, "PRAGMA application_id") != _APPLICATION_ID:
        raise NotTheseBooks(f"{path} belongs to another program")
    _switch_to_wal(db)
    db.execute("BEGIN IMMEDIATE")
    try:
        version = _number(db, "PRAGMA user_version")
        if version > len(MIGRATIONS):
            raise NotTheseBooks(f"{path} was written by a later version ({version} > {len(MIGRATIONS)})")
        for migration in MIGRATIONS[version:]:
            for statement in migration:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _switch_to_wal(db: sqlite3.Connection) -> None:
    # The switch needs the file for itself and does not wait for it: two processes that create the books would collide.
    for _ in range(_WAL_TRIES):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
        else:
            return
    db.execute("PRAGMA journal_mode = WAL")


def _number(db: sqlite3.Connection, statement: str) -> int:
    return int(db.execute(statement).fetchone()[0])
