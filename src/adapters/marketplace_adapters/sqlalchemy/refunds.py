"""Refunds in SQL: rows and aggregates, both ways."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, final

from sqlalchemy import Row, Select, select

from marketplace_adapters.sqlalchemy.payments_rows import (
    extras_of,
    extras_values,
    portion_of,
    portion_values,
    sources_of,
    sources_values,
)
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.refunds import refund_parts, refunds
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments import Refund, RefundNotFound, RefundPart, RefundState, Split
from marketplace_core.payments.ports import Refunds

_FRESH: Final = upsert(refund_parts)
_KEY: Final = ("refund_id", "seller_order_id")
_SAVE_PARTS: Final = _FRESH.on_conflict_do_update(
    index_elements=_KEY,
    set_={column.name: _FRESH.excluded[column.name] for column in refund_parts.c if column.name not in _KEY},
)


@final
class SqlRefunds(Refunds):
    """Refunds and their parts, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, refund_id: RefundId) -> Refund:
        """Read the rows."""
        found = await self._found(select(refunds).where(refunds.c.refund_id == refund_id))
        if not found:
            raise RefundNotFound("There is no such refund.")
        return found[0]

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Refund]:
        """Read the rows; identifiers sort by time of making."""
        return await self._found(select(refunds).where(refunds.c.payment_id == payment_id))

    async def save(self, refund: Refund) -> None:
        """Write the rows; an approval decides about the parts, so they are written each time."""
        await self._work.save(refunds, {"refund_id": refund.refund_id}, refund, refund_values(refund))
        if refund.parts:
            await self._work.connection.run(_SAVE_PARTS, part_values(refund))

    async def _found(self, chosen: Select[Any]) -> list[Refund]:
        await self._work.lock(chosen.order_by(refunds.c.refund_id))
        rows = await self._work.connection.rows(with_parts(chosen))
        return [refund_of(list(group)) for _, group in groupby(rows, key=lambda row: row.refund_id)]


def with_parts(chosen: Select[Any]) -> Select[Any]:
    """Join chosen refunds with their parts, one row per part, or one row without any."""
    cut = chosen.subquery("cut")
    parts = (column for column in refund_parts.c if column.name != "refund_id")
    return (
        select(cut, *parts)
        .join(refund_parts, refund_parts.c.refund_id == cut.c.refund_id, isouter=True)
        .order_by(cut.c.refund_id, refund_parts.c.seller_order_id)
    )


def refund_of(rows: Sequence[Row[Any]]) -> Refund:
    """Return the refund of its row joined with its parts."""
    row = rows[0]
    return Refund(
        refund_id=row.refund_id,
        payment_id=row.payment_id,
        order_id=row.order_id,
        buyer_id=row.buyer_id,
        provider=row.provider,
        amount=Money(row.amount_minor, row.currency),
        reason=row.reason,
        requested_by=Who(row.requested_by),
        requester_id=row.requester_id,
        requested_at=row.requested_at,
        parts=tuple(_part_of(part) for part in rows if part.seller_order_id is not None),
        state=RefundState(row.state),
        approved_at=row.approved_at,
        tried_at=row.tried_at,
        reference=row.reference,
        pending_reason=row.pending_reason,
        failure_code=row.failure_code,
        note=row.note,
        ended_at=row.ended_at,
        attempt=row.attempt,
        version=row.version,
    )


def refund_values(refund: Refund) -> dict[str, Any]:
    """Return the columns of a refund, key and version aside."""
    return {
        "payment_id": refund.payment_id,
        "order_id": refund.order_id,
        "buyer_id": refund.buyer_id,
        "provider": refund.provider,
        "currency": refund.amount.currency,
        "amount_minor": refund.amount.amount_minor,
        "reason": refund.reason,
        "requested_by": refund.requested_by.value,
        "requester_id": refund.requester_id,
        "requested_at": refund.requested_at,
        "state": refund.state.value,
        "approved_at": refund.approved_at,
        "tried_at": refund.tried_at,
        "reference": refund.reference,
        "pending_reason": refund.pending_reason,
        "failure_code": refund.failure_code,
        "note": refund.note,
        "ended_at": refund.ended_at,
        "attempt": refund.attempt,
    }


def part_values(refund: Refund) -> list[dict[str, Any]]:
    """Return the rows of a refund's parts."""
    return [
        {
            "refund_id": refund.refund_id,
            "seller_order_id": part.seller_order_id,
            "seller_id": part.seller_id,
            **portion_values("wanted", part.wanted),
            **portion_values("held", part.split.held),
            **portion_values("released", part.split.released),
            "platform_minor": part.platform_minor,
            **sources_values(part.sources),
            **extras_values(part.extras),
        }
        for part in refund.parts
    ]


def _part_of(row: Row[Any]) -> RefundPart:
    return RefundPart(
        seller_order_id=row.seller_order_id,
        seller_id=row.seller_id,
        wanted=portion_of(row, "wanted"),
        platform_minor=row.platform_minor,
        split=Split(held=portion_of(row, "held"), released=portion_of(row, "released")),
        sources=sources_of(row),
        extras=extras_of(row),
    )
