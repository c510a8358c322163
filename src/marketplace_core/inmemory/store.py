"""Tables in memory with transactions: the ground the in-memory adapters stand on."""

import asyncio
import copy
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from attrs import define, frozen

from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.deadlines import Deadline, Deadlines
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import EventId, IdFactory
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.tracing import traceparent
from marketplace_core.kernel.work import AlreadyHandled, UnitOfWork, note_step, present_circumstances, transaction_open

Row = TypeVar("Row")
WorkT = TypeVar("WorkT")
AggregateT = TypeVar("AggregateT", bound=Aggregate)
_MISSING: Any = object()


class Table(Generic[Row]):
    """Rows by key. What goes in and comes out is copied, so that nobody shares a mutable row.

    Inside a transaction every change notes how to undo itself; outside, a change is final.
    """

    def __init__(self, undo: list[Callable[[], None]], in_transaction: Callable[[], bool]) -> None:
        self._rows: dict[Any, Row] = {}
        self._undo = undo
        self._in_transaction = in_transaction

    def put(self, key: Any, row: Row) -> None:
        """Store a row under its key, replacing the old one."""
        self._remember(key)
        self._rows[key] = copy.deepcopy(row)

    def get(self, key: Any) -> Row | None:
        """Return the row, or None."""
        row = self._rows.get(key)
        return None if row is None else copy.deepcopy(row)

    def delete(self, key: Any) -> None:
        """Remove the row; no error if there is none."""
        if key in self._rows:
            self._remember(key)
            del self._rows[key]

    def find(self, wanted: Callable[[Row], bool] = lambda row: True) -> list[Row]:
        """Return the rows that are wanted, in the order of their first storing."""
        return [copy.deepcopy(row) for row in self._rows.values() if wanted(row)]

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows themselves, uncopied: for reading only."""
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def _remember(self, key: Any) -> None:
        if not self._in_transaction():
            return
        old = self._rows.get(key, _MISSING)

        def undo() -> None:
            if old is _MISSING:
                self._rows.pop(key, None)
            else:
                self._rows[key] = old

        self._undo.append(undo)


@frozen(kw_only=True)
class StoredEvent:
    """An outbox row in memory."""

    envelope: Envelope
    kept_until: datetime | None = None
    attempts: int = 0
    retry_at: datetime | None = None
    published_at: datetime | None = None
    reacted_at: datetime | None = None
    quarantined: bool = False
    is_announced: bool = False
    last_error: str | None = None


@define
class _Open:
    doomed: bool = False


class Store:
    """All tables of one in-memory marketplace, and its transactions. One writer at a time."""

    def __init__(self, clock: Clock, ids: IdFactory) -> None:
        self.clock = clock
        self.ids = ids
        self._tables: dict[str, Table[Any]] = {}
        self._undo: list[Callable[[], None]] = []
        self._lock = asyncio.Lock()
        self._current: ContextVar[_Open | None] = ContextVar("in-memory transaction", default=None)

    def table(self, name: str) -> Table[Any]:
        """Return the table of that name, making it on first use. Annotate the result: ``Table[Order]``."""
        return self._tables.setdefault(name, Table(self._undo, lambda: self._current.get() is not None))

    def begin(self, make: Callable[["Store"], WorkT]) -> Callable[[], AbstractAsyncContextManager[WorkT]]:
        """Return the ``begin`` of a context: ``make(store)`` builds its unit of work once a transaction is open."""
        return lambda: self._transaction(make)

    def save(self, table: Table[AggregateT], key: str, aggregate: AggregateT) -> None:
        """Store an aggregate, compare its version, and put its events into the outbox.

        Raises ``ConcurrentUpdate`` if somebody saved it since it was read.
        """
        stored = table.get(key)
        if aggregate.version != (stored.version if stored else 0):
            raise ConcurrentUpdate(f"{type(aggregate).__name__} {key} was changed by somebody else.")
        aggregate.version += 1
        events = aggregate.drain_events()
        table.put(key, aggregate)
        note_step(aggregate.saved_as(key))
        outbox = cast("Table[StoredEvent]", self.table("outbox"))
        present = present_circumstances()
        kind = type(aggregate).__name__
        last = max((row.envelope.sequence for row in outbox if row.envelope.aggregate_id == key), default=0)
        for sequence, event in enumerate(events, last + 1):
            envelope = Envelope(
                event_id=EventId(self.ids.new("evt")),
                event=event,
                aggregate_type=kind,
                aggregate_id=key,
                sequence=sequence,
                occurred_at=self.clock.now(),
                actor=present.actor,
                cause=present.cause,
                trace=traceparent(),
            )
            outbox.put(envelope.event_id, StoredEvent(envelope=envelope))

    @asynccontextmanager
    async def _transaction(self, make: Callable[["Store"], WorkT]) -> AsyncGenerator[WorkT]:
        outer = self._current.get()
        if outer is not None:
            try:
                yield make(self)
            except BaseException:
                outer.doomed = True
                raise
            return
        async with self._lock:
            opened = _Open()
            token = self._current.set(opened)
            self._undo.clear()
            try:
                with transaction_open():
                    yield make(self)
                if opened.doomed:
                    raise RuntimeError("A joined unit of work failed and its error was swallowed.")
                self._consume_cause()
                self._keep_act()
            except BaseException:
                while self._undo:
                    self._undo.pop()()
                raise
            finally:
                self._undo.clear()
                self._current.reset(token)

    def _keep_act(self) -> None:
        present = present_circumstances()
        if present.act is not None:
            act_id = self.ids.new("act")
            kept = KeptAct(
                act_id=act_id,
                at=self.clock.now(),
                actor=present.actor,
                command=present.act.command,
                about=present.act.about,
                reason=present.act.reason,
            )
            self.table("acts").put(act_id, kept)
            present.act = None

    def _consume_cause(self) -> None:
        present = present_circumstances()
        if present.cause is None or present.recorded:
            return
        consumed = self.table("consumed_messages")
        if (present.consumer, present.cause) in consumed:
            raise AlreadyHandled(present.cause)
        consumed.put((present.consumer, present.cause), self.clock.now())
        present.recorded = True


@frozen
class InMemoryDeadlines(Deadlines):
    """Timers in a table."""

    table: Table[Deadline]

    async def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Set or move the timer."""
        self.table.put((kind, subject), Deadline(kind=kind, subject=subject, due_at=due_at))

    async def take(self, kind: str, subject: str, now: datetime) -> bool:
        """Remove the timer if it is due."""
        timer = self.table.get((kind, subject))
        if timer is None or timer.due_at > now:
            return False
        self.table.delete((kind, subject))
        return True

    async def cancel(self, kind: str, subject: str) -> None:
        """Remove the timer if there is one."""
        self.table.delete((kind, subject))


class InMemoryWork(UnitOfWork):
    """A unit of work on the store; contexts add their collections."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def deadlines(self) -> InMemoryDeadlines:
        """The timers."""
        return InMemoryDeadlines(self.store.table("deadlines"))
