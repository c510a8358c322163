"""The seller order: one seller's part of an order, from paid to delivered (money design 4.5)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from attrs import define, evolve

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import OfferId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, total
from marketplace_core.orders.domain.calling_off import CAUSES, CalledOff, Cause, checked_note
from marketplace_core.orders.domain.delivery import (
    Delivered,
    DeliveryProof,
    ParcelArrival,
    Shipment,
    is_better,
    weakest,
)
from marketplace_core.orders.domain.errors import InvalidShipment, NotOpen, ParcelNotFound
from marketplace_core.orders.domain.events import (
    SellerOrderCalledOff,
    SellerOrderCompleted,
    SellerOrderDelivered,
    SellerOrderReopened,
    SellerOrderReturned,
    SellerOrderShipped,
)
from marketplace_core.orders.domain.lines import OrderLine, Units
from marketplace_core.orders.domain.policy import CheckoutRules
from marketplace_core.orders.domain.pricing import PLAIN, Pricing, price_of
from marketplace_core.orders.domain.splitting import SellerGroup
from marketplace_core.orders.domain.states import OVER, SELLER_ORDER_MACHINE, SellerOrderState, SellerOrderTrigger
from marketplace_core.orders.domain.steps import Step

__all__ = ["SELLER_ORDER_MACHINE", "SellerOrder", "SellerOrderState", "SellerOrderTrigger", "open_units"]


def open_units(
    lines: Iterable[OrderLine], parcels: Iterable[Shipment], called_off: Iterable[CalledOff]
) -> tuple[Units, ...]:
    """Return what is neither sent nor called off, line by line; lines of which nothing is open are left out."""
    gone: dict[OfferId, int] = {}
    for units in (*(one.lines for one in parcels), *(one.lines for one in called_off)):
        for one in units:
            gone[one.offer_id] = gone.get(one.offer_id, 0) + one.quantity
    left = ((line.offer_id, line.quantity - gone.get(line.offer_id, 0)) for line in lines)
    return tuple(Units(offer_id=offer_id, quantity=quantity) for offer_id, quantity in left if quantity)


@define(kw_only=True, eq=False)
class SellerOrder(Aggregate):
    """What one seller has to send. Lines, prices and delivery are copies: nothing changes them afterwards.

    What was sent is in ``parcels``, what will not be sent in ``called_off``; the rest of the lines is open.
    """

    seller_order_id: SellerOrderId
    order_id: OrderId
    buyer_id: UserId
    seller_id: SellerId
    seller_name: str
    state: SellerOrderState
    lines: tuple[OrderLine, ...]
    items: Money
    delivery: Money
    pricing: Pricing = PLAIN
    placed_at: datetime
    parcels: tuple[Shipment, ...] = ()
    called_off: tuple[CalledOff, ...] = ()
    arrival: Delivered | None = None
    history: tuple[Step, ...] = ()
    rules: CheckoutRules | None = None

    @classmethod
    def place(
        cls,
        seller_order_id: SellerOrderId,
        order_id: OrderId,
        buyer_id: UserId,
        group: SellerGroup,
        now: datetime,
        rules: CheckoutRules | None = None,
    ) -> "SellerOrder":
        """Take over one seller's part of a quote; it waits with its order for the money."""
        return cls(
            seller_order_id=seller_order_id,
            order_id=order_id,
            buyer_id=buyer_id,
            seller_id=group.seller_id,
            seller_name=group.seller_name,
            state=SELLER_ORDER_MACHINE.start,
            lines=group.lines,
            items=group.items,
            delivery=group.delivery,
            pricing=group.pricing,
            placed_at=now,
            history=(Step(at=now, what="placed", who=Who.BUYER),),
            rules=rules,
        )

    @property
    def total(self) -> Money:
        """Items and delivery: the share of the payment that is held for this seller."""
        return self.items + self.delivery

    @property
    def price(self) -> Money:
        """What the buyer pays for it."""
        return price_of(self)

    @property
    def units(self) -> tuple[Units, ...]:
        """All that was agreed."""
        return tuple(Units(offer_id=line.offer_id, quantity=line.quantity) for line in self.lines)

    @property
    def open_units(self) -> tuple[Units, ...]:
        """What is neither sent nor called off."""
        return open_units(self.lines, self.parcels, self.called_off)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.state in OVER

    @property
    def fell_unpaid(self) -> bool:
        """Whether it ended because its money did not come, and for no other reason."""
        return self.state is SellerOrderState.CANCELLED and not self.called_off

    def confirm(self, now: datetime, *, at_once: bool = True) -> None:
        """Take note that the money is here (S1); ``at_once`` accepts it too, where sellers need not (S2)."""
        self._move(SellerOrderTrigger.CONFIRM, Who.SYSTEM, now)
        if at_once:
            self._move(SellerOrderTrigger.ACCEPT, Who.SYSTEM, now)

    def accept(self, who: Who, now: datetime) -> bool:
        """Promise to send it (S2); tell whether that is new."""
        if self.state is SellerOrderState.ACCEPTED:
            return False
        self._move(SellerOrderTrigger.ACCEPT, who, now)
        return True

    def decline(self, note: str, who: Who, now: datetime) -> CalledOff:
        """Say that it will not be sent (S3); on the timer, nobody has said anything."""
        cause = Cause.NOT_ACCEPTED if who is Who.TIMER else Cause.DECLINED
        self._move(SellerOrderTrigger.DECLINE, who, now)
        return self._call_off(cause, note, who, now)

    def cancel(self, note: str, who: Who, now: datetime) -> CalledOff:
        """Call off what is not sent: all of it (S4), or the rest after some was sent (S7)."""
        rest = self.state is SellerOrderState.PART_SHIPPED
        self._move(SellerOrderTrigger.CANCEL_REST if rest else SellerOrderTrigger.CANCEL, who, now)
        gone = self._call_off(CAUSES[who], note, who, now)
        self._arrive_with_the_last(now)
        return gone

    def cancel_unsent(self, note: str, who: Who, now: datetime) -> CalledOff:
        """Call all of it off (S4), and only all of it."""
        SELLER_ORDER_MACHINE.after(self.state, SellerOrderTrigger.CANCEL, who)
        return self.cancel(note, who, now)

    def sell_out(self, now: datetime) -> CalledOff:
        """Fall because its goods are gone although the money came (S8)."""
        self._move(SellerOrderTrigger.SELL_OUT, Who.SYSTEM, now)
        return self._call_off(Cause.OUT_OF_STOCK, "", Who.SYSTEM, now)

    def cancel_unpaid(self, now: datetime) -> None:
        """Fall with the order that nobody paid (S8); fallen already, nothing changes."""
        if self.state is not SellerOrderState.CANCELLED:
            self._move(SellerOrderTrigger.CANCEL_UNPAID, Who.SYSTEM, now)

    def revive(self, now: datetime) -> None:
        """Stand again with an order whose money came late (O4); one that still stands is left alone."""
        if self.fell_unpaid:
            self._move(SellerOrderTrigger.REVIVE, Who.SYSTEM, now)

    def ship(self, shipment: Shipment, who: Who) -> Shipment:
        """Send a parcel (S5) with its lines, or with all that is open if it names none; return it with its lines.

        A parcel is known by carrier and number: said twice it is one parcel. Raises ``InvalidShipment`` for lines that
        are none of this order's, ``NotOpen`` for more than is open.
        """
        known = next((one for one in self.parcels if _is_same(one, shipment)), None)
        if known is not None:
            if shipment.lines and shipment.lines != known.lines:
                raise InvalidShipment("That parcel has been sent with other contents.", field="lines")
            return known
        left = {one.offer_id: one.quantity for one in self.open_units}
        lines = shipment.lines or self.open_units
        complete = {one.offer_id: one.quantity for one in lines} == left
        trigger = SellerOrderTrigger.SHIP if complete else SellerOrderTrigger.SHIP_PART
        SELLER_ORDER_MACHINE.after(self.state, trigger, who)
        self._check_contents(lines, left)
        self._move(trigger, who, shipment.shipped_at)
        parcel = Shipment(
            carrier=shipment.carrier, tracking=shipment.tracking, shipped_at=shipment.shipped_at, lines=lines
        )
        self.parcels += (parcel,)
        self.record(
            SellerOrderShipped(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                buyer_id=self.buyer_id,
                carrier=parcel.carrier,
                tracking=parcel.tracking,
                complete=complete,
                whole=parcel.lines == self.units,
            )
        )
        return parcel

    def mark_delivered(self, who: Who, now: datetime) -> None:
        """Say on the seller's or an operator's word that the goods arrived (S6)."""
        proof = DeliveryProof.OPERATOR if who is Who.OPERATOR else DeliveryProof.SELLER
        self._deliver(SellerOrderTrigger.MARK_DELIVERED, who, proof, now)

    def confirm_receipt(self, now: datetime) -> None:
        """Say on the buyer's word that the goods arrived (S6).

        It outweighs a seller's earlier word, because it lets the money go at once. Said twice, nothing changes.
        """
        if self.arrival is None or self.arrival.proof is not DeliveryProof.BUYER:
            self._deliver(SellerOrderTrigger.CONFIRM_RECEIPT, Who.BUYER, DeliveryProof.BUYER, now)

    def parcel_arrived(self, tracking: str, who: Who, now: datetime) -> ParcelArrival:
        """Say on somebody's word that one parcel of several arrived (S6 with the last one that was to come).

        A better word only shortens the waiting; any other is none. Raises ``ParcelNotFound``, and
        ``IllegalTransition`` where nothing is under way.
        """
        number = next((at for at, one in enumerate(self.parcels, 1) if one.tracking == tracking.strip()), None)
        if number is None:
            raise ParcelNotFound(f"There is no parcel {tracking.strip()[:40]!r}.")
        if self.state not in (SellerOrderState.PART_SHIPPED, SellerOrderState.DELIVERED):
            SELLER_ORDER_MACHINE.after(self.state, *_WORDS[who])
        proof, known = _PROOFS[who], self.parcels[number - 1]
        if known.proof is None or is_better(proof, known.proof):
            known = evolve(known, proof=proof, delivered_at=known.delivered_at or now)
            self.parcels = (*self.parcels[: number - 1], known, *self.parcels[number:])
        self._arrive_with_the_last(now)
        assert known.proof is not None
        assert known.delivered_at is not None
        under_way = (one.lines for one in self.parcels if one.proof is None)
        return ParcelArrival(
            number=number,
            items=self._worth(known.lines),
            expected=self._worth([*(one for lines in under_way for one in lines), *self.open_units]),
            proof=known.proof,
            delivered_at=known.delivered_at,
        )

    def _arrive_with_the_last(self, now: datetime) -> None:
        """Arrive as a whole once every parcel has and nothing is left to send, on the weakest of their proofs."""
        proofs = [one.proof for one in self.parcels if one.proof is not None]
        if self.state not in (SellerOrderState.SHIPPED, SellerOrderState.DELIVERED) or len(proofs) < len(self.parcels):
            return
        proof = weakest(proofs)
        is_news = self.arrival is None or (proof is DeliveryProof.BUYER and is_better(proof, self.arrival.proof))
        if is_news:
            who = _SAID_BY[proof]
            self._deliver(_WORDS[who][0], who, proof, now)

    @property
    def delivered(self) -> Delivered:
        """The arrival of an order that has arrived."""
        assert self.arrival is not None
        return self.arrival

    def send_back(self, who: Who, now: datetime) -> bool:
        """Take note that it could not be delivered and comes back to its seller (S10); tell whether that is new."""
        if self.state is SellerOrderState.RETURNED_TO_SENDER:
            return False
        self._move(SellerOrderTrigger.SEND_BACK, who, now)
        self.record(
            SellerOrderReturned(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                buyer_id=self.buyer_id,
            )
        )
        return True

    def complete(self, now: datetime) -> None:
        """Close the book on it (S9): its money is where it belongs, and it is too late to send anything back."""
        self._move(SellerOrderTrigger.COMPLETE, Who.TIMER, now)
        self.record(
            SellerOrderCompleted(seller_order_id=self.seller_order_id, order_id=self.order_id, seller_id=self.seller_id)
        )

    def reopen(self, now: datetime) -> bool:
        """Open it again because its money is held again (S11); tell whether it was completed."""
        if self.state is not SellerOrderState.COMPLETED:
            return False
        before = self.history[-2].what
        if self.arrival is None and before != SellerOrderState.SHIPPED.value:  # it came back to its seller
            return False
        is_under_way = self.arrival is None
        self._move(SellerOrderTrigger.REOPEN_SENT if is_under_way else SellerOrderTrigger.REOPEN, Who.SYSTEM, now)
        self.record(
            SellerOrderReopened(seller_order_id=self.seller_order_id, order_id=self.order_id, seller_id=self.seller_id)
        )
        return True

    def _check_contents(self, lines: tuple[Units, ...], left: dict[OfferId, int]) -> None:
        known = {line.offer_id for line in self.lines}
        named = [one.offer_id for one in lines]
        if len(set(named)) != len(named) or not known.issuperset(named):
            raise InvalidShipment("A parcel holds lines of its own order, each once.", field="lines")
        if any(one.quantity < 1 for one in lines):
            raise InvalidShipment("A parcel holds at least one of each line it names.", field="lines")
        short: list[Json] = [
            {"offer_id": one.offer_id, "wanted": one.quantity, "open": left.get(one.offer_id, 0)}
            for one in lines
            if one.quantity > left.get(one.offer_id, 0)
        ]
        if short:
            raise NotOpen("That is more than is still to be sent.", lines=short)

    def _call_off(self, cause: Cause, note: str, who: Who, now: datetime) -> CalledOff:
        lines, whole = self.open_units, not self.parcels
        one = CalledOff(
            at=now,
            cause=cause,
            note=checked_note(note) if note else "",
            lines=lines,
            items=self._worth(lines),
            delivery=self.delivery if whole else Money.zero(self.delivery.currency),
            whole=whole,
        )
        self.called_off += (one,)
        self.record(
            SellerOrderCalledOff(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                buyer_id=self.buyer_id,
                cause=cause.value,
                note=one.note,
                who=who.value,
                whole=whole,
                amount=one.total,
            )
        )
        return one

    def _worth(self, lines: Iterable[Units]) -> Money:
        """Return what the buyer paid for what is open: what it is worth beside what was sent, to the cent."""
        prices = {line.offer_id: line.unit_price for line in self.lines}
        gross = total([line.total for line in self.lines], self.items.currency)
        if not gross:
            return gross
        going = total([prices[one.offer_id] * one.quantity for one in lines], self.items.currency)
        return self.items - self.items.allocate(((gross - going).amount_minor, going.amount_minor))[0]

    def _deliver(self, trigger: SellerOrderTrigger, who: Who, proof: DeliveryProof, now: datetime) -> None:
        self._move(trigger, who, now)
        first = now if self.arrival is None else self.arrival.delivered_at
        self.arrival = Delivered(seller_order_id=self.seller_order_id, proof=proof, delivered_at=first)
        self.record(
            SellerOrderDelivered(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                buyer_id=self.buyer_id,
                proof=proof,
                delivered_at=first,
            )
        )

    def _move(self, trigger: SellerOrderTrigger, who: Who, now: datetime) -> None:
        self.state = SELLER_ORDER_MACHINE.after(self.state, trigger, who)
        self.history += (Step(at=now, what=self.state.value, who=who),)


_PROOFS: Final = {
    Who.BUYER: DeliveryProof.BUYER,
    Who.OPERATOR: DeliveryProof.OPERATOR,
    Who.SELLER: DeliveryProof.SELLER,
}
_SAID_BY: Final = {proof: who for who, proof in _PROOFS.items()} | {DeliveryProof.CARRIER: Who.SELLER}
_WORDS: Final = {
    Who.BUYER: (SellerOrderTrigger.CONFIRM_RECEIPT, Who.BUYER),
    Who.OPERATOR: (SellerOrderTrigger.MARK_DELIVERED, Who.OPERATOR),
    Who.SELLER: (SellerOrderTrigger.MARK_DELIVERED, Who.SELLER),
}


def _is_same(one: Shipment, other: Shipment) -> bool:
    return (one.carrier, one.tracking) == (other.carrier, other.tracking)
