"""Answers about orders, one statement each."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select

from marketplace_adapters.sqlalchemy.deliveries import OWN_TERMS, own_terms
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.orders_rows import (
    address_of,
    arrival_of,
    called_off_of,
    lines_of,
    parcels_of,
    pricing_of,
    steps_of,
)
from marketplace_adapters.sqlalchemy.tables.orders import orders, seller_orders
from marketplace_adapters.sqlalchemy.tables.vouchers import redemptions, vouchers
from marketplace_adapters.sqlalchemy.vouchers import ONE, voucher_of, vouchers_in, vouchers_of
from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId, UserId, VoucherId
from marketplace_core.kernel.money import Money, total
from marketplace_core.orders import (
    DeliveryTerms,
    GroupFacts,
    OrderFacts,
    OrderNotFound,
    OrdersReader,
    OrderState,
    OrderSummary,
    OrderView,
    SellerOrderNotFound,
    SellerOrderState,
    SellerOrderSummary,
    SellerOrderView,
    Voucher,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.domain.seller_order import open_units

_OF_ORDER: Final = (
    orders.c.payment_id,
    orders.c.state.label("order_state"),
    orders.c.total_minor,
    orders.c.address,
    orders.c.policy_version,
    orders.c.policy_number,
    orders.c.pay_by,
    orders.c.history.label("order_history"),
)
"""What an order adds to the columns of its seller orders."""

_HEADS: Final = select(orders.c.order_id, orders.c.buyer_id, orders.c.state.label("order_state"), orders.c.total_minor)

_SUMMARY: Final = tuple(
    seller_orders.c[name]
    for name in (
        "seller_order_id",
        "order_id",
        "seller_id",
        "seller_name",
        "state",
        "quantity",
        "currency",
        "items_minor",
        "delivery_minor",
        "placed_at",
    )
)


class SqlOrdersReader(OrdersReader):
    """Reads inside the open transaction if there is one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def order_facts(self, order_id: OrderId) -> OrderFacts:
        """Tell the facts."""
        rows = await self._parts(orders.c.order_id == order_id)
        if not rows:
            raise OrderNotFound
        return _facts(rows)

    async def seller_order_facts(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Tell the facts of one part."""
        rows = await self._parts(seller_orders.c.seller_order_id == seller_order_id)
        if not rows:
            raise SellerOrderNotFound
        return _facts(rows)

    async def order_view(self, order_id: OrderId) -> OrderView:
        """Show it."""
        rows = await self._parts(orders.c.order_id == order_id)
        if not rows:
            raise OrderNotFound
        first = rows[0]
        return OrderView(
            order_id=first.order_id,
            buyer_id=first.buyer_id,
            state=OrderState(first.order_state),
            total=Money(first.total_minor, first.currency),
            address=address_of(first.address),
            policy_version=first.policy_version,
            policy_number=first.policy_number,
            placed_at=first.placed_at,
            pay_by=first.pay_by,
            payment_id=first.payment_id,
            payment=None,
            seller_orders=tuple(_view(row) for row in rows),
            timeline=steps_of(first.order_history),
        )

    async def seller_order_view(self, seller_order_id: SellerOrderId) -> SellerOrderView:
        """Show one part."""
        rows = await self._parts(seller_orders.c.seller_order_id == seller_order_id)
        if not rows:
            raise SellerOrderNotFound
        return _view(rows[0])

    async def orders_of(self, buyer_id: UserId, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List a buyer's orders."""
        return await self._summaries(_HEADS.where(orders.c.buyer_id == buyer_id), limit, before)

    async def buyers_among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Look for their orders."""
        buyers = select(orders.c.buyer_id).where(orders.c.buyer_id.in_(sorted(user_ids))).distinct()
        return frozenset(UserId(row.buyer_id) for row in await self._database.reader.rows(buyers))

    async def all_orders(self, state: OrderState | None, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List everybody's orders."""
        return await self._summaries(
            _HEADS if state is None else _HEADS.where(orders.c.state == state.value), limit, before
        )

    async def seller_orders_of(
        self, seller_id: SellerId, state: SellerOrderState | None, limit: int, before: SellerOrderId | None
    ) -> Sequence[SellerOrderSummary]:
        """List a shop's seller orders."""
        statement = select(*_SUMMARY).where(seller_orders.c.seller_id == seller_id)
        if state is not None:
            statement = statement.where(seller_orders.c.state == state.value)
        newest = statement.order_by(seller_orders.c.seller_order_id.desc()).limit(limit)
        rows = await self._database.reader.rows(_older(newest, seller_orders.c.seller_order_id, before))
        return [_summary(row) for row in rows]

    async def delivery_terms(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Look them up."""
        rows = await self._database.reader.rows(OWN_TERMS, {"seller_ids": sorted(seller_ids)})
        return dict(map(own_terms, rows))

    async def voucher(self, voucher_id: VoucherId) -> Voucher:
        """Read the row."""
        row = await self._database.reader.row(ONE, {"voucher_id": voucher_id})
        if row is None:
            raise VoucherNotFound
        return voucher_of(row)

    async def voucher_for(self, code: str, buyer_id: UserId) -> tuple[Voucher, int]:
        """Read the row, with the buyer's redemptions beside it."""
        mine = (
            select(func.count())
            .where(
                redemptions.c.voucher_id == vouchers.c.voucher_id,
                redemptions.c.buyer_id == buyer_id,
                redemptions.c.number.is_not(None),
            )
            .scalar_subquery()
        )
        row = await self._database.reader.row(select(vouchers, mine.label("uses")).where(vouchers.c.code == code))
        if row is None:
            raise VoucherNotApplicable
        return voucher_of(row), int(row.uses)

    async def vouchers_of(self, seller_id: SellerId | None, limit: int, before: VoucherId | None) -> Sequence[Voucher]:
        """Read a page."""
        return vouchers_in(await self._database.reader.rows(vouchers_of(seller_id, limit, before)))

    async def _summaries(self, wanted: Select[Any], limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        newest = wanted.order_by(orders.c.order_id.desc()).limit(limit)
        page = _older(newest, orders.c.order_id, before).subquery()
        statement = (
            select(page.c.buyer_id, page.c.order_state, page.c.total_minor, *_SUMMARY)
            .join(seller_orders, seller_orders.c.order_id == page.c.order_id)
            .order_by(page.c.order_id.desc(), seller_orders.c.seller_order_id)
        )
        rows = await self._database.reader.rows(statement)
        return [_order_summary(list(parts)) for _, parts in groupby(rows, lambda row: row.order_id)]

    async def _parts(self, here: ColumnElement[bool]) -> Sequence[Row[Any]]:
        statement = select(seller_orders, *_OF_ORDER).join(orders, orders.c.order_id == seller_orders.c.order_id)
        return await self._database.reader.rows(statement.where(here).order_by(seller_orders.c.seller_order_id))


def _older(statement: Select[Any], key: ColumnElement[str], before: str | None) -> Select[Any]:
    return statement if before is None else statement.where(key < before)


def _facts(rows: Sequence[Row[Any]]) -> OrderFacts:
    groups = tuple(_group(row) for row in rows)
    first = rows[0]
    return OrderFacts(
        order_id=first.order_id,
        buyer_id=first.buyer_id,
        total=total([group.price for group in groups], first.currency),
        placed_at=first.placed_at,
        groups=groups,
    )


def _group(row: Row[Any]) -> GroupFacts:
    items, delivery = Money(row.items_minor, row.currency), Money(row.delivery_minor, row.currency)
    return GroupFacts(
        seller_order_id=row.seller_order_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        lines=lines_of(row.lines),
        items=items,
        delivery=delivery,
        pricing=pricing_of(row.pricing),
        total=items + delivery,
    )


def _view(row: Row[Any]) -> SellerOrderView:
    lines, parcels, called_off = lines_of(row.lines), parcels_of(row.parcels), called_off_of(row.called_off)
    items, delivery = Money(row.items_minor, row.currency), Money(row.delivery_minor, row.currency)
    return SellerOrderView(
        seller_order_id=row.seller_order_id,
        order_id=row.order_id,
        buyer_id=row.buyer_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        state=SellerOrderState(row.state),
        lines=lines,
        items=items,
        delivery=delivery,
        pricing=pricing_of(row.pricing),
        total=items + delivery,
        placed_at=row.placed_at,
        address=address_of(row.address),
        shipment=parcels[-1] if parcels else None,
        parcels=parcels,
        called_off=called_off,
        open_units=open_units(lines, parcels, called_off),
        arrival=arrival_of(row),
        timeline=steps_of(row.history),
    )


def _summary(row: Row[Any]) -> SellerOrderSummary:
    return SellerOrderSummary(
        seller_order_id=row.seller_order_id,
        order_id=row.order_id,
        seller_id=row.seller_id,
        seller_name=row.seller_name,
        state=SellerOrderState(row.state),
        quantity=row.quantity,
        total=Money(row.items_minor + row.delivery_minor, row.currency),
        placed_at=row.placed_at,
    )


def _order_summary(parts: Sequence[Row[Any]]) -> OrderSummary:
    first = parts[0]
    return OrderSummary(
        order_id=first.order_id,
        buyer_id=first.buyer_id,
        state=OrderState(first.order_state),
        total=Money(first.total_minor, first.currency),
        placed_at=first.placed_at,
        seller_orders=tuple(_summary(row) for row in parts),
    )
