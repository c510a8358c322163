"""Provider messages in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.queues import any_left, begun
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.machinery import provider_messages
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.queues import Begun


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
        first = await begun(self._database, provider_messages, _due(now), now, left=left)
        return None if first is None else Begun(item=_message(first.item), attempts=first.attempts)

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return await any_left(self._database, provider_messages, _due(now), now)

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Mark it."""
        await self._change(message, processed_at=now)

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Let it wait, or quarantine it."""
        changes: dict[str, Any] = {"quarantined": True} if retry_at is None else {"available_at": retry_at}
        await self._change(message, last_error=error, taken_until=None, **changes)

    async def _change(self, message: ProviderMessage, **changes: Any) -> None:
        columns = provider_messages.c
        here = (columns.provider == message.provider, columns.message_id == message.message_id)
        async with self._database.transaction() as opened:
            await opened.connection.run(update(provider_messages).where(*here).values(**changes))


def _due(now: datetime) -> Select[Any]:
    columns = provider_messages.c
    return (
        select(provider_messages)
        .where(columns.processed_at.is_(None), columns.quarantined.is_(False), columns.available_at <= now)
        .order_by(columns.available_at)
    )


def _message(row: Row[Any]) -> ProviderMessage:
    return ProviderMessage(
        provider=row.provider,
        message_id=row.message_id,
        type=row.type,
        subject=row.subject,
        reference=row.reference,
        raw=row.raw,
    )
