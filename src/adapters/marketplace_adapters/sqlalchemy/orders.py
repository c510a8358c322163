"""Orders in SQL."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.deliveries import SqlDeliveries
from marketplace_adapters.sqlalchemy.orders_reader import SqlOrdersReader
from marketplace_adapters.sqlalchemy.orders_rows import order_of, order_values, seller_order_of, seller_order_values
from marketplace_adapters.sqlalchemy.statements import to_change
from marketplace_adapters.sqlalchemy.tables.orders import orders, seller_orders
from marketplace_adapters.sqlalchemy.vouchers import SqlVouchers
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import CartId, OrderId, SellerOrderId
from marketplace_core.orders import AlreadyPlaced, OrderNotFound, SellerOrderNotFound
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.ports import Orders, OrdersWork, SellerOrders

__all__ = ["SqlOrders", "SqlOrdersReader", "SqlOrdersWork", "SqlSellerOrders"]
_ORDER_OF_CART: Final = to_change(select(orders).where(orders.c.cart_id == bindparam("cart_id")))


class SqlOrders(Orders):
    """Orders, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, order_id: OrderId) -> Order:
        """Return an order."""
        row = await self._work.connection.row(to_change(select(orders).where(orders.c.order_id == order_id)))
        if row is None:
            raise OrderNotFound
        return order_of(row)

    async def of_cart(self, cart_id: CartId) -> Order | None:
        """Return the order a cart became."""
        row = await self._work.connection.row(_ORDER_OF_CART, {"cart_id": cart_id})
        return None if row is None else order_of(row)

    async def save(self, order: Order) -> None:
        """Store it unless its cart has another order."""
        try:
            async with self._work.connection.attempt():
                await self._work.save(orders, {"order_id": order.order_id}, order, order_values(order))
        except IntegrityError as broken:
            other = await self.of_cart(order.cart_id)
            if other is None or other.order_id == order.order_id:
                raise
            raise AlreadyPlaced(other.order_id) from broken


class SqlSellerOrders(SellerOrders):
    """Seller orders, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, seller_order_id: SellerOrderId) -> SellerOrder:
        """Return a seller order."""
        here = seller_orders.c.seller_order_id == seller_order_id
        row = await self._work.connection.row(to_change(select(seller_orders).where(here)))
        if row is None:
            raise SellerOrderNotFound
        return seller_order_of(row)

    async def of_order(self, order_id: OrderId) -> Sequence[SellerOrder]:
        """Return the seller orders of an order."""
        statement = select(seller_orders).where(seller_orders.c.order_id == order_id)
        rows = await self._work.connection.rows(to_change(statement.order_by(seller_orders.c.seller_order_id)))
        return [seller_order_of(row) for row in rows]

    async def save(self, seller_order: SellerOrder) -> None:
        """Store it."""
        key = {"seller_order_id": seller_order.seller_order_id}
        await self._work.save(seller_orders, key, seller_order, seller_order_values(seller_order))


class SqlOrdersWork(SqlWork, OrdersWork):
    """The unit of work."""

    @property
    def orders(self) -> SqlOrders:
        """The orders."""
        return SqlOrders(self)

    @property
    def seller_orders(self) -> SqlSellerOrders:
        """The seller orders."""
        return SqlSellerOrders(self)

    @property
    def deliveries(self) -> SqlDeliveries:
        """The shops' terms of delivery."""
        return SqlDeliveries(self)

    @property
    def vouchers(self) -> SqlVouchers:
        """The vouchers."""
        return SqlVouchers(self)
