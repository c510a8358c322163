"""Changes that time will make: a row each, taken once when the clock has passed it."""

from attrs import frozen

from marketplace_adapters.fakepay.provider.institution import Session


@frozen
class DueChange:
    """Name a change (`kind`) to a thing (`subject`) whose time has come."""

    kind: str
    subject: str


def schedule(session: Session, *, kind: str, subject: str, after_seconds: int) -> int:
    """Plan a change of `subject` and return when it is due, in unix milliseconds."""
    due_at_ms = session.now_ms + after_seconds * 1_000
    session.db.execute(
        "INSERT INTO due_changes (kind, subject, due_at_ms) VALUES (?, ?, ?)", (kind, subject, due_at_ms)
    )
    return due_at_ms


def cancel(session: Session, subject: str) -> None:
    """Forget every change that was planned of one thing."""
    session.db.execute("DELETE FROM due_changes WHERE subject = ?", (subject,))


def is_any_due(session: Session) -> bool:
    """Say whether a change waits whose time has come."""
    row = session.db.execute(
        "SELECT EXISTS (SELECT 1 FROM due_changes WHERE due_at_ms <= ?) AS waits", (session.now_ms,)
    ).fetchone()
    return bool(row["waits"])


def is_due(session: Session, subject: str) -> bool:
    """Say whether a change of one thing waits whose time has come."""
    row = session.db.execute(
        "SELECT EXISTS (SELECT 1 FROM due_changes WHERE subject = ? AND due_at_ms <= ?) AS waits",
        (subject, session.now_ms),
    ).fetchone()
    return bool(row["waits"])


def take_due(session: Session, *, limit: int) -> list[DueChange]:
    """Remove and return the changes that are due, earliest first, at most `limit`, to be made in this transaction."""
    rows = session.db.execute(
        "SELECT seq, kind, subject FROM due_changes WHERE due_at_ms <= ? ORDER BY due_at_ms, seq LIMIT ?",
        (session.now_ms, limit),
    ).fetchall()
    session.db.executemany("DELETE FROM due_changes WHERE seq = ?", [(row["seq"],) for row in rows])
    return [DueChange(row["kind"], row["subject"]) for row in rows]


def take_due_of(session: Session, subject: str) -> list[DueChange]:
    """Remove and return the changes of one thing that are due."""
    rows = session.db.execute(
        "DELETE FROM due_changes WHERE subject = ? AND due_at_ms <= ? RETURNING kind", (subject, session.now_ms)
    ).fetchall()
    return [DueChange(row["kind"], subject) for row in rows]
