"""Mature a reserve: what was kept back of a release becomes the seller's."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import accounts, journals
from marketplace_core.payments.domain.errors import EscrowNotFound
from marketplace_core.payments.domain.escrow import release_id, seller_order_of
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


@frozen(kw_only=True)
class MatureReserve(Command[Money]):
    """Give a seller the reserve of a release; the result is what there was of it."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    release_id: str


@frozen(kw_only=True)
class MatureReserveHandler:
    """Give a seller what was kept in reserve.

    - When the time that the reserve is kept for is over; what refunds and disputes have taken of it is gone.
    - It pays what the seller owes first, and goes into the next payout run.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: MatureReserve, by: Actor) -> Money:
        """Carry it out. Raises ``EscrowNotFound``, ``AlreadyPosted``."""
        now = self.clock.now()
        async with self.begin() as work:
            hold = await work.holds.get(seller_order_of(command.release_id))
            release = next(
                (one for one in hold.releases if release_id(hold.seller_order_id, one.number) == command.release_id),
                None,
            )
            if release is None:
                raise EscrowNotFound("There is no such release.")
            kept = await work.ledger.balance(accounts.seller_reserve(hold.seller_id, hold.share.currency))
            amount = min(kept, release.division.reserve)
            await book(work, journals.reserve_matured(hold, release, amount), now)
            if amount:
                await plan_payout_run(work, self.policy, now)
        return amount
