"""Dead letters and acts in memory."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, final

from attrs import evolve, frozen

from marketplace_core.inmemory.machinery import StoredMessage
from marketplace_core.inmemory.store import InMemoryWork, Store, StoredEvent, Table
from marketplace_core.inmemory.undelivered import backlog_of, stuck
from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.kernel.work import note_step
from marketplace_core.operations import (
    Backlog,
    DeadLetter,
    DeadLetterNotFound,
    LetterId,
    LetterKind,
    OperationsReader,
    PolicyVersion,
    Undelivered,
    Watch,
    checked_cursor,
    policy_cursor,
)
from marketplace_core.operations.ports import DeadLetters, OperationsWork, Policies, Watches


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
@frozen
class InMemoryPolicies(Policies):
    """A table of versions by number."""

    store: Store

    async def newest(self) -> PolicyVersion | None:
        """Return the last one."""
        return newest_policy(self.store)

    async def get(self, number: int) -> PolicyVersion | None:
        """Look it up."""
        found: PolicyVersion | None = self.store.table("policies").get(number)
        return found

    async def named(self, name: str) -> PolicyVersion | None:
        """Look through them."""
        versions: Table[PolicyVersion] = self.store.table("policies")
        return max((one for one in versions if one.name == name), key=lambda one: one.number, default=None)

    async def add(self, version: PolicyVersion) -> None:
        """Store it under its number."""
        versions: Table[PolicyVersion] = self.store.table("policies")
        if version.number in versions:
            raise ConcurrentUpdate(f"Version {version.number} of the terms of trade was stored by somebody else.")
        versions.put(version.number, version)
        note_step(f"store version {version.number} of the terms of trade, {version.name}")


@final
@frozen
class InMemoryWatches(Watches):
    """A table of watches by name."""

    store: Store

    async def get(self, name: str) -> Watch | None:
        """Look it up."""
        found: Watch | None = self.store.table("operations_watches").get(name)
        return found

    async def save(self, watch: Watch) -> None:
        """Store it."""
        self.store.save(self.store.table("operations_watches"), watch.name, watch)


@final
class InMemoryOperationsWork(InMemoryWork, OperationsWork):
    """The unit of work of operations on the store."""

    @property
    def watches(self) -> InMemoryWatches:
        """What is known to be wrong."""
        return InMemoryWatches(self.store)

    @property
    def letters(self) -> InMemoryDeadLetters:
        """The dead letters."""
        return InMemoryDeadLetters(self.store)

    @property
    def policies(self) -> InMemoryPolicies:
        """The versions of the terms of trade."""
        return InMemoryPolicies(self.store)


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

    async def backlogs(self, before: datetime) -> Sequence[Backlog]:
        """Count them."""
        found: dict[tuple[str, str], list[Undelivered]] = {}
        for one in stuck(self.store, before, before):
            found.setdefault((one.consumer, one.type), []).append(one)
        return [backlog_of(found[key]) for key in sorted(found)]

    async def undelivered(self, before: datetime, now: datetime, limit: int) -> Sequence[Undelivered]:
        """Sort and cut."""
        return stuck(self.store, before, now)[:limit]

    async def acts(self, page: PageRequest) -> Page[KeptAct]:
        """Sort and cut."""
        before = checked_cursor(page.cursor, "act_")
        kept: Table[KeptAct] = self.store.table("acts")
        found = sorted(
            (one for one in kept if before is None or one.act_id < before), key=lambda one: one.act_id, reverse=True
        )
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].act_id if len(found) > page.limit else None)

    async def policies(self, page: PageRequest) -> Page[PolicyVersion]:
        """Sort and cut."""
        before = policy_cursor(page.cursor)
        versions: Table[PolicyVersion] = self.store.table("policies")
        found = sorted(
            (one for one in versions if before is None or one.number < before), key=lambda one: one.number, reverse=True
        )
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=str(items[-1].number) if len(found) > page.limit else None)

    async def policy(self, number: int | None = None) -> PolicyVersion | None:
        """Look it up."""
        if number is None:
            return newest_policy(self.store)
        found: PolicyVersion | None = self.store.table("policies").get(number)
        return found


def newest_policy(store: Store) -> PolicyVersion | None:
    """Return the version of the terms of trade with the highest number."""
    versions: Table[PolicyVersion] = store.table("policies")
    return max(versions, key=lambda one: one.number, default=None)


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
