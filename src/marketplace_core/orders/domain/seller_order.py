"""The seller order: one seller's part of an order, from paid to delivered (money design 4.5)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Rest, StateMachine, Transition, Who
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.delivery import Delivered, DeliveryProof, Shipment
from marketplace_core.orders.domain.errors import IllegalTransition
from marketplace_core.orders.domain.events import SellerOrderDelivered, SellerOrderShipped
from marketplace_core.orders.domain.lines import OrderLine
from marketplace_core.orders.domain.splitting import SellerGroup
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.domain.timers import PAY_BY


class SellerOrderState(StrEnum):
    """Where a seller order stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class SellerOrderTrigger(StrEnum):
    """What moves a seller order."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    SHIP = "ship"
    MARK_DELIVERED = "mark_delivered"
    CONFIRM_RECEIPT = "confirm_receipt"
    CANCEL_UNPAID = "cancel_unpaid"


_State, _Trigger = SellerOrderState, SellerOrderTrigger
SELLER_ORDER_MACHINE: Final = StateMachine(
    name="a seller order",
    start=SellerOrderState.PENDING,
    transitions=tuple(
        Transition(number=number, source=source, trigger=trigger, target=target, who=frozenset(who))
        for number, source, trigger, target, who in (
            ("S1", _State.PENDING, _Trigger.CONFIRM, _State.CONFIRMED, (Who.SYSTEM,)),
            ("S2", _State.CONFIRMED, _Trigger.ACCEPT, _State.ACCEPTED, (Who.SYSTEM,)),
            ("S5", _State.ACCEPTED, _Trigger.SHIP, _State.SHIPPED, (Who.SELLER, Who.OPERATOR)),
            ("S6", _State.SHIPPED, _Trigger.MARK_DELIVERED, _State.DELIVERED, (Who.SELLER, Who.OPERATOR)),
            ("S6", _State.SHIPPED, _Trigger.CONFIRM_RECEIPT, _State.DELIVERED, (Who.BUYER,)),
            ("S6", _State.DELIVERED, _Trigger.CONFIRM_RECEIPT, _State.DELIVERED, (Who.BUYER,)),
            ("S8", _State.PENDING, _Trigger.CANCEL_UNPAID, _State.CANCELLED, (Who.SYSTEM,)),
        )
    ),
    rests=(
        Rest(state=SellerOrderState.PENDING, party=Who.SYSTEM, deadline=PAY_BY, term="with its order"),
        Rest(state=SellerOrderState.CONFIRMED, party=Who.SYSTEM),
        Rest(state=SellerOrderState.ACCEPTED, party=Who.SELLER),
        Rest(state=SellerOrderState.SHIPPED, party=Who.BUYER),
    ),
    ends=frozenset({SellerOrderState.DELIVERED, SellerOrderState.CANCELLED}),
    refusal=IllegalTransition,
)


@define(kw_only=True, eq=False)
class SellerOrder(Aggregate):
    """What one seller has to send. Lines, prices and delivery are copies: nothing changes them afterwards."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    buyer_id: UserId
    seller_id: SellerId
    seller_name: str
    state: SellerOrderState
    lines: tuple[OrderLine, ...]
    items: Money
    delivery: Money
    placed_at: datetime
    shipment: Shipment | None = None
    arrival: Delivered | None = None
    history: tuple[Step, ...] = ()

    @classmethod
    def place(
        cls, seller_order_id: SellerOrderId, order_id: OrderId, buyer_id: UserId, group: SellerGroup, now: datetime
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
            placed_at=now,
            history=(Step(at=now, what="placed", who=Who.BUYER),),
        )

    @property
    def total(self) -> Money:
        """Items and delivery: the share of the payment that is held for this seller."""
        return self.items + self.delivery

    def confirm(self, now: datetime) -> None:
        """Take note that the money is here (S1), and accept at once (S2): sellers need not, for now."""
        self._move(SellerOrderTrigger.CONFIRM, Who.SYSTEM, now)
        self._move(SellerOrderTrigger.ACCEPT, Who.SYSTEM, now)

    def cancel_unpaid(self, now: datetime) -> None:
        """Fall with the order that nobody paid (S8); fallen already, nothing changes."""
        if self.state is not SellerOrderState.CANCELLED:
            self._move(SellerOrderTrigger.CANCEL_UNPAID, Who.SYSTEM, now)

    def ship(self, shipment: Shipment, who: Who) -> None:
        """Send all lines in one parcel (S5)."""
        self._move(SellerOrderTrigger.SHIP, who, shipment.shipped_at)
        self.shipment = shipment
        self.record(
            SellerOrderShipped(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                buyer_id=self.buyer_id,
                carrier=shipment.carrier,
                tracking=shipment.tracking,
            )
        )

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

    @property
    def delivered(self) -> Delivered:
        """The arrival of an order that has arrived."""
        assert self.arrival is not None
        return self.arrival

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
