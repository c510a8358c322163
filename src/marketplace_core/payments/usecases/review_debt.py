"""Review a seller's debt: since when there is one, and what it means."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import accounts, timers
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.standing import standing_of


@frozen(kw_only=True)
class ReviewDebt(Command[None]):
    """Look at what a seller owes."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_id: SellerId
    currency: str


@frozen(kw_only=True)
class ReviewDebtHandler:
    """Take note of a seller's debt.

    - Whenever it changes, and when it has to be paid: 60 days after it began.
    - The seller is told when a debt begins, and once when it stops them from selling.
    - A debt that is gone leaves nothing behind.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ReviewDebt, by: Actor) -> None:
        """Carry it out."""
        now = self.clock.now()
        subject = timers.debt_subject(command.seller_id, command.currency)
        async with self.begin() as work:
            standing = await standing_of(work, command.seller_id, command.currency)
            debt = await work.ledger.balance(accounts.seller_receivable(command.seller_id, command.currency))
            standing.observe(debt, self.policy, now)
            await work.standings.save(standing)
            due = standing.debt_due(self.policy)
            if due is not None and now < due:
                await work.deadlines.set(timers.REVIEW_DEBT, subject, due)
