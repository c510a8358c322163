"""Resolve a review of money: it came late and the order can stand again, or it goes back."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import (
    NotAvailable,
    PaymentTooSmall,
    VoucherExhausted,
    VoucherNotApplicable,
)
from marketplace_core.orders.domain.order import Order, OrderState
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.accept_payment import AcceptPayment, AcceptPaymentHandler
from marketplace_core.orders.usecases.reject_payment import RejectPayment, RejectPaymentHandler


@frozen(kw_only=True)
class ResolveReview(Command[OrderState]):
    """Decide about money in review that nobody has decided about, or that needs nobody."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class ResolveReviewHandler:
    """Decide about money in review, at once about money that came late (O10), after three days about any other (O5).

    - An order whose money came up to 30 minutes after its time stands again, with those parts whose goods can be had.
    - Its voucher was given back when it expired. It is used again if it still can be; if others have used it up, or its
      shop has stopped it, the money goes back.
    - Later, or if nothing can be had, or if its buyer or an operator had called it off, the money goes back.
    - So does money that does not fit and that no operator has decided about.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    policy: CheckoutPolicy
    accept: AcceptPaymentHandler
    reject: RejectPaymentHandler

    async def __call__(self, command: ResolveReview, by: Actor) -> OrderState:
        """Decide. Raises ``OrderNotFound``, ``Unavailable`` when the provider is down."""
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
        if not order.awaits_review:
            return order.state
        if self._may_stand(order):
            try:
                return await self.accept(AcceptPayment(order_id=order.order_id), by)
            except (NotAvailable, PaymentTooSmall, VoucherExhausted, VoucherNotApplicable):
                pass
        return await self.reject(RejectPayment(order_id=order.order_id), by)

    def _may_stand(self, order: Order) -> bool:
        return (
            order.was_over
            and not order.was_called_off
            and self.clock.now() <= order.pay_by + self.policy.agreed(order.rules).late_money_grace
        )
