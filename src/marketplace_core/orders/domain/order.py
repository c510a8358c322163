"""The order: what one buyer agreed to pay for, and whether the money came (money design 4.3)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import CartId, OrderId, PaymentId, UserId
from marketplace_core.kernel.machines import Rest, StateMachine, Transition, Who
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.delivery import Address
from marketplace_core.orders.domain.errors import AlreadyPlaced, IllegalTransition
from marketplace_core.orders.domain.events import (
    ConfirmedShare,
    OrderCancelled,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderPlaced,
)
from marketplace_core.orders.domain.quote import Quote
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.domain.timers import PAY_BY, REVIEW_BY


class OrderState(StrEnum):
    """Where an order stands."""

    PENDING_PAYMENT = "pending_payment"
    PAYMENT_REVIEW = "payment_review"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class OrderTrigger(StrEnum):
    """What moves an order."""

    PAY = "pay"
    MISMATCH = "mismatch"
    EXPIRE = "expire"
    CANCEL = "cancel"
    LATE_CAPTURE = "late_capture"


_State, _Trigger = OrderState, OrderTrigger
ORDER_MACHINE: Final = StateMachine(
    name="an order",
    start=OrderState.PENDING_PAYMENT,
    transitions=tuple(
        Transition(number=number, source=source, trigger=trigger, target=target, who=frozenset(who), guard=guard)
        for number, source, trigger, target, who, guard in (
            ("O2", _State.PENDING_PAYMENT, _Trigger.PAY, _State.CONFIRMED, (Who.SYSTEM,), "captured = total"),
            ("O3", _State.PENDING_PAYMENT, _Trigger.MISMATCH, _State.PAYMENT_REVIEW, (Who.SYSTEM,), "captured ≠ total"),
            ("O5", _State.PAYMENT_REVIEW, _Trigger.CANCEL, _State.CANCELLED, (Who.OPERATOR, Who.SYSTEM, Who.TIMER), ""),
            ("O6", _State.PENDING_PAYMENT, _Trigger.EXPIRE, _State.EXPIRED, (Who.TIMER,), "the provider says unpaid"),
            (
                "O7",
                _State.PENDING_PAYMENT,
                _Trigger.CANCEL,
                _State.CANCELLED,
                (Who.BUYER, Who.OPERATOR, Who.SYSTEM),
                "the provider says unpaid",
            ),
            ("O10", _State.EXPIRED, _Trigger.LATE_CAPTURE, _State.PAYMENT_REVIEW, (Who.SYSTEM,), "money came late"),
            ("O10", _State.CANCELLED, _Trigger.LATE_CAPTURE, _State.PAYMENT_REVIEW, (Who.SYSTEM,), "money came late"),
        )
    ),
    rests=(
        Rest(state=OrderState.PENDING_PAYMENT, party=Who.BUYER, deadline=PAY_BY, term="PT15M"),
        Rest(
            state=OrderState.PAYMENT_REVIEW,
            party=Who.OPERATOR,
            deadline=REVIEW_BY,
            term="P3D, then it goes back to the buyer",
            binds_money=True,
        ),
    ),
    ends=frozenset({OrderState.CONFIRMED, OrderState.EXPIRED, OrderState.CANCELLED}),
    refusal=IllegalTransition,
)


@frozen(kw_only=True)
class Placement:
    """Under which names an order was placed: a repetition with the same ones is the same request.

    ``request_key`` is the caller's idempotency key, if they had one; without it the quote hash alone decides.
    """

    quote_hash: str
    request_key: str | None = None


@define(kw_only=True, eq=False)
class Order(Aggregate):
    """One checkout of one cart. Its seller orders are aggregates of their own, so that siblings never touch."""

    order_id: OrderId
    buyer_id: UserId
    cart_id: CartId
    payment_id: PaymentId
    state: OrderState
    total: Money
    address: Address
    placement: Placement
    policy_version: str
    placed_at: datetime
    pay_by: datetime
    history: tuple[Step, ...]

    @classmethod
    def place(
        cls,
        *,
        order_id: OrderId,
        buyer_id: UserId,
        quote: Quote,
        address: Address,
        payment_id: PaymentId,
        request_key: str | None,
        now: datetime,
        pay_by: datetime,
    ) -> "Order":
        """Agree (O1): the order waits for its money until ``pay_by``."""
        order = cls(
            order_id=order_id,
            buyer_id=buyer_id,
            cart_id=quote.cart_id,
            payment_id=payment_id,
            state=ORDER_MACHINE.start,
            total=quote.total,
            address=address,
            placement=Placement(quote_hash=quote.quote_hash, request_key=request_key),
            policy_version=quote.policy_version,
            placed_at=now,
            pay_by=pay_by,
            history=(Step(at=now, what="placed", who=Who.BUYER),),
        )
        seller_ids = tuple(group.seller_id for group in quote.groups)
        order.record(
            OrderPlaced(
                order_id=order_id, buyer_id=buyer_id, cart_id=quote.cart_id, total=quote.total, seller_ids=seller_ids
            )
        )
        return order

    def check_same_request(self, placement: Placement) -> None:
        """Pass if this order came from that very request; raise ``AlreadyPlaced`` for another one on the same cart."""
        if self.placement != placement:
            raise AlreadyPlaced(self.order_id)

    @property
    def awaits_payment(self) -> bool:
        """Whether the money may still come."""
        return self.state is OrderState.PENDING_PAYMENT

    @property
    def awaits_review(self) -> bool:
        """Whether an operator has to decide about the money."""
        return self.state is OrderState.PAYMENT_REVIEW

    def paid(self, captured: Money, seller_orders: Sequence[SellerOrder], now: datetime) -> None:
        """Take note of the captured money.

        The full amount confirms the order and every seller order (O2); another amount, or money for an order that is
        over, goes to review. Told again, nothing changes.
        """
        if not self.awaits_payment:
            self.question("late_capture", now)
        elif captured != self.total:
            self.question("amount_mismatch", now)
        else:
            self._confirm(seller_orders, now)

    def question(self, reason: str, now: datetime) -> None:
        """Leave it to an operator what becomes of money that does not fit (O3, O10); what is decided stays decided."""
        if self.state in (OrderState.CONFIRMED, OrderState.PAYMENT_REVIEW):
            return
        trigger = OrderTrigger.MISMATCH if self.awaits_payment else OrderTrigger.LATE_CAPTURE
        self._move(trigger, Who.SYSTEM, now)
        self.record(OrderNeedsReview(order_id=self.order_id, buyer_id=self.buyer_id, reason=reason))

    def expire(self, now: datetime) -> None:
        """Give up waiting for the money (O6). The provider must have confirmed that none will come."""
        self._move(OrderTrigger.EXPIRE, Who.TIMER, now)
        self.record(OrderExpired(order_id=self.order_id, buyer_id=self.buyer_id))

    def cancel(self, who: Who, now: datetime) -> None:
        """Call it off (O7; after a review O5). The provider must have confirmed that no money will come."""
        self._move(OrderTrigger.CANCEL, who, now)
        self.record(OrderCancelled(order_id=self.order_id, buyer_id=self.buyer_id))

    def reject_payment(self, who: Who, now: datetime) -> None:
        """Call it off because its money does not fit (O5); what came goes back to the buyer."""
        if self.awaits_review:
            self.cancel(who, now)

    def check_cancellable(self, who: Who) -> None:
        """Raise ``IllegalTransition`` unless the order may be cancelled now."""
        ORDER_MACHINE.after(self.state, OrderTrigger.CANCEL, who)

    def _confirm(self, seller_orders: Sequence[SellerOrder], now: datetime) -> None:
        self._move(OrderTrigger.PAY, Who.SYSTEM, now)
        for seller_order in seller_orders:
            seller_order.confirm(now)
        self.record(
            OrderConfirmed(
                order_id=self.order_id,
                buyer_id=self.buyer_id,
                total=self.total,
                seller_orders=tuple(
                    ConfirmedShare(seller_order_id=one.seller_order_id, seller_id=one.seller_id, total=one.total)
                    for one in seller_orders
                ),
            )
        )

    def _move(self, trigger: OrderTrigger, who: Who, now: datetime) -> None:
        self.state = ORDER_MACHINE.after(self.state, trigger, who)
        self.history += (Step(at=now, what=self.state.value, who=who),)
