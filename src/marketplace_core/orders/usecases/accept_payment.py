"""Accept a payment that was in review: the order goes on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import IllegalTransition, NotAvailable
from marketplace_core.orders.domain.order import OrderState
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.payment_outcome import PaymentOutcome


@frozen(kw_only=True)
class AcceptPayment(Command[OrderState]):
    """Keep money that came for an order although it does not fit, and let the order go on."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    order_id: OrderId


@frozen(kw_only=True)
class AcceptPaymentHandler:
    """Keep money that was in review.

    - The order goes on with those parts whose goods are there; the others fall and their money goes back.
    - What came beyond the price of the order goes back; less than the price cannot be kept.
    - If the goods of no part are there, it cannot be kept either; nor if others have used up the voucher meanwhile that
      an expired order had given back.
    - Accepted twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    outcome: PaymentOutcome

    async def __call__(self, command: AcceptPayment, by: Actor) -> OrderState:
        """Carry it out.

        Raises ``OrderNotFound``, ``IllegalTransition``, ``PaymentTooSmall``, ``NotAvailable``, ``VoucherExhausted``,
        ``VoucherNotApplicable``.
        """
        who = Who.OPERATOR if Role.OPERATOR in by.roles else Who.SYSTEM
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.was_paid:
                return order.state
            if not order.awaits_review:
                raise IllegalTransition("The payment of this order is not in review.", state=order.state.value)
            if not await self.outcome.late_money_accepted(work, order, who, self.clock.now()):
                raise NotAvailable("Nothing of this order is in stock any more.", lines=[])
        return order.state
