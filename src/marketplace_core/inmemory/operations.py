"""Dead letters and acts in memory."""

from datetime import datetime
from typing import Any, final

from attrs import evolve, frozen

from marketplace_core.inmemory.machinery import StoredMessage
from marketplace_core.inmemory.store import InMemoryWork, Store, StoredEvent, Table
from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.operations import (
    DeadLetter,
    DeadLetterNotFound,
    LetterId,
    LetterKind,
    OperationsReader,
    checked_cursor,
)
from marketplace_core.operations.ports import DeadLetters, OperationsWork


@final
@frozen
class InMemoryDeadLetters(DeadLetters):
    """The rows of both boxes that are in quarantine."""

    store: Store

    async def replay(self, letter: LetterId) -> None:
        """Make it as it was at first."""
        self._change(letter, quarantined=False, attempts=0, retry_at=None)

    async def discard(self, letter: LetterId) -> None:
        """Mark it as done; it stays in quarantine."""
        done = ("published_at", "reacted_at") if letter.kind is LetterKind.EVENT else ("processed_at",)
        self._change(letter, **dict.fromkeys(done, self.store.clock.now()))

    def _change(self, letter: LetterId, **changes: Any) -> None:
        for key, one in dead(self.store):
            if one.letter_id == str(letter):
                table: Table[Any] = self.store.table("outbox" if letter.kind is LetterKind.EVENT else "inbox")
                row: Any = table.get(key)
                table.put(key, evolve(row, **changes))
                return
        raise DeadLetterNotFound("There is no such letter.")


@final
class InMemoryOperationsWork(InMemoryWork, OperationsWork):
    """The unit of work of operations on the store."""

    @property
    def letters(self) -> InMemoryDeadLetters:
        """The dead letters."""
        return InMemoryDeadLetters(self.store)


@final
@frozen
class InMemoryOperationsReader(OperationsReader):
    """Lists the same tables."""

    store: Store

    async def dead_letters(self, page: PageRequest) -> Page[DeadLetter]:
        """Sort and cut."""
        after = checked_cursor(page.cursor, *(f"{kind.value}:" for kind in LetterKind)) or ""
        found = sorted((one for _, one in dead(self.store) if one.letter_id > after), key=lambda one: one.letter_id)
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].letter_id if len(found) > page.limit else None)

    async def acts(self, page: PageRequest) -> Page[KeptAct]:
        """Sort and cut."""
        before = checked_cursor(page.cursor, "act_")
        kept: Table[KeptAct] = self.store.table("acts")
        found = sorted(
            (one for one in kept if before is None or one.act_id < before), key=lambda one: one.act_id, reverse=True
        )
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].act_id if len(found) > page.limit else None)


def dead(store: Store) -> list[tuple[Any, DeadLetter]]:
    """Return what lies in quarantine, with the keys of its rows."""
    events: Table[StoredEvent] = store.table("outbox")
    messages: Table[StoredMessage] = store.table("inbox")
    found: list[tuple[Any, DeadLetter]] = [
        (
            row.envelope.event_id,
            _letter(
                LetterId(LetterKind.EVENT, row.envelope.event_id),
                type(row.envelope.event).__name__,
                f"{row.envelope.aggregate_type} {row.envelope.aggregate_id}",
                row,
                row.envelope.occurred_at,
            ),
        )
        for row in events
        if row.quarantined and row.reacted_at is None
    ]
    found += [
        (
            (row.message.provider, row.message.message_id),
            _letter(
                LetterId(LetterKind.MESSAGE, f"{row.message.provider}:{row.message.message_id}"),
                row.message.type,
                f"{row.message.subject} {row.message.reference}",
                row,
                row.received_at,
            ),
        )
        for row in messages
        if row.quarantined and row.processed_at is None
    ]
    return found


def _letter(name: LetterId, kind: str, about: str, row: StoredEvent | StoredMessage, since: datetime) -> DeadLetter:
    return DeadLetter(
        letter_id=str(name),
        kind=name.kind,
        type=kind,
        about=about,
        attempts=row.attempts,
        error=row.last_error or "",
        since=since,
    )
