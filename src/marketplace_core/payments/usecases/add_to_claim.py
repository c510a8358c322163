"""Add to a claim: somebody concerned says something."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import party_in


@frozen(kw_only=True)
class AddToClaim(Command[None]):
    """Say something in a claim; everybody concerned reads it."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId
    text: str


@frozen(kw_only=True)
class AddToClaimHandler:
    """Say something in a claim.

    - The buyer, the shop and operators may, as long as it is open.
    - What was said stays; it moves no date.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: AddToClaim, by: Actor) -> None:
        """Carry it out. Raises ``ClaimNotFound``, ``MalformedClaim``, ``WrongState``."""
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            claim.say(command.text, party_in(claim, by), self.clock.now())
            await work.claims.save(claim)
