"""Earn the buyer's fee of an order that is closed."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals
from marketplace_core.payments.domain.access import no_payment
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class EarnFee(Command[Money]):
    """Take the service fee of a closed order as earned; the result is what was earned now."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    order_id: OrderId


@frozen(kw_only=True)
class EarnFeeHandler:
    """Earn the buyer's fee.

    - Until its order is closed, the fee is the buyer's money: it goes back with what is refunded, in proportion.
    - From then on it is the marketplace's, and later refunds leave it there.
    - Told again, there is nothing left to earn. An order that was opened again may have some when it closes again.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: EarnFee, by: Actor) -> Money:
        """Carry it out. Raises ``PaymentNotFound``."""
        async with self.begin() as work:
            payment = await work.payments.of_order(command.order_id)
            if payment is None:
                raise no_payment()
            before = earned = 0
            for hold in await work.holds.of_payment(payment.payment_id):
                before += hold.standing.fee_earned
                if hold.standing.kept.fee:
                    earned += hold.earn_fee()
                    await work.holds.save(hold)
            amount = Money(earned, payment.amount.currency)
            await work.ledger.post(journals.buyer_fee_earned(payment, amount, before), self.clock.now())
        return amount
