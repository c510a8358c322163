"""Withdraw a claim: the buyer has thought better of it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.standing import NOTHING
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import ClaimSettler, require_party


@frozen(kw_only=True)
class WithdrawClaim(Command[ClaimState]):
    """Take a claim back."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId


@frozen(kw_only=True)
class WithdrawClaimHandler:
    """Take a claim back.

    - What is held goes on as if there had been no claim: to the seller at its time.
    - As long as there is time for claims, another one may be opened.
    """

    begin: Begin[PaymentsWork]
    settler: ClaimSettler
    clock: Clock

    async def __call__(self, command: WithdrawClaim, by: Actor) -> ClaimState:
        """Carry it out. Raises ``ClaimNotFound``, ``NotAllowed``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            require_party(claim, by, Who.BUYER)
            claim.withdraw(now)
            await self.settler.settle(work, claim, NOTHING, now)
        return claim.state
