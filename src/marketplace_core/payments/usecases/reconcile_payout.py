"""Reconcile a payout: look whether the bank has the money."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.errors import ProviderUnavailable
from marketplace_core.payments.domain.payout import BankNews, Payout
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.giving_up import leave_out_what_paid_debts


@frozen(kw_only=True)
class ReconcilePayout(Command[PayoutState]):
    """Ask the provider how a bank payout stands: after its message, or on a timer."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    payout_id: PayoutId


@frozen(kw_only=True)
class ReconcilePayoutHandler:
    """Make a payout say what the provider says.

    - The provider's object is fetched; its messages are only reasons to look.
    - Paid: the books say that the seller has the money, once.
    - Failed: the money stays in the seller's account at the provider until it is tried again or given up.
    - Sent back by the bank after it was paid, however late: the money is in the seller's account at the provider again.
      What of it has paid a debt meanwhile the seller has had.
    - While it is under way we look every hour, and for two weeks after it was paid every day.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    clock: Clock

    async def __call__(self, command: ReconcilePayout, by: Actor) -> PayoutState:
        """Carry it out. Raises ``PayoutNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
        if payout.bank_reference is None:
            return payout.state
        if payout.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payout is with {payout.provider}, which is not connected.")
        seen = await self.gateway.payout(payout.bank_reference)
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            news = payout.observe(seen, now=now)
            match news:
                case BankNews.PAID:
                    await work.ledger.post(journals.payout_paid(payout), now)
                case BankNews.RETURNED:
                    await work.ledger.post(journals.payout_returned(payout), now)
                case _:
                    pass
            if news is not BankNews.NOTHING:
                await work.payouts.save(payout)
                await leave_out_what_paid_debts(work, payout, now)
            await look_again(work, payout, now)
        return payout.state


async def look_again(work: PaymentsWork, payout: Payout, now: datetime) -> None:
    """Set the timers of a payout: to ask the provider again, and to remind whoever has to move it on."""
    wait = payout.look_again_after(now)
    if wait is None:
        await work.deadlines.cancel(timers.POLL_PAYOUT, payout.payout_id)
    else:
        await work.deadlines.set(timers.POLL_PAYOUT, payout.payout_id, now + wait)
    if payout.is_stuck:
        await work.deadlines.set(timers.STUCK_PAYOUT, payout.payout_id, now + timers.REMIND_EVERY)
    else:
        await work.deadlines.cancel(timers.STUCK_PAYOUT, payout.payout_id)
