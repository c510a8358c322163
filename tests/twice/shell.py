"""A shell in which every command is typed twice."""

import json
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from attrs import define, field
from typer.main import get_command

from features.drivers.cli import CliDriver
from features.drivers.driver import Refused
from marketplace_entrypoints.cli.app import app
from tests.coherence import OURS, THEIRS

NEW_EACH_TIME: Final = frozenset({
    "cart add",
    "cart remove",
    "claim answer",
    "claim say",
    "debt take-back",
    "debt write-off",
    "product add-variant",
    "product create",
    "product picture",
    "product stock",
    "user guest",
    "video upload",
    "webhook replay",
    "webhook rotate",
    "webhook test",
})  # fmt: skip
"""Without a key of the caller's, who types these twice means it twice."""
WITH_A_KEY: Final = frozenset({"claim open", "order place", "refund give"})
"""They are typed twice with the key of the first time; without one they are meant anew."""
_WHEN: Final = frozenset({"version", "changed_at", "draft_saved_at", "due_at", "looked_until", "compared_at", "kept"})
"""Says how often or when something was saved last, or when a worker looks again."""
_MACHINERY: Final = frozenset(
    {
        "acts",
        "alembic_version",
        "consumed_messages",
        "idempotency_keys",
        "outbox",
        "provider_messages",
        "webhooks_deliveries",
    }
)
_THEIR_MONEY: Final = ("payments", "refunds", "transfers", "transfer_reversals", "payouts", "ledger_entries")


def leaves(command: Any = None, path: tuple[str, ...] = ()) -> list[str]:
    """Return every command there is, as it is typed."""
    command = get_command(app) if command is None else command
    if not hasattr(command, "commands"):
        return [" ".join(path)]
    return [leaf for name, below in command.commands.items() for leaf in leaves(below, (*path, name))]


COMMANDS: Final = tuple(sorted(leaves()))


@define
class Seen:
    """What was typed with success, and what the second time changed."""

    typed: set[str] = field(factory=set)
    changed: dict[str, dict[str, Counter[str]]] = field(factory=dict)
    """The rows that came or went with it, by command and table."""


class TwiceDriver(CliDriver):
    """The door of the command line, with somebody at it who types everything twice."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seen = Seen()

    def _ask(self, *words: str, person: str | None = None, rows_may_be_wrong: bool = False) -> Any:
        self._clock.advance(1)  # between the two time stands; before the next it goes on, and later names sort later
        answer = super()._ask(*words, person=person, rows_may_be_wrong=rows_may_be_wrong)
        name = next(leaf for leaf in COMMANDS if tuple(leaf.split()) == words[: len(leaf.split())])
        if name in WITH_A_KEY and "--key" not in words:
            return answer
        self.seen.typed.add(name)
        if name not in NEW_EACH_TIME:
            before = self._says()
            with suppress(Refused):
                super()._ask(*words, person=person, rows_may_be_wrong=rows_may_be_wrong)
            after = self._says()
            for table in before.keys() | after.keys():
                was, now = before.get(table, Counter()), after.get(table, Counter())
                if other := (was - now) + (now - was):
                    self.seen.changed.setdefault(name, {}).setdefault(table, Counter()).update(other)
        return answer

    def type(self, *words: str, person: str | None = None) -> Any:
        """Type any command, then let happen what follows from it."""
        return self._do(*words, person=person)

    def _says(self) -> dict[str, Counter[str]]:
        """Return all rows that say how things are, ours and the provider's money, by table."""
        with closing(sqlite3.connect(self._data / OURS)) as books:
            named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_fts_%'"
            ours = [name for (name,) in books.execute(named) if name not in _MACHINERY]
            said = {name: _rows(books, name) for name in ours}
        if (self._data / THEIRS).exists():
            with closing(sqlite3.connect(self._data / THEIRS)) as books:
                said |= {f"their {name}": _rows(books, name) for name in _THEIR_MONEY}
        return said


def _rows(books: sqlite3.Connection, table: str) -> Counter[str]:
    """Return the rows of a table."""
    cursor = books.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    kept = [index for index, name in enumerate(names) if name not in _WHEN]
    return Counter(json.dumps([row[index] for index in kept], default=repr) for row in cursor)
