"""Conclude a claim: somebody who had to say something was silent."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import ClaimSettler


@frozen(kw_only=True)
class ConcludeClaim(Command[ClaimState]):
    """Close a claim whose time is up."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    claim_id: ClaimId


@frozen(kw_only=True)
class ConcludeClaimHandler:
    """Close a claim that nobody has answered or decided in time.

    - A silent seller has agreed. After a silent operator the policy speaks: for the buyer, unless it says otherwise.
    - A claim that was answered or closed meanwhile is left alone.
    """

    begin: Begin[PaymentsWork]
    settler: ClaimSettler
    clock: Clock

    async def __call__(self, command: ConcludeClaim, by: Actor) -> ClaimState:
        """Carry it out. Raises ``ClaimNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            if claim.due_at is None:
                return claim.state
            if now < claim.due_at:
                await work.deadlines.set(timers.CLAIM, claim.claim_id, claim.due_at)
                return claim.state
            policy = await self.settler.policy_of(work, claim)
            granted = claim.expire(policy, await self.settler.left(work, claim), now)
            await self.settler.settle(work, claim, granted, now)
        return claim.state
