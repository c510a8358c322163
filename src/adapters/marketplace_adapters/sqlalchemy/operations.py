"""Dead letters and acts in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, literal, select, union_all, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy import undelivered
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.tables.machinery import acts, outbox, policies, provider_messages
from marketplace_adapters.sqlalchemy.types import Instant
from marketplace_adapters.sqlalchemy.undelivered import SqlWatches
from marketplace_adapters.sqlalchemy.work import SqlWork
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
    checked_cursor,
    policy_cursor,
)
from marketplace_core.operations.ports import DeadLetters, OperationsWork, Policies

_NEWEST: Final = select(policies).order_by(policies.c.number.desc()).limit(1)
_DEAD_EVENT: Final = and_(outbox.c.quarantined.is_(True), outbox.c.reacted_at.is_(None))
_DEAD_MESSAGE: Final = and_(provider_messages.c.quarantined.is_(True), provider_messages.c.processed_at.is_(None))
_MESSAGE_NAME: Final = provider_messages.c.provider + ":" + provider_messages.c.message_id
_LETTERS: Final = union_all(
    select(
        (literal(f"{LetterKind.EVENT.value}:") + outbox.c.event_id).label("letter_id"),
        literal(LetterKind.EVENT.value).label("kind"),
        outbox.c.topic.label("type"),
        (outbox.c.aggregate_type + " " + outbox.c.aggregate_id).label("about"),
        outbox.c.attempts,
        outbox.c.last_error.label("error"),
        outbox.c.occurred_at.label("since"),
    ).where(_DEAD_EVENT),
    select(
        literal(f"{LetterKind.MESSAGE.value}:") + _MESSAGE_NAME,
        literal(LetterKind.MESSAGE.value),
        provider_messages.c.type,
        func.coalesce(provider_messages.c.subject, "") + " " + func.coalesce(provider_messages.c.reference, ""),
        provider_messages.c.attempts,
        provider_messages.c.last_error,
        provider_messages.c.received_at,
    ).where(_DEAD_MESSAGE),
).subquery("letters")


@final
class SqlDeadLetters(DeadLetters):
    """The rows of both boxes that are in quarantine, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def replay(self, letter: LetterId) -> None:
        """Make it as it was at first."""
        now = self._work.database.clock.now()
        await self._change(letter, quarantined=False, attempts=0, available_at=now)

    async def discard(self, letter: LetterId) -> None:
        """Mark it as done; it stays in quarantine."""
        now = self._work.database.clock.now()
        if letter.kind is LetterKind.EVENT:
            published_at = func.coalesce(outbox.c.published_at, literal(now, Instant))
            await self._change(letter, reacted_at=now, published_at=published_at)
        else:
            await self._change(letter, processed_at=now)

    async def _change(self, letter: LetterId, **changes: Any) -> None:
        box, here = _place(letter)
        if not await self._work.connection.run(update(box).where(here).values(**changes)):
            raise DeadLetterNotFound("There is no such letter.")


@final
class SqlPolicies(Policies):
    """The versions of the terms of trade, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def newest(self) -> PolicyVersion | None:
        """Read the last one."""
        return await self._one(_NEWEST)

    async def get(self, number: int) -> PolicyVersion | None:
        """Read it."""
        return await self._one(select(policies).where(policies.c.number == number))

    async def named(self, name: str) -> PolicyVersion | None:
        """Read the last one of that name."""
        return await self._one(_NEWEST.where(policies.c.name == name))

    async def add(self, version: PolicyVersion) -> None:
        """Insert it."""
        row = {field: getattr(version, field) for field in policies.c.keys()}  # noqa: SIM118 - columns, not a mapping
        try:
            await self._work.connection.run(insert(policies), {**row, "document": dict(version.document)})
        except IntegrityError as taken:
            raise ConcurrentUpdate(f"Version {version.number} was stored by somebody else.") from taken
        note_step(f"store version {version.number} of the terms of trade, {version.name}")

    async def _one(self, statement: Select[Any]) -> PolicyVersion | None:
        rows = await self._work.connection.rows(statement)
        return _policy(rows[0]) if rows else None


class SqlOperationsWork(SqlWork, OperationsWork):
    """The unit of work of operations."""

    @property
    def letters(self) -> SqlDeadLetters:
        """The dead letters."""
        return SqlDeadLetters(self)

    @property
    def watches(self) -> SqlWatches:
        """What is known to be wrong."""
        return SqlWatches(self)

    @property
    def policies(self) -> SqlPolicies:
        """The versions of the terms of trade."""
        return SqlPolicies(self)


@final
class SqlOperationsReader(OperationsReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def dead_letters(self, page: PageRequest) -> Page[DeadLetter]:
        """Read both boxes."""
        after = checked_cursor(page.cursor, *(f"{kind.value}:" for kind in LetterKind))
        statement = select(_LETTERS).order_by(_LETTERS.c.letter_id).limit(page.limit + 1)
        if after is not None:
            statement = statement.where(_LETTERS.c.letter_id > after)
        rows = await self._database.reader.rows(statement)
        items = tuple(_letter(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].letter_id if len(rows) > page.limit else None)

    async def backlogs(self, before: datetime) -> Sequence[Backlog]:
        """Count in both boxes."""
        return await undelivered.backlogs(self._database.reader, before)

    async def undelivered(self, before: datetime, now: datetime, limit: int) -> Sequence[Undelivered]:
        """Read both boxes."""
        return await undelivered.undelivered(self._database.reader, before, now, limit)

    async def acts(self, page: PageRequest) -> Page[KeptAct]:
        """Read the list."""
        before = checked_cursor(page.cursor, "act_")
        statement = select(acts).order_by(acts.c.act_id.desc()).limit(page.limit + 1)
        if before is not None:
            statement = statement.where(acts.c.act_id < before)
        rows = await self._database.reader.rows(statement)
        items = tuple(
            KeptAct(
                act_id=row.act_id,
                at=row.at,
                actor=row.actor,
                command=row.command,
                about=row.about,
                reason=row.reason,
            )
            for row in rows[: page.limit]
        )
        return Page(items=items, next_cursor=items[-1].act_id if len(rows) > page.limit else None)

    async def policies(self, page: PageRequest) -> Page[PolicyVersion]:
        """Read the list."""
        before = policy_cursor(page.cursor)
        statement = select(policies).order_by(policies.c.number.desc()).limit(page.limit + 1)
        if before is not None:
            statement = statement.where(policies.c.number < before)
        rows = await self._database.reader.rows(statement)
        items = tuple(_policy(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=str(items[-1].number) if len(rows) > page.limit else None)

    async def policy(self, number: int | None = None) -> PolicyVersion | None:
        """Read one."""
        statement = _NEWEST if number is None else select(policies).where(policies.c.number == number)
        rows = await self._database.reader.rows(statement)
        return _policy(rows[0]) if rows else None


def _policy(row: Row[Any]) -> PolicyVersion:
    return PolicyVersion(**row._mapping)


def _place(letter: LetterId) -> tuple[Any, ColumnElement[bool]]:
    if letter.kind is LetterKind.EVENT:
        return outbox, and_(_DEAD_EVENT, outbox.c.event_id == letter.name)
    return provider_messages, and_(_DEAD_MESSAGE, _MESSAGE_NAME.in_([letter.name]))


def _letter(row: Row[Any]) -> DeadLetter:
    return DeadLetter(
        letter_id=row.letter_id,
        kind=LetterKind(row.kind),
        type=row.type,
        about=row.about,
        attempts=row.attempts,
        error=row.error or "",
        since=row.since,
    )
