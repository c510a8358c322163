"""What was asked of the stand-in and is not done yet: one after the other, on disk before anybody is told."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.adapters.meilisearch.standin.shelf import Refused, Shelf

TABLES: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS tasks (uid INTEGER PRIMARY KEY, body TEXT NOT NULL, asked TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS indexes (uid TEXT PRIMARY KEY, number INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (number INTEGER, id TEXT, body TEXT NOT NULL, PRIMARY KEY (number, id));
"""


def now() -> str:
    """Return the time as Meilisearch writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Warehouse:
    """All indexes and all tasks, in one file."""

    def __init__(self, file: Path) -> None:
        self._file = sqlite3.connect(file, isolation_level=None)
        self._file.executescript(TABLES)
        self.shelves: dict[str, Shelf] = {}
        self._numbers: dict[int, int] = {}
        for uid, number, body in self._file.execute("SELECT uid, number, body FROM indexes"):
            about = json.loads(body)
            shelf = Shelf(uid, about["created"])
            shelf.settings, shelf.updated = about["settings"], about["updated"]
            rows = self._file.execute("SELECT id, body FROM documents WHERE number = ? ORDER BY rowid", (number,))
            shelf.put([json.loads(row) for _, row in rows])
            self.shelves[uid], self._numbers[id(shelf)] = shelf, number

    def shelf(self, uid: str) -> Shelf:
        """Return an index. Raises ``Refused``."""
        if uid not in self.shelves:
            raise Refused("index_not_found", f"Index `{uid}` not found.")
        return self.shelves[uid]

    def enqueue(self, kind: str, uid: str | None, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Take a task down and promise to carry it out."""
        body: dict[str, Any] = {
            "indexUid": uid,
            "status": "enqueued",
            "type": kind,
            "enqueuedAt": now(),
            "details": {},
            "error": None,
        }
        said = (json.dumps(body), json.dumps(asked))
        number = self._file.execute("INSERT INTO tasks (body, asked) VALUES (?, ?)", said).lastrowid
        return {"taskUid": number, **{name: body[name] for name in ("indexUid", "status", "type", "enqueuedAt")}}

    def task(self, number: int) -> dict[str, Any]:
        """Return a task. Raises ``Refused``."""
        row = self._file.execute("SELECT body FROM tasks WHERE uid = ?", (number,)).fetchone()
        if row is None:
            raise Refused("task_not_found", f"Task `{number}` not found.")
        return {"uid": number, **json.loads(row[0])}

    def next_task(self) -> int | None:
        """Return the first task that nobody has carried out."""
        undecided = "SELECT uid FROM tasks WHERE json_extract(body, '$.status') IN ('enqueued', 'processing')"
        row = self._file.execute(f"{undecided} ORDER BY uid LIMIT 1").fetchone()
        return None if row is None else int(row[0])

    def begin(self, number: int) -> None:
        """Say that a task is being carried out."""
        self._note(number, status="processing", startedAt=now())

    def end(self, number: int, failure: Refused | None = None) -> None:
        """Carry a task out, or let it fail."""
        (asked,) = self._file.execute("SELECT asked FROM tasks WHERE uid = ?", (number,)).fetchone()
        task = self.task(number)
        self._file.execute("BEGIN")
        try:
            if failure is not None:
                raise failure
            self._carry_out(task["type"], task["indexUid"], json.loads(asked))
            self._note(number, status="succeeded", finishedAt=now())
        except Refused as refusal:
            error = {"message": str(refusal), "code": refusal.code, "type": "invalid_request", "link": ""}
            self._note(number, status="failed", finishedAt=now(), error=error)
        self._file.execute("COMMIT")

    def _note(self, number: int, **changes: Any) -> None:
        body = {name: value for name, value in self.task(number).items() if name != "uid"} | changes
        self._file.execute("UPDATE tasks SET body = ? WHERE uid = ?", (json.dumps(body), number))

    def _carry_out(self, kind: str, uid: str, asked: Any) -> None:
        match kind:
            case "indexCreation":
                if uid in self.shelves:
                    raise Refused("index_already_exists", f"Index `{uid}` already exists.")
                self._made(uid)
            case "indexDeletion":
                shelf = self.shelf(uid)
                shelf.close()
                del self.shelves[uid]
                self._file.execute("DELETE FROM indexes WHERE uid = ?", (uid,))
                self._file.execute("DELETE FROM documents WHERE number = ?", (self._numbers.pop(id(shelf)),))
            case "settingsUpdate":
                shelf = self.shelves.get(uid) or self._made(uid)
                shelf.set_up(asked)
                self._keep(shelf)
            case "documentAdditionOrUpdate":
                shelf = self.shelves.get(uid) or self._made(uid)
                shelf.put(asked)
                number = self._numbers[id(shelf)]
                rows = [(number, str(row["id"]), json.dumps(row)) for row in asked]
                self._file.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", rows)
                self._keep(shelf)
            case "documentDeletion":
                shelf = self.shelf(uid)
                gone = shelf.matching(asked["filter"])
                shelf.remove(gone)
                number = self._numbers[id(shelf)]
                self._file.executemany(
                    "DELETE FROM documents WHERE number = ? AND id = ?", [(number, one) for one in gone]
                )
                self._keep(shelf)
            case "indexSwap":
                for pair in asked:
                    one, other = (self.shelf(name) for name in pair["indexes"])
                    one.uid, other.uid = other.uid, one.uid
                    self.shelves |= {one.uid: one, other.uid: other}
                    self._keep(one)
                    self._keep(other)

    def _made(self, uid: str) -> Shelf:
        shelf = self.shelves[uid] = Shelf(uid, now())
        (number,) = self._file.execute("SELECT coalesce(max(number), 0) + 1 FROM indexes").fetchone()
        self._numbers[id(shelf)] = number
        self._keep(shelf)
        return shelf

    def _keep(self, shelf: Shelf) -> None:
        shelf.updated = now()
        body = json.dumps({"settings": shelf.settings, "created": shelf.created, "updated": shelf.updated})
        row = (shelf.uid, self._numbers[id(shelf)], body)
        self._file.execute("INSERT OR REPLACE INTO indexes VALUES (?, ?, ?)", row)
