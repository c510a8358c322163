"""Outbox, inbox, deadlines, consumed messages and idempotency keys in memory."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import attrs
from attrs import frozen

from marketplace_core.inmemory.store import Store, StoredEvent, Table
from marketplace_core.kernel.deadlines import Deadline, DueDeadlines
from marketplace_core.kernel.errors import IdempotencyInProgress, IdempotencyKeyReused
from marketplace_core.kernel.idempotency import KEEP_HOURS, LEASE_SECONDS, Claimed, Completed, IdempotencyKeys
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.messages import Command, Envelope
from marketplace_core.kernel.outbox import LATE_MAX, ConsumedMessages, Outbox, OutboxState, Unreacted
from marketplace_core.kernel.queues import KEPT_SECONDS, Begun


class InMemoryOutbox(Outbox):
    """The relay's view of the stored events."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[StoredEvent] = store.table("outbox")

    async def waiting(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Offer the first unpublished event of each aggregate that is due."""
        return [(row.envelope, row.attempts) for row in islice(self._offered(now), limit)]

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Envelope] | None:
        """Mark the first of them."""
        for row in self._offered(now):
            if _is_left(row.kept_until, now) if left else row.kept_until is None:
                self._change(row.envelope.event_id, attempts=row.attempts + 1, kept_until=_kept(now))
                return Begun(item=row.envelope, attempts=row.attempts)
        return None

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return any(_is_left(row.kept_until, now) for row in self._offered(now))

    async def published(self, event_ids: Sequence[EventId], now: datetime, react_by: datetime | None = None) -> None:
        """Mark the events."""
        for event_id in event_ids:
            row = self._rows.get(event_id)
            if row and react_by is None:
                self._change(event_id, published_at=row.published_at or now, reacted_at=row.reacted_at or now)
            elif row:
                retry_at = row.retry_at if row.attempts else react_by
                self._change(event_id, published_at=row.published_at or now, retry_at=retry_at)

    async def failed(self, event_id: EventId, error: str, retry_at: datetime | None, *, counted: bool = False) -> None:
        """Count the attempt, or quarantine."""
        row = self._rows.get(event_id)
        if row and row.reacted_at is None:
            attempts, given_up = row.attempts + (not counted), retry_at is None
            changes = {"attempts": attempts, "retry_at": retry_at, "quarantined": given_up, "last_error": error}
            self._change(event_id, kept_until=None, **changes)

    async def reacted(self, event_id: EventId, now: datetime) -> None:
        """Mark the event."""
        row = self._rows.get(event_id)
        if row:
            self._change(event_id, reacted_at=row.reacted_at or now)

    async def unreacted(self, aggregate_type: str, aggregate_id: str, up_to: int | None = None) -> Sequence[Unreacted]:
        """Look through the rows of the aggregate."""
        return [
            _unreacted(row)
            for row in self._rows
            if (row.envelope.aggregate_type, row.envelope.aggregate_id) == (aggregate_type, aggregate_id)
            and (up_to is None or row.envelope.sequence <= up_to)
            and _waits(row)
        ]

    async def overdue(self, now: datetime, limit: int) -> Sequence[Unreacted]:
        """Offer the first unreacted event of each aggregate that was published and is due."""
        first: dict[tuple[str, str], StoredEvent] = {}
        for row in self._rows:
            if _waits(row):
                first.setdefault((row.envelope.aggregate_type, row.envelope.aggregate_id), row)
        due = (row for row in first.values() if row.published_at and _unreacted(row).available_at <= now)
        return [_unreacted(row) for row in due][:limit]

    async def claim(self, event: Unreacted, until: datetime) -> bool:
        """Count the attempt if nobody has meanwhile."""
        row = self._rows.get(event.envelope.event_id)
        if row is None or not _waits(row) or _unreacted(row) != event:
            return False
        self._change(event.envelope.event_id, attempts=row.attempts + 1, retry_at=until)
        return True

    async def given_out(self, since: datetime, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Look through the published rows."""
        envelopes = [row.envelope for row in self._rows if row.published_at and row.envelope.occurred_at >= since]
        names = [envelope.event_id for envelope in envelopes]
        start = names.index(after) + 1 if after is not None else 0
        return envelopes[start : start + limit]

    async def unannounced(self, limit: int) -> Sequence[Envelope]:
        """Look through the rows."""
        return [row.envelope for row in self._rows if not row.is_announced][:limit]

    async def announced(self, event_ids: Sequence[EventId]) -> None:
        """Mark the events."""
        for event_id in event_ids:
            self._change(event_id, is_announced=True)

    async def tail(self, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Cut it off."""
        envelopes = [row.envelope for row in self._rows]
        if after is None:
            return envelopes[-limit:]
        names = [envelope.event_id for envelope in envelopes]
        if after not in names:
            return []
        start = names.index(after) + 1
        return envelopes[max(start - LATE_MAX, 0) : start + limit]

    async def state(self) -> OutboxState:
        """Count the rows."""
        waiting = [row for row in self._rows if _waits(row)]
        return OutboxState(
            waiting=len(waiting),
            quarantined=sum(row.quarantined and row.reacted_at is None for row in self._rows),
            oldest_waiting_at=min((row.envelope.occurred_at for row in waiting), default=None),
            unpublished=sum(row.published_at is None for row in waiting),
        )

    def _offered(self, now: datetime) -> Iterator[StoredEvent]:
        held: set[tuple[str, str]] = set()
        for row in self._rows:
            aggregate = (row.envelope.aggregate_type, row.envelope.aggregate_id)
            if row.published_at or row.quarantined or aggregate in held:
                continue
            held.add(aggregate)
            if row.retry_at is None or row.retry_at <= now:
                yield row

    def _change(self, event_id: EventId, **changes: Any) -> None:
        row = self._rows.get(event_id)
        if row:
            self._rows.put(event_id, attrs.evolve(row, **changes))


def _kept(now: datetime) -> datetime:
    return now + timedelta(seconds=KEPT_SECONDS)


def _is_left(kept_until: datetime | None, now: datetime) -> bool:
    return kept_until is not None and kept_until <= now


def _order(deadline: Deadline) -> tuple[datetime, str, str]:
    return deadline.due_at, deadline.kind, deadline.subject


def _waits(row: StoredEvent) -> bool:
    return row.reacted_at is None and not row.quarantined


def _unreacted(row: StoredEvent) -> Unreacted:
    return Unreacted(
        envelope=row.envelope,
        attempts=row.attempts,
        available_at=row.retry_at or row.envelope.occurred_at,
        is_published=row.published_at is not None,
    )


class InMemoryConsumedMessages(ConsumedMessages):
    """What consumers have handled."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def seen(self, consumer: str, message_id: str) -> bool:
        """Look it up."""
        return (consumer, message_id) in self._store.table("consumed_messages")

    async def remember(self, consumer: str, message_id: str) -> None:
        """Write it down."""
        self._store.table("consumed_messages").put((consumer, message_id), self._store.clock.now())


class InMemoryDueDeadlines(DueDeadlines):
    """The dispatcher's view of the timers."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[Deadline] = store.table("deadlines")
        self._kept: Table[tuple[Deadline, datetime]] = store.table("kept_deadlines")

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Deadline] | None:
        """Mark the first that is due."""
        due = ((one, self._kept_until(one)) for one in self._rows if one.due_at <= now)
        mine = (one for one, until in due if (_is_left(until, now) if left else until is None))
        first = min(mine, key=_order, default=None)
        if first is None:
            return None
        name, counted = (first.kind, first.subject), attrs.evolve(first, attempts=first.attempts + 1)
        self._rows.put(name, counted)
        self._kept.put(name, (counted, _kept(now)))
        return Begun(item=first, attempts=first.attempts)

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return any(one.due_at <= now and _is_left(self._kept_until(one), now) for one in self._rows)

    async def done(self, deadline: Deadline) -> None:
        """Remove an unmoved timer."""
        name = (deadline.kind, deadline.subject)
        if self._unmoved(deadline):
            self._rows.delete(name)
            self._kept.delete(name)

    async def retry(self, deadline: Deadline, at: datetime, error: str) -> None:
        """Move an unmoved timer."""
        name = (deadline.kind, deadline.subject)
        stored = self._rows.get(name)
        if stored is not None and stored.due_at == deadline.due_at:
            self._rows.put(name, attrs.evolve(stored, due_at=at))
            self._kept.delete(name)

    async def upcoming(self, limit: int) -> Sequence[Deadline]:
        """Return the timers in order."""
        return sorted(self._rows.find(), key=_order)[:limit]

    def _kept_until(self, deadline: Deadline) -> datetime | None:
        """Return until when a timer is kept that nobody moved since it was begun."""
        begun, until = self._kept.get((deadline.kind, deadline.subject)) or (None, None)
        return until if begun == deadline else None

    def _unmoved(self, deadline: Deadline) -> bool:
        stored = self._rows.get((deadline.kind, deadline.subject))
        return stored is not None and stored.due_at == deadline.due_at


@frozen(kw_only=True)
class StoredMessage:
    """An inbox row in memory."""

    message: ProviderMessage
    received_at: datetime
    kept_until: datetime | None = None
    attempts: int = 0
    retry_at: datetime | None = None
    processed_at: datetime | None = None
    quarantined: bool = False
    last_error: str | None = None


def _since(row: StoredMessage) -> datetime:
    return row.retry_at or row.received_at


class InMemoryInbox(Inbox):
    """Provider messages in a table."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[StoredMessage] = store.table("inbox")

    async def remember(self, message: ProviderMessage, now: datetime) -> bool:
        """Store it once."""
        key = (message.provider, message.message_id)
        if key in self._rows:
            return False
        self._rows.put(key, StoredMessage(message=message, received_at=now))
        return True

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ProviderMessage] | None:
        """Mark the first that is due."""
        due = self._due(now)
        mine = (row for row in due if (_is_left(row.kept_until, now) if left else row.kept_until is None))
        first = min(mine, key=_since, default=None)
        if first is None:
            return None
        self._change(first.message, attempts=first.attempts + 1, kept_until=_kept(now))
        return Begun(item=first.message, attempts=first.attempts)

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return any(_is_left(row.kept_until, now) for row in self._due(now))

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Mark it."""
        self._change(message, processed_at=now)

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Let it wait, or quarantine it."""
        changes = {"retry_at": retry_at, "quarantined": retry_at is None, "last_error": error}
        self._change(message, kept_until=None, **changes)

    def _due(self, now: datetime) -> Iterator[StoredMessage]:
        waiting = (row for row in self._rows if not row.processed_at and not row.quarantined)
        return (row for row in waiting if _since(row) <= now)

    def _change(self, message: ProviderMessage, **changes: Any) -> None:
        key = (message.provider, message.message_id)
        row = self._rows.get(key)
        if row:
            self._rows.put(key, attrs.evolve(row, **changes))


@frozen(kw_only=True)
class _Claim:
    command: Command[Any]
    claimed_at: datetime
    outcome: Completed | None = None


class InMemoryIdempotencyKeys(IdempotencyKeys):
    """Claims in a table. Commands are compared by value."""

    def __init__(self, store: Store) -> None:
        self._claims: Table[_Claim] = store.table("idempotency_keys")
        self._together = store.begin(lambda _: None)

    def together(self) -> AbstractAsyncContextManager[None]:
        """Open a transaction."""
        return self._together()

    async def claim(self, principal: str, key: str, command: Command[Any], now: datetime) -> Claimed | Completed:
        """Claim, replay, or refuse."""
        name = (principal, type(command).__name__, key)
        claim = self._claims.get(name)
        if claim is not None and claim.claimed_at > now - timedelta(hours=KEEP_HOURS):
            if claim.command != command:
                raise IdempotencyKeyReused("This idempotency key was used for another request.")
            if claim.outcome is not None:
                return claim.outcome
            if claim.claimed_at > now - timedelta(seconds=LEASE_SECONDS):
                raise IdempotencyInProgress("The same request is being worked on; ask again in a moment.")
        self._claims.put(name, _Claim(command=command, claimed_at=now))
        return Claimed()

    async def complete(
        self, principal: str, key: str, command: Command[Any], outcome: Completed, now: datetime
    ) -> None:
        """Keep the outcome."""
        self._claims.put(
            (principal, type(command).__name__, key), _Claim(command=command, claimed_at=now, outcome=outcome)
        )

    async def abandon(self, principal: str, key: str, command: Command[Any]) -> None:
        """Forget the claim."""
        self._claims.delete((principal, type(command).__name__, key))
