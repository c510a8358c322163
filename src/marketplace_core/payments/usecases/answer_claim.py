"""Answer a claim: the seller agrees, offers a part, or sees it otherwise."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.claim_parts import ClaimAnswer
from marketplace_core.payments.domain.errors import MalformedClaim
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import ClaimSettler, require_party


@frozen(kw_only=True)
class AnswerClaim(Command[ClaimState]):
    """Answer a claim about your part of an order; an offer names amounts in minor units of the order's currency."""

    permission: ClassVar[Permission] = Permission.SELLER

    claim_id: ClaimId
    answer: ClaimAnswer
    text: str
    items_minor: int = 0
    delivery_minor: int = 0


@frozen(kw_only=True)
class AnswerClaimHandler:
    """Answer a claim.

    - Who agrees refunds all that is wanted, at once.
    - Who offers a part leaves it to the buyer to take it; who contests leaves it to an operator. An operator decides
      within 7 days, offer or not; until then a better offer may be made, or everything be given.
    - The answer is read by the buyer and by operators.
    """

    begin: Begin[PaymentsWork]
    settler: ClaimSettler
    clock: Clock

    async def __call__(self, command: AnswerClaim, by: Actor) -> ClaimState:
        """Carry it out. Raises ``ClaimNotFound``, ``NotAllowed``, ``MalformedClaim``, ``WrongState``."""
        now = self.clock.now()
        if min(command.items_minor, command.delivery_minor) < 0:
            raise MalformedClaim("No amount of an offer is below zero.")
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            require_party(claim, by, Who.SELLER)
            if command.answer is ClaimAnswer.AGREE:
                granted = claim.agree(command.text, await self.settler.left(work, claim), now)
                await self.settler.settle(work, claim, granted, now)
                return claim.state
            policy = await self.settler.policy_of(work, claim)
            if command.answer is ClaimAnswer.OFFER:
                offer = Portion(items=command.items_minor, delivery=command.delivery_minor)
                claim.make_offer(offer, command.text, policy, now)
            else:
                claim.contest(command.text, policy, now)
            await work.claims.save(claim)
            await work.deadlines.set(timers.CLAIM, claim.claim_id, now + policy.claim_decide_within)
        return claim.state
