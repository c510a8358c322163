"""Remind of the evidence for a dispute."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class RemindOfEvidence(Command[None]):
    """Say that the evidence for a dispute is due soon."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    dispute_id: DisputeId


@frozen(kw_only=True)
class RemindOfEvidenceHandler:
    """Bring a dispute to mind two days before the network's date, and again until something was handed in."""

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RemindOfEvidence, by: Actor) -> None:
        """Carry it out. Raises ``DisputeNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            dispute = await work.disputes.get(command.dispute_id)
            due = await work.deadlines.take(timers.EVIDENCE_BY, dispute.dispute_id, now)
            if due and dispute.state is DisputeState.NEEDS_RESPONSE:
                dispute.remind()
                await work.disputes.save(dispute)
                await work.deadlines.set(timers.EVIDENCE_BY, dispute.dispute_id, now + timers.REMIND_EVERY)
