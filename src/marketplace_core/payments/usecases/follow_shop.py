"""Follow a shop: it is suspended, is being closed, or may go on."""

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
class FollowShop(Command[None]):
    """Take note of what became of a shop: ``suspended``, ``closing`` (or closed), or neither."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_id: SellerId
    suspended: bool = False
    closing: bool = False


@frozen(kw_only=True)
class FollowShopHandler:
    """Take note of what became of a shop.

    - Suspended: what was ordered must be shipped, and is released at its time; what becomes payable waits. No new
      payout is assembled meanwhile. When the shop may go on, the next run pays what has waited.
    - Closing: it sells nothing any more, and everything that becomes payable is paid, however little it is.
    - A shop that has no account for payouts yet has nothing that could be held back.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: FollowShop, by: Actor) -> None:
        """Carry it out. Told twice, nothing more happens."""
        async with self.begin() as work:
            account = await work.seller_accounts.find(command.seller_id)
            if account is None:
                return
            standing = await standing_of(work, command.seller_id, account.currency)
            standing.suspended, standing.closing = command.suspended, command.closing
            await work.standings.save(standing)
            if not command.suspended:
                await plan_payout_run(work, self.policy, self.clock.now())
