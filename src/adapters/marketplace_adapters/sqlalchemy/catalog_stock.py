"""Stock in SQL: every change is one conditional statement per offer (reliability design 6.4).

It is the last statement of its transaction wherever it can be: everybody else who wants the offer waits from there to
the commit (ADR 48).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, final

from sqlalchemy import Row, bindparam, case, insert, literal, select, update

from marketplace_adapters.sqlalchemy.outbox import store_events
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.catalog import movements, reservations, stock
from marketplace_adapters.sqlalchemy.types import Instant, Number, Words
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.catalog import (
    HeldOtherwise,
    MovementKind,
    ReservationState,
    StockChanged,
    StockLevel,
    StockLine,
    StockNotHeld,
)
from marketplace_core.catalog.domain.stock import EFFECTS, crosses_zero, out_of_stock, too_low
from marketplace_core.catalog.ports import Stock
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OfferId, OrderId

_LEFT = (stock.c.on_hand - stock.c.held - stock.c.sold).label("left")
HELD, COMMITTED, RELEASED = (state.value for state in ReservationState)
_MOVE: Final = (
    update(stock)
    .where(
        stock.c.offer_id == bindparam("of_offer"),
        stock.c.on_hand - stock.c.held - stock.c.sold >= bindparam("taken"),
    )
    .values(held=stock.c.held + bindparam("more_held"), sold=stock.c.sold + bindparam("more_sold"))
    .returning(stock.c.product_id, _LEFT)
)
_ACTIVE: Final = select(reservations).where(
    reservations.c.order_id == bindparam("order_id"), reservations.c.state != RELEASED
)
_HERE: Final = stock.c.offer_id == bindparam("of_offer")
_ORDER: Final = bindparam("of_order", type_=Words)
_UNITS: Final = bindparam("units", type_=Number)
_FRESH: Final = upsert(reservations).from_select(
    ["order_id", "offer_id", "quantity", "state"],
    select(_ORDER, stock.c.offer_id, _UNITS, literal(HELD, Words)).where(_HERE),
)
_NOTE_HELD: Final = insert(movements).from_select(
    ["offer_id", "kind", "quantity", "order_id", "reason", "at"],
    select(
        stock.c.offer_id,
        literal(MovementKind.HELD.value, Words),
        _UNITS,
        _ORDER,
        literal("", Words),
        bindparam("now", type_=Instant),
    ).where(_HERE),
)
_RESERVE: Final = _FRESH.on_conflict_do_update(
    index_elements=["order_id", "offer_id"],
    set_={"quantity": _FRESH.excluded.quantity, "state": _FRESH.excluded.state},
)

_LESS: Final = reservations.c.quantity - bindparam("less")
_GIVE_UP: Final = (
    update(reservations)
    .where(
        reservations.c.order_id == bindparam("of_order"),
        reservations.c.offer_id == bindparam("of_offer"),
        reservations.c.state == COMMITTED,
        reservations.c.quantity >= bindparam("less"),
    )
    .values(
        quantity=case((_LESS > 0, _LESS), else_=reservations.c.quantity),
        state=case((_LESS > 0, COMMITTED), else_=RELEASED),
    )
    .returning(reservations.c.offer_id)
)


@final
class SqlStock(Stock):
    """Counters, reservations and movements, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def open(self, level: StockLevel, *, at: datetime) -> None:
        """Insert the first counters."""
        values = {"offer_id": level.offer_id, "product_id": level.product_id, "on_hand": level.on_hand}
        await self._work.connection.run(insert(stock).values(**values, held=level.held, sold=level.sold))
        await self._note(MovementKind.OPENED, [(level.offer_id, level.on_hand)], at=at)

    async def levels(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, StockLevel]:
        """Return counters by offer."""
        rows = await self._work.connection.rows(select(stock).where(stock.c.offer_id.in_(offer_ids)))
        return {row.offer_id: level_of(row) for row in rows}

    async def adjust(self, seen: StockLevel, by: int, *, reason: str, at: datetime) -> StockLevel:
        """Count, if nobody counted meanwhile and orders leave room."""
        statement = (
            update(stock)
            .where(stock.c.offer_id == seen.offer_id, stock.c.on_hand == seen.on_hand)
            .where(stock.c.on_hand + by >= stock.c.held + stock.c.sold)
            .values(on_hand=stock.c.on_hand + by)
            .returning(stock)
        )
        row = await self._work.connection.row(statement)
        if row is None:
            now = (await self.levels((seen.offer_id,))).get(seen.offer_id)
            if now is not None and now.on_hand == seen.on_hand:
                raise too_low(now, by)
            raise ConcurrentUpdate(f"The stock of {seen.offer_id} was counted by somebody else.")
        await self._note(MovementKind.ADJUSTED, [(seen.offer_id, by)], reason=reason, at=at)
        level = level_of(row)
        await self._tell(level.offer_id, level.product_id, level.available)
        return level

    async def hold(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Hold every line by one conditional update each."""
        wanted = {line.offer_id: line.quantity for line in lines}
        held = await self._work.connection.rows(_ACTIVE, {"order_id": order_id})
        if held:
            if {row.offer_id: row.quantity for row in held} != wanted:
                raise HeldOtherwise("The order holds stock for other lines.", order_id=order_id)
            return
        await self._reserve(order_id, lines, at)
        short = [line for line in lines if not await self._move(MovementKind.HELD, line.offer_id, line.quantity)]
        if short:
            levels = await self.levels([line.offer_id for line in short])
            left = {offer_id: level.available for offer_id, level in levels.items()}
            raise out_of_stock([(line, left.get(line.offer_id, 0)) for line in short])

    async def hold_part(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> bool:
        """Hold every line that is missing by one conditional update each; undo them if one is short."""
        rows = await self._work.connection.rows(_ACTIVE, {"order_id": order_id})
        has = {row.offer_id: row.quantity for row in rows}
        missing = [line for line in lines if has.get(line.offer_id) != line.quantity]
        held: list[StockLine] = []
        for line in missing:
            if not await self._move(MovementKind.HELD, line.offer_id, line.quantity):
                for one in held:
                    await self._move(MovementKind.RELEASED, one.offer_id, one.quantity)
                return False
            held.append(line)
        if held:
            await self._reserve(order_id, held, at)
        return True

    async def restock(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Take units out of the order's committed reservations, and out of what is sold."""
        for line in lines:
            if await self._work.connection.row(_GIVE_UP, _given_up(order_id, line)) is None:
                raise StockNotHeld("The order has not taken so many units.", order_id=order_id)
            await self._move(MovementKind.RESTOCKED, line.offer_id, line.quantity)
        moved = [(line.offer_id, line.quantity) for line in lines]
        await self._note(MovementKind.RESTOCKED, moved, order_id=order_id, at=at)

    async def _reserve(self, order_id: OrderId, lines: Sequence[StockLine], at: datetime) -> None:
        """Write down what is held, of offers that there are."""
        values = [{"of_order": order_id, "of_offer": line.offer_id, "units": line.quantity} for line in lines]
        await self._work.connection.run(_RESERVE, values)
        await self._work.connection.run(_NOTE_HELD, [{**each, "now": at} for each in values])

    async def commit(self, order_id: OrderId, *, at: datetime) -> None:
        """Turn held units into sold ones."""
        if await self._settle(order_id, MovementKind.COMMITTED, COMMITTED, at):
            return
        done = (reservations.c.order_id == order_id, reservations.c.state == COMMITTED)
        if await self._work.connection.row(select(reservations.c.state).where(*done).limit(1)) is None:
            raise StockNotHeld("The order holds no stock.", order_id=order_id)

    async def release(self, order_id: OrderId, *, at: datetime) -> None:
        """Give held units back."""
        await self._settle(order_id, MovementKind.RELEASED, RELEASED, at)

    async def _settle(self, order_id: OrderId, kind: MovementKind, state: str, at: datetime) -> bool:
        """Take the order's held reservations to their end: whoever changes their state moves the units."""
        statement = (
            update(reservations)
            .where(reservations.c.order_id == order_id, reservations.c.state == HELD)
            .values(state=state)
            .returning(reservations.c.offer_id, reservations.c.quantity)
        )
        settled = sorted((row.offer_id, row.quantity) for row in await self._work.connection.rows(statement))
        if settled:
            await self._note(kind, settled, order_id=order_id, at=at)
        for offer_id, quantity in settled:
            await self._move(kind, offer_id, quantity)
        return bool(settled)

    async def _move(self, kind: MovementKind, offer_id: OfferId, quantity: int) -> bool:
        """Change an offer's counters if that leaves none below zero available; tell whether it did."""
        on_hand, held, sold = EFFECTS[kind]
        taken = (held + sold - on_hand) * quantity
        values = {"of_offer": offer_id, "taken": taken, "more_held": held * quantity, "more_sold": sold * quantity}
        row = await self._work.connection.row(_MOVE, values)
        if row is None:
            return False
        if crosses_zero(row.left + taken, row.left):
            await self._tell(offer_id, row.product_id, row.left)
        return True

    async def _note(
        self,
        kind: MovementKind,
        moved: Sequence[tuple[OfferId, int]],
        *,
        order_id: OrderId | None = None,
        reason: str = "",
        at: datetime,
    ) -> None:
        rows = [
            {
                "offer_id": offer,
                "kind": kind.value,
                "quantity": quantity,
                "order_id": order_id,
                "reason": reason,
                "at": at,
            }
            for offer, quantity in moved
        ]
        await self._work.connection.run(insert(movements), rows)

    async def _tell(self, offer_id: OfferId, product_id: Any, available: int) -> None:
        changed = StockChanged(product_id=product_id, offer_id=offer_id, available=available)
        await store_events(self._work.database, self._work.connection, "OfferStock", offer_id, (changed,))


def _given_up(order_id: OrderId, line: StockLine) -> dict[str, Any]:
    return {"of_order": order_id, "of_offer": line.offer_id, "less": line.quantity}


def level_of(row: Row[Any]) -> StockLevel:
    """Return the counters of a row."""
    return StockLevel(
        offer_id=row.offer_id, product_id=row.product_id, on_hand=row.on_hand, held=row.held, sold=row.sold
    )
