"""The statements behind questions about refunds, and their rows."""

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, select

from marketplace_adapters.sqlalchemy.codec import decode
from marketplace_adapters.sqlalchemy.payments_rows import extras_of, standing_of
from marketplace_adapters.sqlalchemy.refunds import refund_of, with_parts
from marketplace_adapters.sqlalchemy.tables.ledger import accounts
from marketplace_adapters.sqlalchemy.tables.payments import holds, payments
from marketplace_adapters.sqlalchemy.tables.refunds import refund_parts, refunds
from marketplace_core.kernel.ids import OrderId, RefundId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    AccountKind,
    CommissionTerms,
    PaymentState,
    RefundableOrder,
    RefundablePart,
    RefundState,
    RefundView,
)


def one_refund(refund_id: RefundId) -> Select[Any]:
    """Return the statement of a refund and its parts."""
    return with_parts(select(refunds).where(refunds.c.refund_id == refund_id))


def refunds_page(
    page: PageRequest,
    *,
    order_id: OrderId | None,
    seller_id: SellerId | None,
    buyer_id: UserId | None,
    states: Set[RefundState],
) -> Select[Any]:
    """Return the statement of a page of refunds and one more, each with all its parts."""
    chosen = select(refunds).order_by(refunds.c.refund_id.desc()).limit(page.limit + 1)
    if order_id is not None:
        of_order = select(payments.c.payment_id).where(payments.c.order_id == order_id)
        chosen = chosen.where(refunds.c.payment_id.in_(of_order))
    if seller_id is not None:
        of_seller = select(refund_parts.c.refund_id).where(refund_parts.c.seller_id == seller_id)
        chosen = chosen.where(refunds.c.refund_id.in_(of_seller))
    if buyer_id is not None:
        chosen = chosen.where(refunds.c.buyer_id == buyer_id)
    if states:
        chosen = chosen.where(refunds.c.state.in_(sorted(state.value for state in states)))
    if page.cursor is not None:
        if not page.cursor.startswith("rfd_"):
            raise InvalidCursor("This cursor was not made by this list.")
        chosen = chosen.where(refunds.c.refund_id < page.cursor)
    return with_parts(chosen)


def refund_views(rows: Sequence[Row[Any]]) -> list[RefundView]:
    """Return the refunds of such rows, newest first."""
    grouped = groupby(rows, key=lambda row: row.refund_id)
    return [RefundView.of(refund_of(list(group))) for _, group in grouped][::-1]


def refundable_parts(order_id: OrderId) -> Select[Any]:
    """Return the statement of a paid order: a row per hold with what its shop has, or one without a hold."""
    return (
        select(
            payments.c.state.label("payment_state"),
            payments.c.currency.label("payment_currency"),
            payments.c.buyer_id.label("payment_buyer_id"),
            holds,
            _credit(AccountKind.SELLER_RESERVE).label("reserve_minor"),
            _credit(AccountKind.SELLER_PAYABLE).label("payable_minor"),
        )
        .join(holds, holds.c.payment_id == payments.c.payment_id, isouter=True)
        .where(payments.c.order_id == order_id)
        .order_by(holds.c.seller_order_id)
    )


def refundable_of(order_id: OrderId, rows: Sequence[Row[Any]]) -> RefundableOrder:
    """Return what such rows say may be given back."""
    currency = rows[0].payment_currency
    return RefundableOrder(
        order_id=order_id,
        buyer_id=UserId(rows[0].payment_buyer_id),
        state=PaymentState(rows[0].payment_state),
        currency=currency,
        parts=tuple(
            RefundablePart(
                seller_order_id=SellerOrderId(row.seller_order_id),
                seller_id=SellerId(row.seller_id),
                standing=standing_of(row),
                terms=decode(row.terms, CommissionTerms),
                reserve=Money(row.reserve_minor or 0, currency),
                payable=Money(row.payable_minor or 0, currency),
                extras=extras_of(row),
            )
            for row in rows
            if row.seller_order_id is not None
        ),
    )


def _credit(kind: AccountKind) -> Any:
    return (
        select(func.sum(accounts.c.credits_minor - accounts.c.debits_minor))
        .where(
            accounts.c.kind == kind.value,
            accounts.c.subject == holds.c.seller_id,
            accounts.c.currency == holds.c.currency,
        )
        .correlate(holds)
        .scalar_subquery()
    )
