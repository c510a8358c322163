"""Conclude a hold: money cannot be held for longer than the provider allows."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.brake import BrakeCause
from marketplace_core.payments.domain.escrow import OVERDUE, EscrowHold
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.braking import TRY_AGAIN_AFTER, standing_still
from marketplace_core.payments.usecases.release_escrow import let_go


@frozen(kw_only=True)
class ConcludeHold(Command[None]):
    """Bring a hold to an end that has lasted nearly as long as the provider allows."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ConcludeHoldHandler:
    """End a hold whose time is up.

    - Delivered and not frozen: it is released; of several parcels those that have arrived.
    - Anything else is frozen as overdue and brought before an operator, again every three days until it is over.
    - While the books do not add up it waits.
    - A hold that has ended is left alone.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ConcludeHold, by: Actor) -> None:
        """Carry it out. Raises ``EscrowNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            if hold.state not in {HoldState.HELD, HoldState.FROZEN} or hold.hold_deadline is None:
                return
            if now < hold.hold_deadline:
                return
            if hold.blocked_by(now, early=True):
                is_due = await work.deadlines.take(timers.HOLD_DEADLINE, hold.seller_order_id, now)
                if is_due or OVERDUE not in hold.freezes:
                    await self._bring_up(work, hold, now)
                return
            if await standing_still(work, BrakeCause.AUDIT):
                await work.deadlines.set(timers.HOLD_DEADLINE, hold.seller_order_id, now + TRY_AGAIN_AFTER)
                return
            await let_go(work, hold, now=now, policy=self.policy, early=True)
            if hold.state is HoldState.HELD:
                await self._bring_up(work, hold, now)

    @staticmethod
    async def _bring_up(work: PaymentsWork, hold: EscrowHold, now: datetime) -> None:
        hold.overdue()
        await work.holds.save(hold)
        await work.deadlines.set(timers.HOLD_DEADLINE, hold.seller_order_id, now + timers.REMIND_EVERY)
