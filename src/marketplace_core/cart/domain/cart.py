"""The cart: what one buyer is considering, until it becomes an order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

import attrs
from attrs import define, field, frozen

from marketplace_core.cart.domain.errors import (
    AlreadyCheckedOut,
    LimitExceeded,
    LineNotFound,
    NotAvailable,
    NotEnoughStock,
    OtherCurrency,
)
from marketplace_core.cart.domain.line import UNITS_MAX, CartLine, LineSource, checked_quantity
from marketplace_core.cart.domain.offer import OfferNow
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.errors import ConcurrentUpdate, StaleVersion
from marketplace_core.kernel.ids import CartId, CartLineId, OfferId, OrderId, UserId

LINES_MAX: Final = 100
"""The most lines a cart holds."""


class CartState(Enum):
    """A cart is open until it is checked out, and never again."""

    OPEN = "open"
    CHECKED_OUT = "checked_out"


@frozen(kw_only=True)
class OpenCart:
    """The contents of an open cart at one version; ``voucher_code`` is what the buyer entered, if anything."""

    cart_id: CartId
    version: int
    lines: tuple[CartLine, ...]
    voucher_code: str | None = None


@frozen(kw_only=True)
class LeftOut:
    """A line of another cart of which only ``taken`` of the ``wanted`` units came along, and why."""

    offer_id: OfferId
    title: str
    variant_title: str
    wanted: int
    taken: int
    reason: str


@define(kw_only=True, eq=False)
class Cart(Aggregate):
    """Lines in the order in which they were put in. One currency; at most one line per offer."""

    cart_id: CartId
    buyer_id: UserId
    state: CartState = CartState.OPEN
    order_id: OrderId | None = None
    lines: tuple[CartLine, ...] = ()
    opened_at: datetime = field()
    voucher_code: str | None = None

    @classmethod
    def open(cls, *, cart_id: CartId, buyer_id: UserId, now: datetime) -> "Cart":
        """Give a buyer an empty cart."""
        return cls(cart_id=cart_id, buyer_id=buyer_id, opened_at=now)

    @property
    def contents(self) -> OpenCart:
        """What is in it, for showing and for ordering."""
        return OpenCart(cart_id=self.cart_id, version=self.version, lines=self.lines, voucher_code=self.voucher_code)

    @property
    def offer_ids(self) -> frozenset[OfferId]:
        """The offers its lines are about."""
        return frozenset(line.offer_id for line in self.lines)

    def line(self, line_id: CartLineId) -> CartLine:
        """Return a line. Raises ``LineNotFound``."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise LineNotFound("The cart has no such line.")

    def require_version(self, expected: int | None) -> None:
        """Pass if the caller named no version or the present one; otherwise raise ``StaleVersion``."""
        if expected is not None and expected != self.version:
            raise StaleVersion("The cart has changed since you read it.", expected=expected, current=self.version)

    def add(
        self, offer: OfferNow, quantity: int, *, line_id: CartLineId, source: LineSource | None, now: datetime
    ) -> None:
        """Put units of an offer in; units of an offer that is there already join its line.

        A joined line keeps the price and the source it was first put in with, so that no earlier unit is repriced
        unseen. Raises ``InvalidQuantity``, ``LimitExceeded``, ``NotAvailable``, ``NotEnoughStock``, ``OtherCurrency``.
        """
        checked_quantity(quantity)
        present = next((line for line in self.lines if line.offer_id == offer.offer_id), None)
        wanted = checked_quantity(quantity + (present.quantity if present else 0))
        _require_for_sale(offer, wanted)
        if self.lines and self.lines[0].unit_price_seen.currency != offer.price.currency:
            raise OtherCurrency(
                "A cart holds one currency at a time.",
                cart=self.lines[0].unit_price_seen.currency,
                offer=offer.price.currency,
            )
        if present is not None:
            self._replace(attrs.evolve(present, quantity=wanted))
            return
        if len(self.lines) >= LINES_MAX:
            raise LimitExceeded(f"A cart holds at most {LINES_MAX} lines.", limit=LINES_MAX)
        self.lines = (
            *self.lines,
            CartLine(
                line_id=line_id,
                offer_id=offer.offer_id,
                product_id=offer.product_id,
                seller_id=offer.seller_id,
                seller_name=offer.seller_name,
                title=offer.title,
                variant_title=offer.variant_title,
                unit_price_seen=offer.price,
                quantity=wanted,
                source=source,
                added_at=now,
            ),
        )

    def change_quantity(self, line_id: CartLineId, quantity: int, offer: OfferNow | None) -> None:
        """Set a line's units; fewer is always allowed, more only while the offer can be bought.

        Raises ``LineNotFound``, ``InvalidQuantity``, ``LimitExceeded``, ``NotAvailable``, ``NotEnoughStock``.
        """
        line = self.line(line_id)
        if checked_quantity(quantity) > line.quantity:
            if offer is None:
                raise NotAvailable("This is no longer offered.", offer_id=line.offer_id, reason="not_offered")
            _require_for_sale(offer, quantity)
        self._replace(attrs.evolve(line, quantity=quantity))

    def remove(self, line_id: CartLineId) -> None:
        """Take a line out. Raises ``LineNotFound``."""
        gone = self.line(line_id)
        self.lines = tuple(line for line in self.lines if line is not gone)

    def empty(self) -> None:
        """Take every line out."""
        self.lines = ()

    def note_voucher(self, code: str | None) -> None:
        """Keep the code of a voucher with the cart; None forgets it. What it is worth is for the checkout to say."""
        self.voucher_code = code

    def take_over(self, lines: Sequence[CartLine], offers: Mapping[OfferId, OfferNow]) -> tuple[LeftOut, ...]:
        """Put the lines of another cart in, as far as each could be put in now, and tell what stays out.

        Units of an offer that is there already join its line, which keeps its price seen and its source; other lines
        keep their own. No line that is here loses a unit, whatever became of its offer.
        """
        left_out: list[LeftOut] = []
        for line in lines:
            present = next((one for one in self.lines if one.offer_id == line.offer_id), None)
            taken, reason = self._room_for(line, present, offers.get(line.offer_id))
            if taken and present is not None:
                self._replace(attrs.evolve(present, quantity=present.quantity + taken))
            elif taken:
                self.lines = (*self.lines, attrs.evolve(line, quantity=taken))
            if reason is not None:
                left_out.append(
                    LeftOut(
                        offer_id=line.offer_id,
                        title=line.title,
                        variant_title=line.variant_title,
                        wanted=line.quantity,
                        taken=taken,
                        reason=reason,
                    )
                )
        return tuple(left_out)

    def check_out(self, order_id: OrderId, expected_version: int | None) -> None:
        """Turn the cart into an order; once, and only as it was when the order was made of it.

        Repeating it for the same order changes nothing. Raises ``AlreadyCheckedOut`` for another order, and
        ``ConcurrentUpdate`` if the cart has changed since ``expected_version``: then the order must be made anew.
        """
        if self.order_id == order_id:
            return
        if self.order_id is not None:
            raise AlreadyCheckedOut("This cart has already become an order.", order_id=self.order_id)
        if expected_version is not None and expected_version != self.version:
            raise ConcurrentUpdate("The cart changed while it was being ordered.")
        self.state = CartState.CHECKED_OUT
        self.order_id = order_id

    def _room_for(self, line: CartLine, present: CartLine | None, offer: OfferNow | None) -> tuple[int, str | None]:
        """Return how many units of a line there is room for, and if not for all, why."""
        if offer is None or not offer.purchasable:
            return 0, (offer.reason if offer else None) or "not_offered"
        currency = (self.lines or (line,))[0].unit_price_seen.currency
        if {currency} != {offer.price.currency, (present or line).unit_price_seen.currency}:
            return 0, "other_currency"
        if present is None and len(self.lines) >= LINES_MAX:
            return 0, "too_many_lines"
        room = min(offer.available, UNITS_MAX) - (present.quantity if present else 0)
        if room >= line.quantity:
            return line.quantity, None
        return max(room, 0), "not_enough_stock" if offer.available < UNITS_MAX else "too_many_units"

    def _replace(self, changed: CartLine) -> None:
        self.lines = tuple(changed if line.line_id == changed.line_id else line for line in self.lines)


def _require_for_sale(offer: OfferNow, quantity: int) -> None:
    if not offer.purchasable:
        raise NotAvailable(
            f"{offer.title} cannot be bought now.", offer_id=offer.offer_id, reason=offer.reason or "not_offered"
        )
    if offer.available < quantity:
        raise NotEnoughStock(
            f"Only {offer.available} of {offer.title} are left.",
            offer_id=offer.offer_id,
            wanted=quantity,
            available=offer.available,
        )
