"""Card disputes in SQL: rows and aggregates, both ways."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, final

from sqlalchemy import Row, Select, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.payments_rows import portion_of, portion_values, sources_of, sources_values
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.disputes import dispute_parts, disputes
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import DisputeId, PaymentId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import Dispute, DisputeNotFound, DisputePart, DisputeState, Split
from marketplace_core.payments.ports import Disputes

_FRESH: Final = upsert(dispute_parts)
_KEY: Final = ("dispute_id", "seller_order_id")
_SAVE_PARTS: Final = _FRESH.on_conflict_do_update(
    index_elements=_KEY,
    set_={column.name: _FRESH.excluded[column.name] for column in dispute_parts.c if column.name not in _KEY},
)


@final
class SqlDisputes(Disputes):
    """Card disputes and their parts, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, dispute_id: DisputeId) -> Dispute:
        """Read the rows."""
        found = await self._found(select(disputes).where(disputes.c.dispute_id == dispute_id))
        if not found:
            raise DisputeNotFound("There is no such dispute.")
        return found[0]

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Dispute]:
        """Read the rows; identifiers sort by time of making."""
        return await self._found(select(disputes).where(disputes.c.payment_id == payment_id))

    async def save(self, dispute: Dispute) -> None:
        """Write the rows; parts come with the withdrawal and are decided about later, so they are written each time."""
        try:
            await self._work.save(disputes, {"dispute_id": dispute.dispute_id}, dispute, dispute_values(dispute))
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"{dispute.reference} has another row.") from failure
        if dispute.parts:
            await self._work.connection.run(_SAVE_PARTS, part_values(dispute))

    async def _found(self, chosen: Select[Any]) -> list[Dispute]:
        await self._work.lock(chosen.order_by(disputes.c.dispute_id))
        rows = await self._work.connection.rows(with_parts(chosen))
        return [dispute_of(list(group)) for _, group in groupby(rows, key=lambda row: row.dispute_id)]


def with_parts(chosen: Select[Any]) -> Select[Any]:
    """Join chosen disputes with their parts, one row per part, or one row without any."""
    cut = chosen.subquery("cut")
    parts = (column for column in dispute_parts.c if column.name != "dispute_id")
    return (
        select(cut, *parts)
        .join(dispute_parts, dispute_parts.c.dispute_id == cut.c.dispute_id, isouter=True)
        .order_by(cut.c.dispute_id, dispute_parts.c.seller_order_id)
    )


def dispute_of(rows: Sequence[Row[Any]]) -> Dispute:
    """Return the dispute of its row joined with its parts."""
    row = rows[0]
    return Dispute(
        dispute_id=row.dispute_id,
        payment_id=row.payment_id,
        order_id=row.order_id,
        provider=row.provider,
        reference=row.reference,
        amount=Money(row.amount_minor, row.currency),
        fee=Money(row.fee_minor, row.currency),
        reason=row.reason,
        opened_at=row.opened_at,
        state=DisputeState(row.state),
        parts=tuple(_part_of(part) for part in rows if part.seller_order_id is not None),
        excess_minor=row.excess_minor,
        suspended_minor=row.suspended_minor,
        evidence_due=row.evidence_due,
        evidence_hash=row.evidence_hash,
        closed_at=row.closed_at,
        version=row.version,
    )


def dispute_values(dispute: Dispute) -> dict[str, Any]:
    """Return the columns of a dispute, key and version aside."""
    return {
        "payment_id": dispute.payment_id,
        "order_id": dispute.order_id,
        "provider": dispute.provider,
        "reference": dispute.reference,
        "currency": dispute.amount.currency,
        "amount_minor": dispute.amount.amount_minor,
        "fee_minor": dispute.fee.amount_minor,
        "excess_minor": dispute.excess_minor,
        "suspended_minor": dispute.suspended_minor,
        "reason": dispute.reason,
        "opened_at": dispute.opened_at,
        "state": dispute.state.value,
        "evidence_due": dispute.evidence_due,
        "evidence_hash": dispute.evidence_hash,
        "closed_at": dispute.closed_at,
    }


def part_values(dispute: Dispute) -> list[dict[str, Any]]:
    """Return the rows of a dispute's parts."""
    return [
        {
            "dispute_id": dispute.dispute_id,
            "seller_order_id": part.seller_order_id,
            "seller_id": part.seller_id,
            **portion_values("held", part.split.held),
            **portion_values("released", part.split.released),
            "parked_minor": part.parked_minor,
            **sources_values(part.sources),
        }
        for part in dispute.parts
    ]


def _part_of(row: Row[Any]) -> DisputePart:
    return DisputePart(
        seller_order_id=row.seller_order_id,
        seller_id=row.seller_id,
        split=Split(held=portion_of(row, "held"), released=portion_of(row, "released")),
        parked_minor=row.parked_minor,
        sources=sources_of(row),
    )
