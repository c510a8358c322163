"""Accept an offer: the buyer takes the part that the seller would give."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import ClaimSettler, require_party


@frozen(kw_only=True)
class AcceptClaimOffer(Command[ClaimState]):
    """Take what the seller offers.

    ``offered_minor`` is the amount that the buyer has seen, in minor units: another offer that came meanwhile is not
    taken by mistake.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId
    offered_minor: int


@frozen(kw_only=True)
class AcceptClaimOfferHandler:
    """Take a seller's offer.

    - What was offered goes back to the buyer; the rest is the seller's, at once if the goods were delivered.
    - Only the offer that was seen is taken.
    """

    begin: Begin[PaymentsWork]
    settler: ClaimSettler
    clock: Clock

    async def __call__(self, command: AcceptClaimOffer, by: Actor) -> ClaimState:
        """Carry it out. Raises ``ClaimNotFound``, ``NotAllowed``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            require_party(claim, by, Who.BUYER)
            claim.check_offer(command.offered_minor)
            granted = claim.accept(await self.settler.left(work, claim), now)
            await self.settler.settle(work, claim, granted, now)
        return claim.state
