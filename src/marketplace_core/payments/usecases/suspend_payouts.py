"""Suspend payouts: a shop is suspended, or may go on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.release_escrow import plan_payout_run
from marketplace_core.payments.usecases.standing import standing_of


@frozen(kw_only=True)
class SuspendPayouts(Command[None]):
    """Hold a seller's payouts back, or let them go on."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_id: SellerId
    suspended: bool = True


@frozen(kw_only=True)
class SuspendPayoutsHandler:
    """Take note that a shop is suspended, or is not any more.

    - What was ordered must be shipped, and is released at its time; what becomes payable waits.
    - No new payout is assembled meanwhile. When the shop may go on, the next run pays what has waited.
    - A shop that has no account for payouts yet has nothing that could be held back.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: SuspendPayouts, by: Actor) -> None:
        """Carry it out. Told twice, nothing more happens."""
        async with self.begin() as work:
            account = await work.seller_accounts.find(command.seller_id)
            if account is None:
                return
            standing = await standing_of(work, command.seller_id, account.currency)
            standing.suspended = command.suspended
            await work.standings.save(standing)
            if not command.suspended:
                await plan_payout_run(work, self.policy, self.clock.now())
