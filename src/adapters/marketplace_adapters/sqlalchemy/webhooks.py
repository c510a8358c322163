"""Endpoints and deliveries in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import Row, Select, select

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import to_change, upsert
from marketplace_adapters.sqlalchemy.tables.webhooks import deliveries, endpoints
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, SellerId
from marketplace_core.kernel.work import note_step
from marketplace_core.webhooks import (
    Delivery,
    DeliveryNotFound,
    DeliveryState,
    DisabledBecause,
    Due,
    Endpoint,
    EndpointNotFound,
    EndpointState,
    Message,
    WebhooksReader,
)
from marketplace_core.webhooks.ports import Deliveries, Endpoints, WebhooksWork

_PLAIN: Final = (
    *("seller_id", "url", "description", "made_at", "secret_made_at", "secret_number", "previous_until"),
    "failing_since",
)
_SENT: Final = ("event_id", "event_type", "occurred_at", "body")
_TOLD: Final = (
    *("endpoint_id", "queued_at", "next_at", "attempts", "tries", "delivered_at", "tried_at", "status"),
    *("error", "answer"),
)


@final
class SqlEndpoints(Endpoints):
    """Endpoints, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, endpoint_id: EndpointId) -> Endpoint:
        """Read the row."""
        here = endpoints.c.endpoint_id == endpoint_id
        row = await self._work.connection.row(to_change(select(endpoints).where(here)))
        if row is None:
            raise EndpointNotFound
        return _endpoint(row)

    async def owned_by(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Read the rows, alone."""
        await self._work.alone(f"webhooks_endpoints:{seller_id}")
        return [_endpoint(row) for row in await self._work.connection.rows(_owned_by(seller_id))]

    async def enabled(self) -> Sequence[Endpoint]:
        """Read the rows."""
        chosen = select(endpoints).where(endpoints.c.state == EndpointState.ENABLED.value)
        return [_endpoint(row) for row in await self._work.connection.rows(chosen.order_by(endpoints.c.endpoint_id))]

    async def save(self, endpoint: Endpoint) -> None:
        """Write the row."""
        because = endpoint.disabled_because
        values = {
            **{name: getattr(endpoint, name) for name in _PLAIN},
            "event_types": list(endpoint.event_types),
            "state": endpoint.state.value,
            "disabled_because": None if because is None else because.value,
        }
        await self._work.save(endpoints, {"endpoint_id": endpoint.endpoint_id}, endpoint, values)


@final
class SqlDeliveries(Deliveries):
    """Deliveries, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, delivery_id: DeliveryId) -> Delivery:
        """Read the row."""
        here = deliveries.c.delivery_id == delivery_id
        row = await self._work.connection.row(to_change(select(deliveries).where(here)))
        if row is None:
            raise DeliveryNotFound
        return _delivery(row)

    async def find(self, endpoint_id: EndpointId, event_id: EventId) -> Delivery | None:
        """Read the row."""
        here = (deliveries.c.endpoint_id == endpoint_id, deliveries.c.event_id == event_id)
        row = await self._work.connection.row(to_change(select(deliveries).where(*here)))
        return None if row is None else _delivery(row)

    async def add(self, delivery: Delivery) -> bool:
        """Write the row, unless there is one."""
        row = {"delivery_id": delivery.delivery_id, **_values(delivery), "version": 1}
        added = upsert(deliveries).values(**row).on_conflict_do_nothing(index_elements=["endpoint_id", "event_id"])
        if not await self._work.connection.run(added):
            return False
        delivery.version = 1
        note_step(delivery.saved_as(delivery.delivery_id))
        return True

    async def save(self, delivery: Delivery) -> None:
        """Write the row."""
        await self._work.save(deliveries, {"delivery_id": delivery.delivery_id}, delivery, _values(delivery))


@final
class SqlWebhooksWork(SqlWork, WebhooksWork):
    """The unit of work."""

    @property
    def endpoints(self) -> SqlEndpoints:
        """The endpoints."""
        return SqlEndpoints(self)

    @property
    def deliveries(self) -> SqlDeliveries:
        """The deliveries."""
        return SqlDeliveries(self)


@final
class SqlWebhooksReader(WebhooksReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def endpoint(self, endpoint_id: EndpointId) -> Endpoint | None:
        """Read the row."""
        row = await self._database.reader.row(select(endpoints).where(endpoints.c.endpoint_id == endpoint_id))
        return None if row is None else _endpoint(row)

    async def endpoints(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Read the rows."""
        return [_endpoint(row) for row in await self._database.reader.rows(_owned_by(seller_id))]

    async def delivery(self, delivery_id: DeliveryId) -> Delivery | None:
        """Read the row."""
        row = await self._database.reader.row(select(deliveries).where(deliveries.c.delivery_id == delivery_id))
        return None if row is None else _delivery(row)

    async def deliveries(
        self, endpoint_id: EndpointId, state: DeliveryState | None, limit: int, before: DeliveryId | None
    ) -> Sequence[Delivery]:
        """Read the rows of one page."""
        chosen = select(deliveries).where(deliveries.c.endpoint_id == endpoint_id)
        if state is not None:
            chosen = chosen.where(deliveries.c.state == state.value)
        if before is not None:
            chosen = chosen.where(deliveries.c.delivery_id < before)
        rows = await self._database.reader.rows(chosen.order_by(deliveries.c.delivery_id.desc()).limit(limit))
        return [_delivery(row) for row in rows]

    async def due(self, now: datetime, limit: int, without: Collection[EndpointId]) -> Sequence[Due]:
        """Read the rows that are due."""
        chosen = (
            select(deliveries.c.delivery_id, deliveries.c.endpoint_id, endpoints.c.failing_since)
            .join_from(deliveries, endpoints)
            .where(
                deliveries.c.next_at.is_not(None),
                deliveries.c.next_at <= now,
                endpoints.c.state == EndpointState.ENABLED.value,
            )
            .order_by(deliveries.c.next_at, deliveries.c.delivery_id)
            .limit(limit)
        )
        if without:
            chosen = chosen.where(deliveries.c.endpoint_id.not_in(list(without)))
        return [
            Due(
                delivery_id=DeliveryId(row.delivery_id),
                endpoint_id=EndpointId(row.endpoint_id),
                failing=row.failing_since is not None,
            )
            for row in await self._database.reader.rows(chosen)
        ]


def _owned_by(seller_id: SellerId | None) -> Select[Any]:
    owned = endpoints.c.seller_id.is_(None) if seller_id is None else endpoints.c.seller_id == seller_id
    present = endpoints.c.state != EndpointState.REMOVED.value
    return select(endpoints).where(owned, present).order_by(endpoints.c.endpoint_id)


def _endpoint(row: Row[Any]) -> Endpoint:
    return Endpoint(
        **{name: getattr(row, name) for name in ("endpoint_id", *_PLAIN, "version")},
        event_types=tuple(row.event_types),
        state=EndpointState(row.state),
        disabled_because=None if row.disabled_because is None else DisabledBecause(row.disabled_because),
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        **{name: getattr(row, name) for name in ("delivery_id", *_TOLD, "version")},
        message=Message(**{name: getattr(row, name) for name in _SENT}),
        state=DeliveryState(row.state),
    )


def _values(delivery: Delivery) -> dict[str, Any]:
    return {
        **{name: getattr(delivery, name) for name in _TOLD},
        **{name: getattr(delivery.message, name) for name in _SENT},
        "state": delivery.state.value,
    }
