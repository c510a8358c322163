"""The statements behind questions about card disputes, and their rows."""

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, select

from marketplace_adapters.sqlalchemy.disputes import dispute_of, with_parts
from marketplace_adapters.sqlalchemy.tables.disputes import dispute_parts, disputes
from marketplace_adapters.sqlalchemy.tables.payments import payments
from marketplace_core.kernel.ids import DisputeId, OrderId, SellerId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import DisputeState, DisputeView


def one_dispute(dispute_id: DisputeId) -> Select[Any]:
    """Return the statement of a dispute and its parts."""
    return with_parts(select(disputes).where(disputes.c.dispute_id == dispute_id))


def disputes_page(
    page: PageRequest, *, order_id: OrderId | None, seller_id: SellerId | None, states: Set[DisputeState]
) -> Select[Any]:
    """Return the statement of a page of disputes and one more, each with all its parts."""
    chosen = select(disputes).order_by(disputes.c.dispute_id.desc()).limit(page.limit + 1)
    if order_id is not None:
        of_order = select(payments.c.payment_id).where(payments.c.order_id == order_id)
        chosen = chosen.where(disputes.c.payment_id.in_(of_order))
    if seller_id is not None:
        of_seller = select(dispute_parts.c.dispute_id).where(dispute_parts.c.seller_id == seller_id)
        chosen = chosen.where(disputes.c.dispute_id.in_(of_seller))
    if states:
        chosen = chosen.where(disputes.c.state.in_(sorted(state.value for state in states)))
    if page.cursor is not None:
        if not page.cursor.startswith("dsp_"):
            raise InvalidCursor("This cursor was not made by this list.")
        chosen = chosen.where(disputes.c.dispute_id < page.cursor)
    return with_parts(chosen)


def dispute_views(rows: Sequence[Row[Any]]) -> list[DisputeView]:
    """Return the disputes of such rows, newest first."""
    grouped = groupby(rows, key=lambda row: row.dispute_id)
    return [DisputeView.of(dispute_of(list(group))) for _, group in grouped][::-1]
