"""Stock in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import final

from attrs import define, evolve

from marketplace_core.catalog import (
    HeldOtherwise,
    MovementKind,
    Reservation,
    ReservationState,
    StockChanged,
    StockLevel,
    StockLine,
    StockMovement,
    StockNotHeld,
)
from marketplace_core.catalog.domain.stock import crosses_zero, out_of_stock, too_low
from marketplace_core.catalog.ports import Stock
from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OfferId, OrderId


@define(kw_only=True, eq=False)
class OfferStock(Aggregate):
    """The counters of an offer, as an aggregate so that its events are stored with it."""

    level: StockLevel


@final
class InMemoryStock(Stock):
    """Counters, reservations and movements in tables."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._levels: Table[OfferStock] = store.table("catalog_stock")
        self._reservations: Table[Reservation] = store.table("catalog_reservations")
        self._movements: Table[StockMovement] = store.table("catalog_movements")

    async def open(self, level: StockLevel, *, at: datetime) -> None:
        """Store the first counters."""
        self._store.save(self._levels, level.offer_id, OfferStock(level=level))
        self._note(level.offer_id, MovementKind.OPENED, level.on_hand, at=at)

    async def levels(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, StockLevel]:
        """Look each offer up."""
        rows = {offer_id: self._levels.get(offer_id) for offer_id in offer_ids}
        return {offer_id: row.level for offer_id, row in rows.items() if row is not None}

    async def adjust(self, seen: StockLevel, by: int, *, reason: str, at: datetime) -> StockLevel:
        """Compare, then count."""
        row = self._levels.get(seen.offer_id)
        if row is None or row.level.on_hand != seen.on_hand:
            raise ConcurrentUpdate(f"The stock of {seen.offer_id} was counted by somebody else.")
        if row.level.available + by < 0:
            raise too_low(row.level, by)
        return self._move(row, MovementKind.ADJUSTED, by, reason=reason, at=at, always_told=True)

    async def hold(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Check every line, then move them all."""
        wanted = {line.offer_id: line.quantity for line in lines}
        reservations = self._reservations.find(lambda row: row.order_id == order_id)
        held = {row.offer_id: row.quantity for row in reservations if row.state is not ReservationState.RELEASED}
        if held:
            if held != wanted:
                raise HeldOtherwise("The order holds stock for other lines.", order_id=order_id)
            return
        rows = {line.offer_id: self._levels.get(line.offer_id) for line in lines}
        left = {offer_id: row.level.available if row else 0 for offer_id, row in rows.items()}
        short = [(line, left[line.offer_id]) for line in lines if left[line.offer_id] < line.quantity]
        if short:
            raise out_of_stock(short)
        for offer_id, row in rows.items():
            self._hold(order_id, offer_id, wanted[offer_id], row, at)

    async def hold_part(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> bool:
        """Check every line that is missing, then move them all."""
        missing = [line for line in lines if not self._has(order_id, line)]
        rows = {line.offer_id: self._levels.get(line.offer_id) for line in missing}
        if any((row := rows[line.offer_id]) is None or row.level.available < line.quantity for line in missing):
            return False
        for line in missing:
            self._hold(order_id, line.offer_id, line.quantity, rows[line.offer_id], at)
        return True

    async def restock(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Move sold units back."""
        for line in lines:
            reservation = self._reservations.get((order_id, line.offer_id))
            row = self._levels.get(line.offer_id)
            if (
                row is None
                or reservation is None
                or reservation.state is not ReservationState.COMMITTED
                or reservation.quantity < line.quantity
            ):
                raise StockNotHeld("The order has not taken so many units.", order_id=order_id)
            self._move(row, MovementKind.RESTOCKED, line.quantity, order_id=order_id, at=at)
            left = reservation.quantity - line.quantity
            now = evolve(reservation, quantity=left) if left else evolve(reservation, state=ReservationState.RELEASED)
            self._reservations.put((order_id, line.offer_id), now)

    def _has(self, order_id: OrderId, line: StockLine) -> bool:
        held = self._reservations.get((order_id, line.offer_id))
        return held is not None and held.state is not ReservationState.RELEASED and held.quantity == line.quantity

    def _hold(self, order_id: OrderId, offer_id: OfferId, quantity: int, row: OfferStock | None, at: datetime) -> None:
        if row is not None:
            self._move(row, MovementKind.HELD, quantity, order_id=order_id, at=at)
            reservation = Reservation(
                order_id=order_id, offer_id=offer_id, quantity=quantity, state=ReservationState.HELD
            )
            self._reservations.put((order_id, offer_id), reservation)

    async def commit(self, order_id: OrderId, *, at: datetime) -> None:
        """Move what is held to sold."""
        reservations = self._reservations.find(lambda row: row.order_id == order_id)
        if not any(row.state is not ReservationState.RELEASED for row in reservations):
            raise StockNotHeld("The order holds no stock.", order_id=order_id)
        self._settle(reservations, MovementKind.COMMITTED, ReservationState.COMMITTED, at)

    async def release(self, order_id: OrderId, *, at: datetime) -> None:
        """Move what is held back."""
        reservations = self._reservations.find(lambda row: row.order_id == order_id)
        self._settle(reservations, MovementKind.RELEASED, ReservationState.RELEASED, at)

    def _settle(
        self, reservations: Sequence[Reservation], kind: MovementKind, state: ReservationState, at: datetime
    ) -> None:
        for reservation in reservations:
            row = self._levels.get(reservation.offer_id)
            if row is not None and reservation.state is ReservationState.HELD:
                self._move(row, kind, reservation.quantity, order_id=reservation.order_id, at=at)
                key = (reservation.order_id, reservation.offer_id)
                self._reservations.put(key, evolve(reservation, state=state))

    def _move(
        self,
        row: OfferStock,
        kind: MovementKind,
        quantity: int,
        *,
        order_id: OrderId | None = None,
        reason: str = "",
        at: datetime,
        always_told: bool = False,
    ) -> StockLevel:
        before, row.level = row.level, row.level.moved(kind, quantity)
        if always_told or crosses_zero(before.available, row.level.available):
            changed = StockChanged(
                product_id=before.product_id, offer_id=before.offer_id, available=row.level.available
            )
            row.record(changed)
        self._store.save(self._levels, before.offer_id, row)
        self._note(before.offer_id, kind, quantity, order_id=order_id, reason=reason, at=at)
        return row.level

    def _note(
        self,
        offer_id: OfferId,
        kind: MovementKind,
        quantity: int,
        *,
        order_id: OrderId | None = None,
        reason: str = "",
        at: datetime,
    ) -> None:
        movement = StockMovement(
            offer_id=offer_id, kind=kind, quantity=quantity, order_id=order_id, reason=reason, at=at
        )
        self._movements.put(len(self._movements), movement)
