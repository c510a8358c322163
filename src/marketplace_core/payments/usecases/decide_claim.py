"""Decide a claim: an operator says what the buyer and the seller cannot agree on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.claim_parts import ClaimDecision
from marketplace_core.payments.domain.errors import MalformedClaim
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import ClaimSettler, require_party


@frozen(kw_only=True)
class DecideClaim(Command[ClaimState]):
    """Say what becomes of the money, and why; a partial decision names amounts in minor units."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    claim_id: ClaimId
    decision: ClaimDecision
    reason: str
    items_minor: int = 0
    delivery_minor: int = 0


@frozen(kw_only=True)
class DecideClaimHandler:
    """Decide a claim.

    - Once the seller has answered; whoever bought or sold the goods does not decide.
    - A refund gives all that is wanted. A part gives some of it, and the rest to the seller. A release gives all to the
      seller, at once if the goods were delivered.
    - Whoever pays it after the seller was paid: the waterfall of refunds says.
    - The buyer and the seller are told the reason.
    """

    begin: Begin[PaymentsWork]
    settler: ClaimSettler
    clock: Clock

    async def __call__(self, command: DecideClaim, by: Actor) -> ClaimState:
        """Carry it out. Raises ``ClaimNotFound``, ``NotAllowed``, ``MalformedClaim``, ``WrongState``."""
        now = self.clock.now()
        if min(command.items_minor, command.delivery_minor) < 0:
            raise MalformedClaim("No amount of a decision is below zero.")
        part = Portion(items=command.items_minor, delivery=command.delivery_minor)
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            require_party(claim, by, Who.OPERATOR)
            left = await self.settler.left(work, claim)
            granted = claim.decide(command.decision, part, command.reason, left, now)
            await self.settler.settle(work, claim, granted, now)
        return claim.state
