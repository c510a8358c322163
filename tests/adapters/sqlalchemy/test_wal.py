"""A file that several processes create at once becomes one that is written ahead, and what is wrong is told at once."""

import sqlite3
from pathlib import Path
from threading import Timer

import pytest

from marketplace_adapters.sqlalchemy.wal import switch_to_wal


def test_who_has_the_file_for_itself_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    second = sqlite3.connect(path, isolation_level=None, timeout=0)
    first.execute("BEGIN EXCLUSIVE")
    ended = Timer(0.2, lambda: first.execute("COMMIT"))
    ended.start()

    switch_to_wal(second)

    assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    ended.join()
    first.close()
    second.close()


def test_a_file_that_cannot_be_written_is_not_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE notes (words TEXT)")
    made.close()
    asked: list[str] = []
    opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    opened.set_trace_callback(asked.append)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        switch_to_wal(opened)

    assert len(asked) == 1
    opened.close()
