"""The statements behind questions about claims, and their rows."""

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, select

from marketplace_adapters.sqlalchemy.claims import claim_of, with_messages
from marketplace_adapters.sqlalchemy.tables.claims import claims
from marketplace_core.kernel.ids import ClaimId, OrderId, SellerId, UserId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments.claims import (
    ClaimState,
    ClaimView,
)


def one_claim(claim_id: ClaimId) -> Select[Any]:
    """Return the statement of a claim and what was said in it."""
    return with_messages(select(claims).where(claims.c.claim_id == claim_id))


def claims_page(
    page: PageRequest,
    *,
    order_id: OrderId | None,
    seller_id: SellerId | None,
    buyer_id: UserId | None,
    states: Set[ClaimState],
) -> Select[Any]:
    """Return the statement of a page of claims and one more, each with all that was said."""
    chosen = select(claims).order_by(claims.c.claim_id.desc()).limit(page.limit + 1)
    if order_id is not None:
        chosen = chosen.where(claims.c.order_id == order_id)
    if seller_id is not None:
        chosen = chosen.where(claims.c.seller_id == seller_id)
    if buyer_id is not None:
        chosen = chosen.where(claims.c.buyer_id == buyer_id)
    if states:
        chosen = chosen.where(claims.c.state.in_(sorted(state.value for state in states)))
    if page.cursor is not None:
        if not page.cursor.startswith("clm_"):
            raise InvalidCursor("This cursor was not made by this list.")
        chosen = chosen.where(claims.c.claim_id < page.cursor)
    return with_messages(chosen)


def claim_views(rows: Sequence[Row[Any]]) -> list[ClaimView]:
    """Return the claims of such rows, newest first."""
    grouped = groupby(rows, key=lambda row: row.claim_id)
    return [ClaimView.of(claim_of(list(group))) for _, group in grouped][::-1]
