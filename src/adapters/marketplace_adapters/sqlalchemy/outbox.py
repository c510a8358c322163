"""The outbox and the consumed messages in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode, event_type
from marketplace_adapters.sqlalchemy.engine import Connection, Database, Transaction
from marketplace_adapters.sqlalchemy.queues import NOW, Queue, any_left, begun, taken
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.machinery import consumed_messages, outbox
from marketplace_adapters.sqlalchemy.types import Instant
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope, Event
from marketplace_core.kernel.outbox import LATE_MAX, ConsumedMessages, Outbox, OutboxState, Unreacted
from marketplace_core.kernel.queues import Begun
from marketplace_core.kernel.tracing import traceparent
from marketplace_core.kernel.work import AlreadyHandled, present_circumstances
from marketplace_core.traffic import retry_at, said

_LAST: Final = (
    select(func.coalesce(func.max(outbox.c.aggregate_seq), 0))
    .where(outbox.c.aggregate_type == bindparam("of_type"), outbox.c.aggregate_id == bindparam("of_id"))
    .correlate(None)
    .scalar_subquery()
)
_STORE: Final = insert(outbox).values(aggregate_seq=_LAST + 1)
_UNREACTED: Final = and_(outbox.c.reacted_at.is_(None), outbox.c.quarantined.is_(False))
_WAITING: Final = and_(_UNREACTED, outbox.c.published_at.is_(None))
_EARLIER: Final = outbox.alias("earlier")
_HELD_BACK: Final = exists().where(
    _EARLIER.c.aggregate_type == outbox.c.aggregate_type,
    _EARLIER.c.aggregate_id == outbox.c.aggregate_id,
    _EARLIER.c.id < outbox.c.id,
    _EARLIER.c.published_at.is_(None),
    _EARLIER.c.reacted_at.is_(None),
    _EARLIER.c.quarantined.is_(False),
)
_QUEUE: Final = Queue(
    outbox, select(outbox).where(_WAITING, outbox.c.available_at <= NOW, ~_HELD_BACK).order_by(outbox.c.id)
)
"""The due events that no earlier unpublished event of their aggregate holds back."""
_PUBLISHED: Final = (
    update(outbox)
    .where(outbox.c.event_id.in_(bindparam("events", expanding=True)))
    .values(published_at=func.coalesce(outbox.c.published_at, NOW))
)
_REACTED_TO: Final = _PUBLISHED.values(reacted_at=func.coalesce(outbox.c.reacted_at, NOW))
_UNTRIED: Final = outbox.c.attempts == 0  # somebody may have reacted, and failed, before this is written
_TO_REACT_TO: Final = _PUBLISHED.values(
    available_at=case((_UNTRIED, bindparam("react_by", type_=Instant)), else_=outbox.c.available_at)
)
_CONSUME: Final = insert(consumed_messages)
_CONSUMED: Final = select(consumed_messages.c.consumer).where(
    consumed_messages.c.consumer == bindparam("consumer"), consumed_messages.c.message_id == bindparam("message_id")
)
_DEAD: Final = and_(outbox.c.quarantined.is_(True), outbox.c.reacted_at.is_(None))


async def store_events(
    database: Database, connection: Connection, aggregate_type: str, aggregate_id: str, events: Sequence[Event]
) -> None:
    """Put an aggregate's events into the outbox, numbered after the ones it already has."""
    if not events:
        return
    present = present_circumstances()
    now, trace = database.clock.now(), traceparent()
    await connection.run(
        _STORE,
        [
            {
                "event_id": database.ids.new("evt"),
                "aggregate_type": aggregate_type,
                "aggregate_id": aggregate_id,
                "of_type": aggregate_type,
                "of_id": aggregate_id,
                "topic": type(event).__name__,
                "payload": encode(event),
                "occurred_at": now,
                "actor": present.actor,
                "cause": present.cause,
                "trace": trace,
                "available_at": now,
            }
            for event in events
        ],
    )


async def consume_cause(database: Database, transaction: Transaction) -> None:
    """Record, in the transaction about to commit, the message that caused it. Raises ``AlreadyHandled`` if it was."""
    present = present_circumstances()
    if present.cause is None or present.recorded:
        return
    row = {"consumer": present.consumer, "message_id": present.cause, "consumed_at": database.clock.now()}
    try:
        await transaction.connection.run(_CONSUME, row)
    except IntegrityError as twice:
        raise AlreadyHandled(present.cause) from twice
    present.recorded = True


