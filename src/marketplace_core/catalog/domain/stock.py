"""How many units of an offer there are, and how each of them came and went.

``on_hand`` counts every unit the seller ever had to sell, ``held`` those that unpaid orders keep, ``sold`` those that
paid orders took and were not called off. ``held + sold`` never exceeds ``on_hand`` (reliability design 6.4). Every
change of a counter is a movement; replaying the movements gives the counters.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from marketplace_core.catalog.domain.errors import MalformedProduct, OutOfStock, StockTooLow
from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import OfferId, OrderId, ProductId

UNITS_MAX: Final = 1_000_000
LINES_MAX: Final = 100
REASON_LENGTH_MAX: Final = 200


class MovementKind(Enum):
    """Why a counter changed."""

    OPENED = "opened"
    ADJUSTED = "adjusted"
    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"
    RESTOCKED = "restocked"


EFFECTS: Final[Mapping[MovementKind, tuple[int, int, int]]] = {
    MovementKind.OPENED: (1, 0, 0),
    MovementKind.ADJUSTED: (1, 0, 0),
    MovementKind.HELD: (0, 1, 0),
    MovementKind.COMMITTED: (0, -1, 1),
    MovementKind.RELEASED: (0, -1, 0),
    MovementKind.RESTOCKED: (0, 0, -1),
}
"""What one unit of a movement adds to ``on_hand``, ``held`` and ``sold``."""


class ReservationState(Enum):
    """What became of the units an order asked for."""

    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"


@frozen(kw_only=True)
class StockLine:
    """Some units of an offer."""

    offer_id: OfferId
    quantity: int


@frozen(kw_only=True)
class StockLevel:
    """The counters of an offer."""

    offer_id: OfferId
    product_id: ProductId
    on_hand: int
    held: int = 0
    sold: int = 0

    @property
    def available(self) -> int:
        """The units that can be held now."""
        return self.on_hand - self.held - self.sold

    @property
    def unsold(self) -> int:
        """The units that no paid order has taken: those available and those that open orders hold."""
        return self.on_hand - self.sold

    def adjustment(self, *, by: int | None = None, to: int | None = None) -> int:
        """Return how many units to add so that the count moves by ``by``, or so that ``to`` units are unsold.

        Raises ``MalformedProduct`` unless exactly one is given and the result is within limits, ``StockTooLow`` if
        open orders hold more.
        """
        if (by is None) == (to is None):
            raise MalformedProduct("stock", "give either a change or a new count")
        delta = by if by is not None else (to or 0) - self.unsold
        unsold = self.unsold + delta
        if not -UNITS_MAX <= unsold <= UNITS_MAX:
            raise MalformedProduct("stock", f"is 0 to {UNITS_MAX} units")
        if unsold < self.held:
            raise too_low(self, delta)
        return delta

    def moved(self, kind: MovementKind, quantity: int) -> "StockLevel":
        """Return the counters after a movement."""
        on_hand, held, sold = EFFECTS[kind]
        return evolve(
            self,
            on_hand=self.on_hand + on_hand * quantity,
            held=self.held + held * quantity,
            sold=self.sold + sold * quantity,
        )


@frozen(kw_only=True)
class StockMovement:
    """One change of an offer's counters. ``quantity`` is negative only for an adjustment downwards."""

    offer_id: OfferId
    kind: MovementKind
    quantity: int
    order_id: OrderId | None
    reason: str
    at: datetime


@frozen(kw_only=True)
class Reservation:
    """The units of an offer that an order asked for."""

    order_id: OrderId
    offer_id: OfferId
    quantity: int
    state: ReservationState


def replayed(opening: StockLevel, movements: Iterable[StockMovement]) -> StockLevel:
    """Return the counters that the movements of one offer lead to, starting from ``opening``."""
    level = opening
    for movement in movements:
        level = level.moved(movement.kind, movement.quantity)
    return level


def checked_units(units: int, *, field: str = "stock") -> int:
    """Return a count of units, or raise ``MalformedProduct``."""
    if type(units) is not int or not 0 <= units <= UNITS_MAX:
        raise MalformedProduct(field, f"is 0 to {UNITS_MAX} units")
    return units


def demand(lines: Sequence[StockLine]) -> tuple[StockLine, ...]:
    """Sum the lines per offer, in ascending order of offer id so that no two orders wait for each other.

    Raises ``MalformedProduct`` for none, too many, or quantities below one.
    """
    if not 1 <= len(lines) <= LINES_MAX:
        raise MalformedProduct("lines", f"has 1 to {LINES_MAX} lines")
    units: dict[OfferId, int] = {}
    for line in lines:
        if type(line.quantity) is not int or not 1 <= line.quantity <= UNITS_MAX:
            raise MalformedProduct("quantity", f"is 1 to {UNITS_MAX}")
        units[line.offer_id] = units.get(line.offer_id, 0) + line.quantity
    return tuple(StockLine(offer_id=offer_id, quantity=units[offer_id]) for offer_id in sorted(units))


def out_of_stock(short: Sequence[tuple[StockLine, int]]) -> OutOfStock:
    """Return the complaint that names each short line with the units available (0 for an offer without stock)."""
    lines: list[Json] = [
        {"offer_id": line.offer_id, "requested": line.quantity, "available": max(available, 0)}
        for line, available in short
    ]
    named = "; ".join(f"{line.offer_id}: {line.quantity} wanted, {max(available, 0)} left" for line, available in short)
    return OutOfStock(f"There are not enough units ({named}).", lines=lines)


def too_low(level: StockLevel, by: int) -> StockTooLow:
    """Return the complaint about a correction that would count away what open orders hold."""
    requested = level.unsold + by
    return StockTooLow(
        f"Open orders hold {level.held} units; the count cannot fall to {requested}.",
        offer_id=level.offer_id,
        held=level.held,
        requested=requested,
    )


def crosses_zero(before: int, now: int) -> bool:
    """Tell whether an offer ran out, or came back."""
    return (before > 0) != (now > 0)
