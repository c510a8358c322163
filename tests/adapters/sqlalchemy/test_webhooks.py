"""Webhooks in SQL pass the conformance classes of webhooks, on both databases."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.tables import machinery
from marketplace_adapters.sqlalchemy.tables.webhooks import deliveries, endpoints
from marketplace_adapters.sqlalchemy.webhooks import SqlWebhooksReader, SqlWebhooksWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.testing.conformance.webhooks import (
    DeliveriesConformance,
    EndpointsConformance,
    WebhooksGround,
    WebhooksReaderConformance,
    a_delivery,
    an_endpoint,
)

TABLES = [endpoints, deliveries, machinery.outbox, machinery.consumed_messages]


@pytest.fixture
def ground(database: Database) -> WebhooksGround:
    return WebhooksGround(begin=begin(database, SqlWebhooksWork), reader=SqlWebhooksReader(database))


class TestSqlEndpoints(EndpointsConformance):
    @pytest.fixture
    def ground(self, ground: WebhooksGround) -> WebhooksGround:
        return ground


class TestSqlDeliveries(DeliveriesConformance):
    @pytest.fixture
    def ground(self, ground: WebhooksGround) -> WebhooksGround:
        return ground


class TestSqlWebhooksReader(WebhooksReaderConformance):
    @pytest.fixture
    def ground(self, ground: WebhooksGround) -> WebhooksGround:
        return ground


async def test_no_secret_is_in_the_tables(database: Database, ground: WebhooksGround) -> None:
    await ground.save(an_endpoint(), a_delivery())

    (row,) = await database.reader.rows(select(endpoints))

    assert "whsec_" not in str(tuple(row))
    assert {column.name for column in endpoints.c if "secret" in column.name} == {"secret_made_at", "secret_number"}


@pytest.mark.parametrize(
    "change",
    [{"state": "lost"}, {"state": "delivered"}, {"next_at": None}, {"tries": -1}, {"tries": 1}, {"endpoint_id": "x"}],
)
async def test_the_table_refuses_a_delivery_that_cannot_be(
    database: Database, ground: WebhooksGround, change: dict[str, object]
) -> None:
    await ground.save(an_endpoint(), a_delivery())

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(deliveries).values(**change))
