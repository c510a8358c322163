"""The write-ahead log of an SQLite file that several processes open."""

import sqlite3
import time
from typing import Final

_TRIES: Final = 50
_PAUSE_SECONDS: Final = 0.05


def switch_to_wal(db: sqlite3.Connection) -> None:
    """Have the file written ahead. Raises ``sqlite3.OperationalError``; a busy file is tried for 2.5 seconds.

    The switch needs the file for itself and does not wait for it: two processes that create it would collide.
    """
    for _ in range(_TRIES):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    db.execute("PRAGMA journal_mode = WAL")
