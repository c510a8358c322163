"""What time it is for everybody who works on one database: the server's.

Processes on several machines have clocks that differ, and clocks are set. Whatever is due, expires or is held is
compared with one time, in every process the same: the database server's, asked when the database is opened and every
``ASKED_EVERY_SECONDS``; in between, what has gone by is counted by a clock that nobody sets.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Final

import sqlalchemy

from marketplace_adapters.sqlalchemy.postgresql import PostgresDatabase
from marketplace_adapters.sqlalchemy.transactions import StorageUnavailable
from marketplace_core.kernel.clock import CommonClock

ASKED_EVERY_SECONDS: Final = 30.0
_TIME: Final = sqlalchemy.text("SELECT clock_timestamp() AS now")


async def tell_time(database: PostgresDatabase, clock: CommonClock) -> None:
    """Ask the server once, and tell the clock; the answer was right somewhere between question and answer."""

    def ask(connection: sqlalchemy.Connection) -> tuple[datetime, float]:
        asked = clock.gone_by()
        moment: datetime = connection.execute(_TIME).scalar_one()
        return moment, (asked + clock.gone_by()) / 2

    clock.tell(*await database.apart(ask))


@asynccontextmanager
async def the_servers_time(database: PostgresDatabase, clock: CommonClock | None) -> AsyncGenerator[None]:
    """Keep a clock by the server's; while the server cannot be asked, it goes on by itself."""
    if clock is None:
        yield
        return
    await tell_time(database, clock)

    async def again_and_again() -> None:
        while True:
            await asyncio.sleep(ASKED_EVERY_SECONDS)
            with suppress(StorageUnavailable):
                await tell_time(database, clock)

    asking = asyncio.create_task(again_and_again())
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.wait((asking,))
