"""The plugin: ``sqlite`` in the group ``marketplace_core.database``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from attrs import frozen

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.audit import SqlAudit
from marketplace_adapters.sqlalchemy.cart import SqlCartReader, SqlCartsWork
from marketplace_adapters.sqlalchemy.catalog import SqlCatalogReader, SqlCatalogWork
from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.engine import Database, open_database
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.identity import SqlIdentityReader, SqlIdentityWork
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.landing import SqlLandingReader, SqlPagesWork
from marketplace_adapters.sqlalchemy.ledger import SqlBooksReader
from marketplace_adapters.sqlalchemy.notifications import SqlMailReader, SqlNotificationsWork
from marketplace_adapters.sqlalchemy.operations import SqlOperationsReader, SqlOperationsWork
from marketplace_adapters.sqlalchemy.orders import SqlOrdersReader, SqlOrdersWork
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_adapters.sqlalchemy.payments import SqlPaymentsReader, SqlPaymentsWork
from marketplace_adapters.sqlalchemy.video import SqlVideoReader, SqlVideoWork
from marketplace_adapters.sqlalchemy.webhooks import SqlWebhooksReader, SqlWebhooksWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.bridges.assembly import Persistence
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


@frozen(kw_only=True)
class SqliteSettings:
    """``filename`` is the file's name in the data folder."""

    filename: str = "marketplace.sqlite"


@frozen(kw_only=True)
class SqlPersistence(Persistence):
    """Everything on one database; ``database`` is for adapters that live in it too (the full-text index)."""

    database: Database


def persistence(database: Database) -> SqlPersistence:
    """Return every store and reader over an open database."""
    return SqlPersistence(
        database=database,
        begin_identity=begin(database, SqlIdentityWork),
        begin_catalog=begin(database, SqlCatalogWork),
        begin_cart=begin(database, SqlCartsWork),
        begin_orders=begin(database, SqlOrdersWork),
        begin_payments=begin(database, SqlPaymentsWork),
        begin_video=begin(database, SqlVideoWork),
        begin_landing=begin(database, SqlPagesWork),
        begin_notifications=begin(database, SqlNotificationsWork),
        begin_operations=begin(database, SqlOperationsWork),
        begin_webhooks=begin(database, SqlWebhooksWork),
        identity=SqlIdentityReader(database),
        catalog=SqlCatalogReader(database),
        cart=SqlCartReader(database),
        orders=SqlOrdersReader(database),
        payments=SqlPaymentsReader(database),
        books=SqlBooksReader(database),
        audit=SqlAudit(database),
        video=SqlVideoReader(database),
        landing=SqlLandingReader(database),
        mails=SqlMailReader(database),
        operations=SqlOperationsReader(database),
        webhooks=SqlWebhooksReader(database),
        outbox=SqlOutbox(database),
        consumed=SqlConsumedMessages(database),
        inbox=SqlInbox(database),
        deadlines=SqlDueDeadlines(database),
        keys=SqlIdempotencyKeys(database),
        revision=schema.newest(),
    )


@asynccontextmanager
async def _opened(settings: SqliteSettings, around: Surroundings) -> AsyncGenerator[SqlPersistence]:
    async with open_database(around.data / settings.filename, clock=around.clock, ids=around.ids) as database:
        if schema.current(database) != schema.newest():
            schema.upgrade(database)
        yield persistence(database)


plugin: Final = AdapterPlugin(
    summary="One SQLite file in the data folder; its schema is brought up to date when it is opened",
    settings=SqliteSettings,
    open=_opened,
)
