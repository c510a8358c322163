"""Orders in memory."""

from collections.abc import Collection, Mapping, Sequence

from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.inmemory.vouchers import InMemoryVouchers, numbers_of, redemption_table, voucher_table
from marketplace_core.kernel.ids import CartId, OrderId, SellerId, SellerOrderId, UserId, VoucherId
from marketplace_core.kernel.money import total
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.errors import (
    AlreadyPlaced,
    OrderNotFound,
    SellerOrderNotFound,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.domain.order import Order, OrderState
from marketplace_core.orders.domain.seller_order import SellerOrder, SellerOrderState
from marketplace_core.orders.domain.voucher import Voucher
from marketplace_core.orders.ports import Deliveries, Orders, OrdersWork, SellerOrders
from marketplace_core.orders.queries import (
    GroupFacts,
    OrderFacts,
    OrdersReader,
    OrderSummary,
    OrderView,
    SellerOrderSummary,
    SellerOrderView,
)


def _orders(store: Store) -> Table[Order]:
    return store.table("orders_orders")


def _seller_orders(store: Store) -> Table[SellerOrder]:
    return store.table("orders_seller_orders")


def _deliveries(store: Store) -> Table[DeliveryTerms]:
    return store.table("orders_deliveries")


def _own_terms(rows: Table[DeliveryTerms], seller_ids: Collection[SellerId]) -> dict[SellerId, DeliveryTerms]:
    found = ((seller_id, rows.get(seller_id)) for seller_id in seller_ids)
    return {seller_id: terms for seller_id, terms in found if terms is not None}


class InMemoryOrders(Orders):
    """Orders in a table; one per cart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = _orders(store)

    async def get(self, order_id: OrderId) -> Order:
        """Look it up."""
        order = self._rows.get(order_id)
        if order is None:
            raise OrderNotFound
        return order

    async def of_cart(self, cart_id: CartId) -> Order | None:
        """Find it."""
        return next(iter(self._rows.find(lambda order: order.cart_id == cart_id)), None)

    async def save(self, order: Order) -> None:
        """Store it unless its cart has another order."""
        other = await self.of_cart(order.cart_id)
        if other is not None and other.order_id != order.order_id:
            raise AlreadyPlaced(other.order_id)
        self._store.save(self._rows, order.order_id, order)


class InMemorySellerOrders(SellerOrders):
    """Seller orders in a table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = _seller_orders(store)

    async def get(self, seller_order_id: SellerOrderId) -> SellerOrder:
        """Look it up."""
        seller_order = self._rows.get(seller_order_id)
        if seller_order is None:
            raise SellerOrderNotFound
        return seller_order

    async def of_order(self, order_id: OrderId) -> Sequence[SellerOrder]:
        """Find them."""
        found = self._rows.find(lambda row: row.order_id == order_id)
        return sorted(found, key=lambda row: row.seller_order_id)

    async def save(self, seller_order: SellerOrder) -> None:
        """Store it."""
        self._store.save(self._rows, seller_order.seller_order_id, seller_order)


class InMemoryDeliveries(Deliveries):
    """Terms of delivery in a table."""

    def __init__(self, store: Store) -> None:
        self._rows = _deliveries(store)

    async def of(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Look them up."""
        return _own_terms(self._rows, seller_ids)

    async def put(self, seller_id: SellerId, terms: DeliveryTerms | None) -> None:
        """Replace the row, or remove it."""
        if terms is None:
            self._rows.delete(seller_id)
        else:
            self._rows.put(seller_id, terms)


class InMemoryOrdersWork(InMemoryWork, OrdersWork):
    """Orders and seller orders in one transaction."""

    @property
    def orders(self) -> InMemoryOrders:
        """The orders."""
        return InMemoryOrders(self.store)

    @property
    def seller_orders(self) -> InMemorySellerOrders:
        """The seller orders."""
        return InMemorySellerOrders(self.store)

    @property
    def deliveries(self) -> InMemoryDeliveries:
        """The shops' terms of delivery."""
        return InMemoryDeliveries(self.store)

    @property
    def vouchers(self) -> InMemoryVouchers:
        """The vouchers."""
        return InMemoryVouchers(self.store)


class InMemoryOrdersReader(OrdersReader):
    """Answers from the same tables."""

    def __init__(self, store: Store) -> None:
        self._orders = _orders(store)
        self._seller_orders = _seller_orders(store)
        self._deliveries = _deliveries(store)
        self._vouchers = voucher_table(store)
        self._redemptions = redemption_table(store)

    async def order_facts(self, order_id: OrderId) -> OrderFacts:
        """Tell the facts."""
        order = self._order(order_id)
        return _facts(order, self._parts(order_id))

    async def seller_order_facts(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Tell the facts of one part."""
        part = self._part(seller_order_id)
        return _facts(self._order(part.order_id), [part])

    async def order_view(self, order_id: OrderId) -> OrderView:
        """Show it."""
        order = self._order(order_id)
        return OrderView(
            order_id=order.order_id,
            buyer_id=order.buyer_id,
            state=order.state,
            total=order.total,
            address=order.address,
            policy_version=order.policy_version,
            policy_number=order.policy_number,
            placed_at=order.placed_at,
            pay_by=order.pay_by,
            payment_id=order.payment_id,
            payment=None,
            seller_orders=tuple(_view(part, order) for part in self._parts(order_id)),
            timeline=order.history,
        )

    async def seller_order_view(self, seller_order_id: SellerOrderId) -> SellerOrderView:
        """Show one part."""
        part = self._part(seller_order_id)
        return _view(part, self._order(part.order_id))

    async def orders_of(self, buyer_id: UserId, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List a buyer's orders."""
        orders = [
            order
            for order in self._orders
            if order.buyer_id == buyer_id and (before is None or order.order_id < before)
        ]
        return self._newest(orders, limit)

    async def buyers_among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Look through all orders."""
        return frozenset(order.buyer_id for order in self._orders if order.buyer_id in user_ids)

    async def all_orders(self, state: OrderState | None, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List everybody's orders."""
        orders = [
            order
            for order in self._orders
            if (state is None or order.state is state) and (before is None or order.order_id < before)
        ]
        return self._newest(orders, limit)

    async def seller_orders_of(
        self, seller_id: SellerId, state: SellerOrderState | None, limit: int, before: SellerOrderId | None
    ) -> Sequence[SellerOrderSummary]:
        """List a shop's seller orders."""
        parts = [
            part
            for part in self._seller_orders
            if part.seller_id == seller_id
            and (state is None or part.state is state)
            and (before is None or part.seller_order_id < before)
        ]
        newest = sorted(parts, key=lambda part: part.seller_order_id, reverse=True)[:limit]
        return [_summary(part) for part in newest]

    async def delivery_terms(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Look them up."""
        return _own_terms(self._deliveries, seller_ids)

    async def voucher(self, voucher_id: VoucherId) -> Voucher:
        """Look it up."""
        voucher = self._vouchers.get(voucher_id)
        if voucher is None:
            raise VoucherNotFound
        return voucher

    async def voucher_for(self, code: str, buyer_id: UserId) -> tuple[Voucher, int]:
        """Look through all, and count the redemptions."""
        for voucher in self._vouchers.find(lambda voucher: voucher.code == code):
            return voucher, len(numbers_of(self._redemptions, voucher.voucher_id, buyer_id))
        raise VoucherNotApplicable

    async def vouchers_of(self, seller_id: SellerId | None, limit: int, before: VoucherId | None) -> Sequence[Voucher]:
        """Filter, sort, cut."""
        found = self._vouchers.find(
            lambda one: one.seller_id == seller_id and (before is None or one.voucher_id < before)
        )
        return sorted(found, key=lambda voucher: voucher.voucher_id, reverse=True)[:limit]

    def _newest(self, orders: Sequence[Order], limit: int) -> Sequence[OrderSummary]:
        return [
            OrderSummary(
                order_id=order.order_id,
                buyer_id=order.buyer_id,
                state=order.state,
                total=order.total,
                placed_at=order.placed_at,
                seller_orders=tuple(_summary(part) for part in self._parts(order.order_id)),
            )
            for order in sorted(orders, key=lambda order: order.order_id, reverse=True)[:limit]
        ]

    def _order(self, order_id: OrderId) -> Order:
        order = self._orders.get(order_id)
        if order is None:
            raise OrderNotFound
        return order

    def _part(self, seller_order_id: SellerOrderId) -> SellerOrder:
        part = self._seller_orders.get(seller_order_id)
        if part is None:
            raise SellerOrderNotFound
        return part

    def _parts(self, order_id: OrderId) -> list[SellerOrder]:
        found = self._seller_orders.find(lambda part: part.order_id == order_id)
        return sorted(found, key=lambda part: part.seller_order_id)


def _facts(order: Order, parts: Sequence[SellerOrder]) -> OrderFacts:
    return OrderFacts(
        order_id=order.order_id,
        buyer_id=order.buyer_id,
        total=total([part.price for part in parts], order.total.currency),
        placed_at=order.placed_at,
        groups=tuple(
            GroupFacts(
                seller_order_id=part.seller_order_id,
                seller_id=part.seller_id,
                seller_name=part.seller_name,
                lines=part.lines,
                items=part.items,
                delivery=part.delivery,
                pricing=part.pricing,
                total=part.total,
            )
            for part in parts
        ),
    )


def _view(part: SellerOrder, order: Order) -> SellerOrderView:
    return SellerOrderView(
        seller_order_id=part.seller_order_id,
        order_id=part.order_id,
        buyer_id=part.buyer_id,
        seller_id=part.seller_id,
        seller_name=part.seller_name,
        state=part.state,
        lines=part.lines,
        items=part.items,
        delivery=part.delivery,
        pricing=part.pricing,
        total=part.total,
        placed_at=part.placed_at,
        address=order.address,
        shipment=part.parcels[-1] if part.parcels else None,
        parcels=part.parcels,
        called_off=part.called_off,
        open_units=part.open_units,
        arrival=part.arrival,
        timeline=part.history,
    )


def _summary(part: SellerOrder) -> SellerOrderSummary:
    return SellerOrderSummary(
        seller_order_id=part.seller_order_id,
        order_id=part.order_id,
        seller_id=part.seller_id,
        seller_name=part.seller_name,
        state=part.state,
        quantity=sum(line.quantity for line in part.lines),
        total=part.total,
        placed_at=part.placed_at,
    )