class SqlOutbox(Outbox):
    """The relay's view of the outbox table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Offer due events that no earlier unpublished event of their aggregate holds back."""
        found = await self._read(await self._database.reader.rows(_QUEUE.some, {"now": now, "rows_max": limit}))
        return [(one.envelope, one.attempts) for one in found]

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Envelope] | None:
        """Mark the first of them."""
        while (first := await begun(self._database, _QUEUE, now, left=left)) is not None:
            try:
                return Begun(item=_envelope(first.item), attempts=first.attempts)
            except Exception as unreadable:  # noqa: BLE001 - somebody newer wrote it, or it is spoilt
                next_try = retry_at(now, first.attempts)
                await self.failed(EventId(first.item.event_id), said(unreadable), next_try, counted=True)
        return None

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return await any_left(self._database, _QUEUE, now)

    async def take(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Offer them to nobody else for a while."""
        rows = await taken(self._database, _QUEUE, now, limit)
        found = await self._read(sorted(rows, key=lambda row: row.id))
        return [(one.envelope, one.attempts) for one in found]

    async def put_back(self, event_ids: Sequence[EventId]) -> None:
        """Free the rows."""
        await self._change(outbox.c.event_id.in_(event_ids), outbox.c.published_at.is_(None), taken_until=None)

    async def published(self, event_ids: Sequence[EventId], now: datetime, react_by: datetime | None = None) -> None:
        """Mark the events."""
        statement, parameters = _REACTED_TO, {"events": event_ids, "now": now}
        if react_by is not None:
            statement, parameters = _TO_REACT_TO, {**parameters, "react_by": react_by}
        async with self._database.transaction() as opened:
            await opened.connection.run(statement, parameters)

    async def failed(self, event_id: EventId, error: str, retry_at: datetime | None, *, counted: bool = False) -> None:
        """Count the attempt, or quarantine."""
        changes: dict[str, Any] = {"quarantined": True} if retry_at is None else {"available_at": retry_at}
        changes["taken_until"] = None
        if not counted:
            changes["attempts"] = outbox.c.attempts + 1
        await self._change(outbox.c.event_id == event_id, outbox.c.reacted_at.is_(None), last_error=error, **changes)

    async def reacted(self, event_id: EventId, now: datetime) -> None:
        """Mark the event."""
        await self._change(outbox.c.event_id == event_id, outbox.c.reacted_at.is_(None), reacted_at=now)

    async def unreacted(self, aggregate_type: str, aggregate_id: str, up_to: int | None = None) -> Sequence[Unreacted]:
        """Read the rows of the aggregate."""
        statement = (
            select(outbox)
            .where(_UNREACTED, outbox.c.aggregate_type == aggregate_type, outbox.c.aggregate_id == aggregate_id)
            .order_by(outbox.c.id)
        )
        if up_to is not None:
            statement = statement.where(outbox.c.aggregate_seq <= up_to)
        return await self._read(await self._database.reader.rows(statement), in_order=True)

    async def overdue(self, now: datetime, limit: int) -> Sequence[Unreacted]:
        """Offer due events that no earlier unreacted event of their aggregate holds back."""
        earlier = outbox.alias("earlier")
        held_back = exists().where(
            earlier.c.aggregate_type == outbox.c.aggregate_type,
            earlier.c.aggregate_id == outbox.c.aggregate_id,
            earlier.c.id < outbox.c.id,
            earlier.c.reacted_at.is_(None),
            earlier.c.quarantined.is_(False),
        )
        statement = (
            select(outbox)
            .where(_UNREACTED, outbox.c.published_at.is_not(None), outbox.c.available_at <= now, ~held_back)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return await self._read(await self._database.reader.rows(statement))

    async def claim(self, event: Unreacted, until: datetime) -> bool:
        """Count the attempt if nobody has meanwhile."""
        unchanged = and_(
            outbox.c.event_id == event.envelope.event_id,
            _UNREACTED,
            outbox.c.attempts == event.attempts,
            outbox.c.available_at == event.available_at,
        )
        return bool(await self._change(unchanged, attempts=outbox.c.attempts + 1, available_at=until))

    async def given_out(self, since: datetime, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Read the published rows."""
        statement = (
            select(outbox)
            .where(outbox.c.published_at.is_not(None), outbox.c.occurred_at >= since)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        if after is not None:
            last = select(outbox.c.id).where(outbox.c.event_id == after).scalar_subquery()
            statement = statement.where(outbox.c.id > last)
        return [_envelope(row) for row in await self._database.reader.rows(statement)]

    async def unannounced(self, limit: int) -> Sequence[Envelope]:
        """Read the rows of kinds that are known here, and leave those that cannot be read to somebody newer."""
        kinds = sorted(kind.__name__ for kind in Event.__subclasses__())
        chosen = select(outbox).where(outbox.c.is_announced.is_(False), outbox.c.topic.in_(kinds))
        return _readable(await self._database.reader.rows(chosen.order_by(outbox.c.id).limit(limit)))

    async def announced(self, event_ids: Sequence[EventId]) -> None:
        """Mark the events."""
        await self._change(outbox.c.event_id.in_(event_ids), is_announced=True)

    async def tail(self, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Read from the row on, or the last rows backwards."""
        if after is None:
            rows = await self._database.reader.rows(select(outbox).order_by(outbox.c.id.desc()).limit(limit))
            return _readable(tuple(reversed(rows)))
        last = select(outbox.c.id).where(outbox.c.event_id == after).scalar_subquery()
        chosen = select(outbox).where(outbox.c.id > last - LATE_MAX).order_by(outbox.c.id).limit(limit + LATE_MAX)
        return _readable(await self._database.reader.rows(chosen))

    async def state(self) -> OutboxState:
        """Count the rows."""
        statement = select(
            func.count().filter(_UNREACTED).label("waiting"),
            func.count().filter(_WAITING).label("unpublished"),
            func.count().filter(_DEAD).label("quarantined"),
            func.min(outbox.c.occurred_at).filter(_UNREACTED).label("oldest"),
        ).where(or_(_UNREACTED, _DEAD))
        (row,) = await self._database.reader.rows(statement)
        return OutboxState(
            waiting=row.waiting,
            quarantined=row.quarantined,
            oldest_waiting_at=row.oldest,
            unpublished=row.unpublished,
        )

    async def _read(self, rows: Sequence[Row[Any]], *, in_order: bool = False) -> Sequence[Unreacted]:
        """Return what stands in the rows. What cannot be read counts as tried in vain, and the others go on.

        ``in_order`` ends before it: later events of one aggregate must not overtake it.
        """
        found: list[Unreacted] = []
        now = self._database.clock.now()
        for row in rows:
            try:
                found.append(_unreacted(row))
            except Exception as unreadable:  # noqa: BLE001 - somebody newer wrote it, or it is spoilt
                if row.available_at <= now:
                    await self.failed(EventId(row.event_id), said(unreadable), retry_at(now, row.attempts))
                if in_order:
                    break
        return found

    async def _change(self, *here: ColumnElement[bool], **changes: Any) -> int:
        async with self._database.transaction() as opened:
            return await opened.connection.run(update(outbox).where(*here).values(**changes))


def _envelope(row: Row[Any]) -> Envelope:
    return Envelope(
        event_id=EventId(row.event_id),
        event=decode(row.payload, event_type(row.topic)),
        aggregate_type=row.aggregate_type,
        aggregate_id=row.aggregate_id,
        sequence=row.aggregate_seq,
        occurred_at=row.occurred_at,
        actor=row.actor,
        cause=row.cause,
        trace=row.trace,
    )


def _readable(rows: Sequence[Row[Any]]) -> list[Envelope]:
    """Return what stands in the rows, without those that somebody newer wrote or that are spoilt."""
    found = []
    for row in rows:
        try:
            found.append(_envelope(row))
        except Exception:  # noqa: BLE001, S112 - reactions report it, and the outbox keeps it
            continue
    return found


def _unreacted(row: Row[Any]) -> Unreacted:
    return Unreacted(
        envelope=_envelope(row),
        attempts=row.attempts,
        available_at=row.available_at,
        is_published=row.published_at is not None,
    )


class SqlConsumedMessages(ConsumedMessages):
    """What consumers have handled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, consumer: str, message_id: str) -> bool:
        """Look it up."""
        return await self._database.reader.row(_CONSUMED, {"consumer": consumer, "message_id": message_id}) is not None

    async def remember(self, consumer: str, message_id: str) -> None:
        """Write it down."""
        row = {"consumer": consumer, "message_id": message_id, "consumed_at": self._database.clock.now()}
        async with self._database.transaction() as opened:
            await opened.connection.run(upsert(consumed_messages).values(**row).on_conflict_do_nothing())
