"""What was stored to be delivered and was not, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import (
    CompoundSelect,
    Row,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.engine import Connection
from marketplace_adapters.sqlalchemy.tables.machinery import outbox, provider_messages
from marketplace_adapters.sqlalchemy.tables.watches import watches
from marketplace_adapters.sqlalchemy.types import Instant
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.operations import (
    REACTIONS,
    RELAY,
    Backlog,
    LetterKind,
    Mover,
    Undelivered,
    Watch,
    inbox_of,
    mover,
)
from marketplace_core.operations.ports import Watches

_BEFORE: Final = bindparam("before", type_=Instant)
_EARLIER: Final = outbox.alias("earlier")
_HELD_BACK: Final = exists().where(
    _EARLIER.c.aggregate_type == outbox.c.aggregate_type,
    _EARLIER.c.aggregate_id == outbox.c.aggregate_id,
    _EARLIER.c.id < outbox.c.id,
    _EARLIER.c.reacted_at.is_(None),
    _EARLIER.c.quarantined.is_(False),
    or_(outbox.c.published_at.is_not(None), _EARLIER.c.published_at.is_(None)),
)


def _letters() -> CompoundSelect[Any]:
    events = select(
        (literal(f"{LetterKind.EVENT.value}:") + outbox.c.event_id).label("letter_id"),
        case((outbox.c.published_at.is_(None), RELAY), else_=REACTIONS).label("consumer"),
        outbox.c.topic.label("type"),
        (outbox.c.aggregate_type + " " + outbox.c.aggregate_id).label("about"),
        outbox.c.occurred_at.label("since"),
        outbox.c.attempts,
        outbox.c.last_error.label("error"),
        outbox.c.available_at,
        outbox.c.quarantined,
        case((_HELD_BACK, 1), else_=0).label("held_back"),
    ).where(outbox.c.reacted_at.is_(None), or_(outbox.c.quarantined.is_(True), outbox.c.occurred_at <= _BEFORE))
    messages = provider_messages.c
    told = select(
        literal(f"{LetterKind.MESSAGE.value}:") + messages.provider + ":" + messages.message_id,
        literal(inbox_of("")) + messages.provider,
        messages.type,
        func.coalesce(messages.subject, "") + " " + func.coalesce(messages.reference, ""),
        messages.received_at,
        messages.attempts,
        messages.last_error,
        messages.available_at,
        messages.quarantined,
        literal(0),
    ).where(messages.processed_at.is_(None), or_(messages.quarantined.is_(True), messages.received_at <= _BEFORE))
    return union_all(events, told)


_STUCK: Final[Subquery] = _letters().subquery("stuck")
_C: Final = _STUCK.c
_OLDEST: Final = select(_STUCK).order_by(_C.since, _C.letter_id).limit(bindparam("limit"))
_RETRIED: Final = and_(_C.quarantined.is_(False), _C.attempts > 0)
_RANKED: Final = select(
    _STUCK,
    case((_RETRIED, 1), else_=0).label("retried"),
    func.row_number()
    .over(partition_by=(_C.consumer, _C.type), order_by=(case((_C.error.is_(None), 1), else_=0), _C.since))
    .label("rank"),
).subquery("ranked")
_R: Final = _RANKED.c
_BACKLOGS: Final = (
    select(
        _R.consumer,
        _R.type,
        func.count().label("all"),
        func.sum(_R.retried).label("retried"),
        func.sum(case((_R.quarantined.is_(True), 1), else_=0)).label("given_up"),
        func.min(_R.since).label("oldest_at"),
        func.max(case((_R.rank == 1, _R.error), else_=None)).label("error"),
    )
    .group_by(_R.consumer, _R.type)
    .order_by(_R.consumer, _R.type)
)


async def backlogs(connection: Connection, before: datetime) -> Sequence[Backlog]:
    """Read how much is stuck, by consumer and type."""
    return [_backlog(row) for row in await connection.rows(_BACKLOGS, {"before": before})]


async def undelivered(connection: Connection, before: datetime, now: datetime, limit: int) -> Sequence[Undelivered]:
    """Read the oldest letters that are stuck."""
    return [_letter(row, now) for row in await connection.rows(_OLDEST, {"before": before, "limit": limit})]


def _backlog(row: Row[Any]) -> Backlog:
    retried, given_up = int(row.retried), int(row.given_up)
    return Backlog(
        consumer=row.consumer,
        type=row.type,
        waiting=row.all - retried - given_up,
        retried=retried,
        given_up=given_up,
        oldest_at=row.oldest_at,
        error=row.error or "",
    )


def _letter(row: Row[Any], now: datetime) -> Undelivered:
    moved_by = mover(
        given_up=bool(row.quarantined), held_back=bool(row.held_back), available_at=row.available_at, now=now
    )
    return Undelivered(
        letter_id=row.letter_id,
        consumer=row.consumer,
        type=row.type,
        about=row.about,
        since=row.since,
        attempts=row.attempts,
        error=row.error or "",
        moved_by=moved_by,
        next_try_at=row.available_at if moved_by is Mover.RETRY else None,
    )


@final
class SqlWatches(Watches):
    """A row for each watch, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, name: str) -> Watch | None:
        """Read the row."""
        row = await self._work.connection.row(select(watches).where(watches.c.name == name))
        if row is None:
            return None
        return Watch(name=row.name, known=tuple(row.known), changed_at=row.changed_at, version=row.version)

    async def save(self, watch: Watch) -> None:
        """Write the row."""
        values = {"known": list(watch.known), "changed_at": watch.changed_at}
        try:
            await self._work.save(watches, {"name": watch.name}, watch, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"Somebody else watches for {watch.name}, too.") from failure
