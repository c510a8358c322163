"""What was stored to be delivered and was not, in memory."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from marketplace_core.inmemory.machinery import StoredMessage
from marketplace_core.inmemory.store import Store, StoredEvent, Table
from marketplace_core.operations import (
    REACTIONS,
    RELAY,
    Backlog,
    LetterId,
    LetterKind,
    Mover,
    Undelivered,
    inbox_of,
    mover,
)


def stuck(store: Store, before: datetime, now: datetime) -> Sequence[Undelivered]:
    """Return what is stuck, the oldest first."""
    found = [*_events(store.table("outbox"), now), *_messages(store.table("inbox"), now)]
    wanted = (one for one in found if one.since <= before or one.moved_by is Mover.PERSON)
    return sorted(wanted, key=lambda one: (one.since, one.letter_id))


def backlog_of(letters: Sequence[Undelivered]) -> Backlog:
    """Count letters of one type for one consumer, the oldest first."""
    given_up = sum(one.moved_by is Mover.PERSON for one in letters)
    retried = sum(one.moved_by is not Mover.PERSON and one.attempts > 0 for one in letters)
    return Backlog(
        consumer=letters[0].consumer,
        type=letters[0].type,
        waiting=len(letters) - given_up - retried,
        retried=retried,
        given_up=given_up,
        oldest_at=letters[0].since,
        error=next((one.error for one in letters if one.error), ""),
    )


def _events(rows: Table[StoredEvent], now: datetime) -> Iterator[Undelivered]:
    earlier: list[StoredEvent] = []
    for row in rows:
        if row.reacted_at is not None:
            continue
        envelope = row.envelope
        held_back = any(
            (one.envelope.aggregate_type, one.envelope.aggregate_id) == (envelope.aggregate_type, envelope.aggregate_id)
            and (row.published_at is not None or one.published_at is None)
            for one in earlier
        )
        if not row.quarantined:
            earlier.append(row)
        yield _letter(
            LetterId(LetterKind.EVENT, envelope.event_id),
            RELAY if row.published_at is None else REACTIONS,
            type(envelope.event).__name__,
            f"{envelope.aggregate_type} {envelope.aggregate_id}",
            row,
            envelope.occurred_at,
            now,
            held_back=held_back,
        )


def _messages(rows: Table[StoredMessage], now: datetime) -> Iterator[Undelivered]:
    for row in rows:
        if row.processed_at is None:
            message = row.message
            yield _letter(
                LetterId(LetterKind.MESSAGE, f"{message.provider}:{message.message_id}"),
                inbox_of(message.provider),
                message.type,
                f"{message.subject or ''} {message.reference or ''}",
                row,
                row.received_at,
                now,
                held_back=False,
            )


def _letter(
    name: LetterId,
    consumer: str,
    kind: str,
    about: str,
    row: StoredEvent | StoredMessage,
    since: datetime,
    now: datetime,
    *,
    held_back: bool,
) -> Undelivered:
    available_at = row.retry_at or since
    moved_by = mover(given_up=row.quarantined, held_back=held_back, available_at=available_at, now=now)
    return Undelivered(
        letter_id=str(name),
        consumer=consumer,
        type=kind,
        about=about,
        since=since,
        attempts=row.attempts,
        error=row.last_error or "",
        moved_by=moved_by,
        next_try_at=available_at if moved_by is Mover.RETRY else None,
    )
