"""Schedule a release: the goods arrived, so the clock of the held payment starts."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.release_escrow import wait_for_release


@frozen(kw_only=True)
class ScheduleRelease(Command[None]):
    """Start the release of a held payment: ``proof`` says who vouches for the delivery at ``delivered_at``."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_order_id: SellerOrderId
    proof: Proof
    delivered_at: datetime


@frozen(kw_only=True)
class ScheduleReleaseHandler:
    """Decide when a delivered part of an order is paid to its seller.

    - The buyer's or an operator's word releases at once; the carrier's after 72 hours; the seller's own after 14 days.
    - A better proof can only make it sooner.
    - What is released already stays released, and of what went back to the buyer nothing is released.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ScheduleRelease, by: Actor) -> None:
        """Carry it out. Raises ``EscrowNotFound``; ``WrongState`` if the share was never paid."""
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            if hold.state is HoldState.RELEASED:
                return
            hold.deliver(command.proof, delivered_at=command.delivered_at, policy=self.policy.agreed(hold.terms))
            await wait_for_release(work, hold, self.clock.now())
            await work.holds.save(hold)
