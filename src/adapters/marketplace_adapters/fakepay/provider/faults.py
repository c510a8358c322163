"""What tests make go wrong with the next calls: no answer, a wrong answer, a broken line; before or after the effect.

A fault is kept in the books, named after the operation (`create_refund`, or `any`), and used up call by call.
"""

import sqlite3
from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.provider.institution import Provider, Session

FAULTS: Final = {
    "timeout_before": "Nothing happens, and no answer comes for `seconds`; then 504.",
    "timeout_after": "It happens, but no answer comes for `seconds`.",
    "error_before": "Nothing happens; the answer is 500.",
    "error_after": "It happens; the answer is 500 all the same.",
    "rate_limit": "Nothing happens; the answer is 429 with Retry-After: `seconds`.",
    "drop_before": "Nothing happens; the connection breaks in the middle of an answer.",
    "drop_after": "It happens; the connection breaks in the middle of the answer.",
    "in_flight": "It happens and the connection breaks; for `seconds` the same key gets 409, then the kept answer.",
}
ANY: Final = "any"
_WITHOUT_EFFECT: Final = frozenset({"timeout_before", "error_before", "rate_limit", "drop_before"})


@frozen
class Fault:
    """Name what goes wrong with one call, and how long."""

    kind: str
    seconds: int

    @property
    def prevents(self) -> bool:
        """Say that the call has no effect."""
        return self.kind in _WITHOUT_EFFECT


def plan(session: Session, *, operation: str, kind: str, times: int, seconds: int) -> None:
    """Let the next calls of an operation go wrong."""
    session.db.execute(
        "INSERT INTO scripted_faults (operation, fault, times_left, seconds) VALUES (?, ?, ?, ?)",
        (operation, kind, times, seconds),
    )


def take(provider: Provider, operation: str) -> Fault | None:
    """Use up one fault that is planned for this operation, the first planned first."""
    with provider.reading() as session:
        if _first(session.db, operation) is None:
            return None
    with provider.writing() as session:
        row = _first(session.db, operation)
        if row is None:
            return None
        if row["times_left"] == 1:
            session.db.execute("DELETE FROM scripted_faults WHERE seq = ?", (row["seq"],))
        else:
            session.db.execute("UPDATE scripted_faults SET times_left = times_left - 1 WHERE seq = ?", (row["seq"],))
        return Fault(row["fault"], row["seconds"])


def listed(session: Session) -> list[dict[str, object]]:
    """Return what is planned."""
    rows = session.db.execute("SELECT operation, fault, times_left AS times, seconds FROM scripted_faults ORDER BY seq")
    return [dict(row) for row in rows]


def forget(session: Session) -> None:
    """Plan nothing any more."""
    session.db.execute("DELETE FROM scripted_faults")


def _first(db: sqlite3.Connection, operation: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM scripted_faults WHERE operation IN (?, ?) ORDER BY seq LIMIT 1", (operation, ANY)
    ).fetchone()
    return found
