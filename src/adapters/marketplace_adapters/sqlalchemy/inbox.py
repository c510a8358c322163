"""Provider messages in SQL."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.queues import NOW, Queue, any_left, begun
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.machinery import provider_messages
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.queues import Begun

_THERE: Final = provider_messages.c
_QUEUE: Final = Queue(
    provider_messages,
    select(provider_messages)
    .where(_THERE.processed_at.is_(None), _THERE.quarantined.is_(False), _THERE.available_at <= NOW)
    .order_by(_THERE.available_at),
)
_HERE: Final = (_THERE.provider == bindparam("of_provider"), _THERE.message_id == bindparam("of_message"))
_PROCESSED: Final = update(provider_messages).where(*_HERE).values(processed_at=NOW)


class SqlInbox(Inbox):
    """Stored once per (provider, message id); processed later."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, message: ProviderMessage, now: datetime) -> bool:
        """Store it once; a message about nothing of ours is stored as processed."""
        row = {
            "provider": message.provider,
            "message_id": message.message_id,
            "type": message.type,
            "subject": message.subject,
            "reference": message.reference,
            "raw": message.raw,
            "received_at": now,
            "available_at": now,
            "processed_at": now if message.reference is None else None,
        }
        async with self._database.transaction() as opened:
            return bool(await opened.connection.run(upsert(provider_messages).values(**row).on_conflict_do_nothing()))

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ProviderMessage] | None:
        """Mark the first that is due."""
        first = await begun(self._database, _QUEUE, now, left=left)
        return None if first is None else Begun(item=_message(first.item), attempts=first.attempts)

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return await any_left(self._database, _QUEUE, now)

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Mark it."""
        async with self._database.transaction() as opened:
            await opened.connection.run(_PROCESSED, {"now": now, **_key(message)})

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Let it wait, or quarantine it."""
        changes: dict[str, Any] = {"quarantined": True} if retry_at is None else {"available_at": retry_at}
        async with self._database.transaction() as opened:
            statement = update(provider_messages).where(*_HERE).values(last_error=error, taken_until=None, **changes)
            await opened.connection.run(statement, _key(message))


def _key(message: ProviderMessage) -> dict[str, str]:
    return {"of_provider": message.provider, "of_message": message.message_id}


def _message(row: Row[Any]) -> ProviderMessage:
    return ProviderMessage(
        provider=row.provider,
        message_id=row.message_id,
        type=row.type,
        subject=row.subject,
        reference=row.reference,
        raw=row.raw,
    )
