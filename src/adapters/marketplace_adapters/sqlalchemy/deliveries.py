"""What shops charge for their parcels, in SQL."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select

from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.orders import deliveries
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import SellerId
from marketplace_core.orders import DeliveryTerms
from marketplace_core.orders.ports import Deliveries

OWN_TERMS: Final = select(deliveries).where(deliveries.c.seller_id.in_(bindparam("seller_ids", expanding=True)))
_FRESH: Final = upsert(deliveries)
_PUT: Final = _FRESH.on_conflict_do_update(
    index_elements=["seller_id"],
    set_={name: _FRESH.excluded[name] for name in ("fee_minor", "free_from_minor")},
)


class SqlDeliveries(Deliveries):
    """Terms of delivery, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def of(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Look them up."""
        rows = await self._work.connection.rows(OWN_TERMS, {"seller_ids": sorted(seller_ids)})
        return dict(map(own_terms, rows))

    async def put(self, seller_id: SellerId, terms: DeliveryTerms | None) -> None:
        """Replace the row, or delete it."""
        if terms is None:
            await self._work.connection.run(delete(deliveries).where(deliveries.c.seller_id == seller_id))
            return
        values = {"seller_id": seller_id, "fee_minor": terms.fee_minor, "free_from_minor": terms.free_from_minor}
        await self._work.connection.run(_PUT, values)


def own_terms(row: Row[Any]) -> tuple[SellerId, DeliveryTerms]:
    """Return whose terms a row holds, and the terms."""
    terms = DeliveryTerms(fee_minor=row.fee_minor, free_from_minor=row.free_from_minor)
    return SellerId(row.seller_id), terms
