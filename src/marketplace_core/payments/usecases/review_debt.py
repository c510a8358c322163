"""Review a seller's debt: since when there is one, and what it means."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, SellerId, SettlementId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import accounts, timers
from marketplace_core.payments.domain.debt import DebtSettlement, SellerStanding
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.settle_debt import on_its_way
from marketplace_core.payments.usecases.standing import standing_of

PAYOUTS_MAX: Final = 20
"""How many of a seller's newest payouts are looked at."""


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
    - Until then the provider is asked once a week, by itself, to take it back of the seller's own balance there, as a
      reversal of the newest payout of which nothing was. If the provider refuses, the debt stays. While a payout is on
      its way, or came back, it waits: what is in the account then is not the seller's own.
    - The seller is told when a debt begins, and once when it stops them from selling.
    - A debt that is gone leaves nothing behind.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

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
                asked_at = await self._ask(work, standing, debt, now)
                await work.deadlines.set(timers.REVIEW_DEBT, subject, min(due, asked_at or due))

    async def _ask(self, work: PaymentsWork, standing: SellerStanding, debt: Money, now: datetime) -> datetime | None:
        """Have the provider asked, if it is time; return when it will be, None if never."""
        asked = await work.settlements.reversals(standing.seller_id, standing.currency)
        at = standing.take_back_at(asked, self.policy)
        if at is None or now < at:
            return at
        if await on_its_way(work, standing.seller_id, standing.currency):
            return now + timers.REMIND_EVERY
        paid = await work.payouts.paid(standing.seller_id, standing.currency, self.gateway.provider, limit=PAYOUTS_MAX)
        name = SettlementId(self.ids.new("dst"))
        settlement = DebtSettlement.automatic(name, debt, paid=paid, asked=asked, now=now)
        if settlement is None:
            return None
        await work.settlements.save(settlement)
        await work.deadlines.set(timers.TAKE_BACK, settlement.settlement_id, now)
        return standing.take_back_at((settlement,), self.policy)
