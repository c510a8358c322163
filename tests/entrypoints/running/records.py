"""What a running marketplace has written down, read straight from its files beside it."""

import hashlib
import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from marketplace_entrypoints.composition.surroundings import clock_of
from tests.databases import books_of
from tests.entrypoints.running.processes import Running

_NOT_BUSINESS: Final = frozenset(
    {"alembic_version", "consumed_messages", "deadlines", "idempotency_keys", "outbox", "provider_messages"}
)
"""What only makes things happen; everything else says how things are."""


def _open(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30))


def _rows(file: Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with _open(file) as connection:
        return connection.execute(statement, values).fetchall()


def rows(running: Running, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the marketplace's database."""
    with books_of(running.settings.data) as books:
        return books.execute(statement, values).fetchall()


def provider_rows(running: Running, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the payment provider's own books."""
    return _rows(running.settings.data / "fakepay.sqlite", statement, *values)


def count(running: Running, table: str, where: str = "1", *values: Any) -> int:
    """Count rows."""
    ((number,),) = rows(running, f"SELECT count(*) FROM {table} WHERE {where}", *values)
    return int(number)


def business(running: Running) -> dict[str, str]:
    """Return a digest of every table that says how things are, by its name."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_fts_%'"
    with books_of(running.settings.data) as connection:
        names = [name for (name,) in connection.execute(named) if name not in _NOT_BUSINESS]
        return {name: _digest(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}


def changed(running: Running, before: dict[str, str]) -> set[str]:
    """Return the names of the tables whose digests are others now."""
    return {name for name, digest in business(running).items() if digest != before[name]}


def _digest(found: list[tuple[Any, ...]]) -> str:
    texts = sorted(json.dumps(row, default=bytes.hex) for row in found)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def mails(running: Running, template: str) -> Counter[str]:
    """Count the mails of a template by recipient's address."""
    found = rows(running, "SELECT address FROM notifications_mails WHERE template = ?", template)
    return Counter(address for (address,) in found)


def charges(running: Running, order_id: str) -> list[int]:
    """Return what the provider took for an order, in minor units, one by one."""
    found = provider_rows(
        running,
        "SELECT t.amount_minor FROM balance_transactions t JOIN payments p ON p.id = t.source"
        " WHERE p.transfer_group = ? AND t.type = 'payment'",
        order_id,
    )
    return [amount for (amount,) in found]


def at_rest(running: Running, *, ahead_seconds: float = 0) -> bool:
    """Tell whether nothing waits that the worker should do now, or before long."""
    waiting = (
        "SELECT (SELECT count(*) FROM outbox WHERE reacted_at IS NULL),"
        " (SELECT count(*) FROM provider_messages WHERE processed_at IS NULL),"
        " (SELECT count(*) FROM notifications_mails WHERE state <> 'sent'),"
        " (SELECT count(*) FROM deadlines WHERE due_at <= ?)"
    )
    horizon = clock_of(running.settings).now() + timedelta(seconds=ahead_seconds)
    # Theirs first: what is delivered while one looks stands in ours then.
    ((theirs,),) = provider_rows(running, "SELECT count(*) FROM webhook_deliveries WHERE delivered_at_ms IS NULL")
    (ours,) = rows(running, waiting, f"{horizon:%Y-%m-%dT%H:%M:%S.%fZ}")
    return not any(ours) and not theirs
