"""What is changed while the provider runs, kept in its books: its terms, and how far its clock is ahead."""

import sqlite3
from typing import Any, Final

from attrs import evolve

from marketplace_adapters.fakepay.provider.terms import TERM_NAMES, YES_OR_NO, Terms

CLOCK_AHEAD: Final = "clock_ahead_seconds"


def read(db: sqlite3.Connection) -> dict[str, int]:
    """Return every setting that was ever changed."""
    return {row["name"]: row["value"] for row in db.execute("SELECT name, value FROM settings")}


def change(db: sqlite3.Connection, name: str, value: int) -> None:
    """Remember a setting."""
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def forget_terms(db: sqlite3.Connection) -> None:
    """Go back to the terms the provider was opened with. The clock stays: time does not go backwards."""
    db.execute("DELETE FROM settings WHERE name <> ?", (CLOCK_AHEAD,))


def apply(terms: Terms, changed: dict[str, int]) -> Terms:
    """Return the terms with what was changed since."""
    known: dict[str, Any] = {
        name: bool(value) if name in YES_OR_NO else value for name, value in changed.items() if name in TERM_NAMES
    }
    return evolve(terms, **known) if known else terms
