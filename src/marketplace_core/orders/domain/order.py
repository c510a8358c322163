"""The order: what one buyer agreed to pay for, and whether the money came (money design 4.3)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import CartId, OrderId, PaymentId, UserId
from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.delivery import Address
from marketplace_core.orders.domain.errors import AlreadyPlaced, IllegalTransition
from marketplace_core.orders.domain.events import (
    ConfirmedShare,
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderPlaced,
    OrderReopened,
)
from marketplace_core.orders.domain.policy import CheckoutRules
from marketplace_core.orders.domain.quote import Quote
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.domain.timers import PAY_BY, REVIEW_BY, REVIEW_TERM


class OrderState(StrEnum):
    """Where an order stands."""

    PENDING_PAYMENT = "pending_payment"
    PAYMENT_REVIEW = "payment_review"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class OrderTrigger(StrEnum):
    """What moves an order."""

    PAY = "pay"
    MISMATCH = "mismatch"
    ACCEPT = "accept"
    EXPIRE = "expire"
    CANCEL = "cancel"
    FALL = "fall"
    CLOSE = "close"
    LATE_CAPTURE = "late_capture"
    REOPEN = "reopen"


_S, _T = OrderState, OrderTrigger
_UNPAID: Final = "the provider says unpaid"
_LATE: Final = "money came late"

ORDER_MACHINE: Final = StateMachine(
    name="an order",
    start=_S.PENDING_PAYMENT,
    transitions=(
        arrow("O2", _S.PENDING_PAYMENT, _T.PAY, _S.CONFIRMED, Who.SYSTEM, guard="captured = total"),
        arrow("O3", _S.PENDING_PAYMENT, _T.MISMATCH, _S.PAYMENT_REVIEW, Who.SYSTEM, guard="captured ≠ total"),
        arrow(
            "O4", _S.PAYMENT_REVIEW, _T.ACCEPT, _S.CONFIRMED, Who.OPERATOR, Who.SYSTEM,
            guard="goods of a part are there, captured ≥ total", journals=("J29",),
        ),
        arrow(
            "O5", _S.PAYMENT_REVIEW, _T.CANCEL, _S.CANCELLED, Who.OPERATOR, Who.SYSTEM, Who.TIMER, journals=("J29",)
        ),
        arrow("O6", _S.PENDING_PAYMENT, _T.EXPIRE, _S.EXPIRED, Who.TIMER, guard=_UNPAID),
        arrow("O7", _S.PENDING_PAYMENT, _T.CANCEL, _S.CANCELLED, Who.BUYER, Who.OPERATOR, Who.SYSTEM, guard=_UNPAID),
        arrow("O8", _S.CONFIRMED, _T.FALL, _S.CANCELLED, Who.SYSTEM, guard="all parts called off or sold out"),
        arrow(
            "O9", _S.CONFIRMED, _T.CLOSE, _S.CLOSED, Who.SYSTEM,
            guard="all parts over, nothing open about the money", journals=("J30",),
        ),
        arrow("O10", _S.EXPIRED, _T.LATE_CAPTURE, _S.PAYMENT_REVIEW, Who.SYSTEM, guard=_LATE),
        arrow("O10", _S.CANCELLED, _T.LATE_CAPTURE, _S.PAYMENT_REVIEW, Who.SYSTEM, guard=_LATE),
        arrow("O11", _S.CLOSED, _T.REOPEN, _S.CONFIRMED, Who.SYSTEM, guard="something came up about the money"),
    ),
    rests=(
        Rest(state=_S.PENDING_PAYMENT, party=Who.BUYER, deadline=PAY_BY, term="PT15M"),
        Rest(
            state=_S.PAYMENT_REVIEW,
            party=Who.OPERATOR,
            deadline=REVIEW_BY,
            term="P3D, then it goes back to the buyer; what came late is decided at once",
            binds_money=True,
        ),
        Rest(
            state=_S.CONFIRMED,
            party=Who.SYSTEM,
            term="until all its parts are over; from then on looked at every P1D",
        ),
    ),
    ends=frozenset({_S.CLOSED, _S.EXPIRED, _S.CANCELLED}),
    refusal=IllegalTransition,
)  # fmt: skip


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
    policy_number: int
    placed_at: datetime
    pay_by: datetime
    history: tuple[Step, ...]
    rules: CheckoutRules | None = None

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
        rules: CheckoutRules | None = None,
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
            policy_number=quote.policy_number,
            placed_at=now,
            pay_by=pay_by,
            history=(Step(at=now, what="placed", who=Who.BUYER),),
            rules=rules,
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

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end, as far as is known."""
        return self.state in ORDER_MACHINE.ends

    def fits(self, captured: Money) -> bool:
        """Tell whether that is the money it waits for."""
        return self.awaits_payment and captured == self.total

    def paid(
        self, captured: Money, seller_orders: Sequence[SellerOrder], now: datetime, *, at_once: bool = True
    ) -> None:
        """Take note of the captured money.

        The full amount confirms the order and those of its parts whose goods are there (O2), ``at_once`` accepts them
        too; if there are none it falls (O8). Another amount, or money for an order that is over, goes to review. Told
        again, nothing changes.
        """
        if not self.awaits_payment:
            self.question("late_capture", now)
        elif not self.fits(captured):
            self.question("amount_mismatch", now)
        elif seller_orders:
            self._confirm(OrderTrigger.PAY, Who.SYSTEM, seller_orders, now, at_once=at_once)
        else:
            self._move(OrderTrigger.PAY, Who.SYSTEM, now)
            self.fall(now)

    def accept_payment(
        self, who: Who, seller_orders: Sequence[SellerOrder], now: datetime, *, at_once: bool = True
    ) -> None:
        """Keep money that was in review, and go on with those parts whose goods are there (O4)."""
        self._confirm(OrderTrigger.ACCEPT, who, seller_orders, now, at_once=at_once)

    def fall(self, now: datetime) -> None:
        """Fall with the last of its parts (O8)."""
        self._move(OrderTrigger.FALL, Who.SYSTEM, now)
        self.record(OrderCancelled(order_id=self.order_id, buyer_id=self.buyer_id))

    def close(self, now: datetime) -> None:
        """Close the book on it (O9): all its parts are over, and nothing is open about its money."""
        self._move(OrderTrigger.CLOSE, Who.SYSTEM, now)
        self.record(OrderClosed(order_id=self.order_id, buyer_id=self.buyer_id))

    def reopen(self, reason: str, now: datetime) -> bool:
        """Open it again because something came up about its money (O11); tell whether it was closed."""
        if self.state is not OrderState.CLOSED:
            return False
        self._move(OrderTrigger.REOPEN, Who.SYSTEM, now)
        self.record(OrderReopened(order_id=self.order_id, buyer_id=self.buyer_id, reason=reason))
        return True

    @property
    def was_paid(self) -> bool:
        """Whether it has ever been confirmed: more news of its money are old news."""
        return any(step.what == OrderState.CONFIRMED.value for step in self.history)

    @property
    def was_over(self) -> bool:
        """Whether it had ended before its money came."""
        return any(step.what in (OrderState.EXPIRED.value, OrderState.CANCELLED.value) for step in self.history)

    def review_due(self, now: datetime) -> datetime:
        """Tell when a review that begins now is decided by itself: at once for money that came late."""
        return now if self.was_over else now + REVIEW_TERM

    @property
    def was_called_off(self) -> bool:
        """Whether its buyer or an operator has ever called it off: late money does not bring it back."""
        return any(
            step.what == OrderState.CANCELLED.value and step.who in (Who.BUYER, Who.OPERATOR) for step in self.history
        )

    def question(self, reason: str, now: datetime) -> None:
        """Leave it to an operator what becomes of money that does not fit (O3, O10); what is decided stays decided."""
        if self.was_paid or self.awaits_review:
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

    def _confirm(
        self, trigger: OrderTrigger, who: Who, seller_orders: Sequence[SellerOrder], now: datetime, *, at_once: bool
    ) -> None:
        self._move(trigger, who, now)
        for seller_order in seller_orders:
            seller_order.confirm(now, at_once=at_once)
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
