"""Accept a card dispute: give it up."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import ProviderUnavailable, WrongState
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.ports import DisputeGateway, PaymentsWork
from marketplace_core.payments.usecases.disputing import DisputeRecorder


@frozen(kw_only=True)
class AcceptDispute(Command[DisputeState]):
    """Give a dispute up; there is no way back."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    dispute_id: DisputeId


@frozen(kw_only=True)
class AcceptDisputeHandler:
    """Give a dispute up.

    - Only while the network waits for evidence; the buyer keeps the money, and it is booked as lost.
    - What was lost without a word of ours is given up already: a repetition calls nobody.
    """

    begin: Begin[PaymentsWork]
    gateway: DisputeGateway
    recorder: DisputeRecorder
    clock: Clock

    async def __call__(self, command: AcceptDispute, by: Actor) -> DisputeState:
        """Carry it out. Raises ``DisputeNotFound``, ``WrongState``, ``ProviderUnavailable``, ``ProviderRefused``."""
        async with self.begin() as work:
            dispute = await work.disputes.get(command.dispute_id)
        if dispute.state is DisputeState.LOST and dispute.evidence_hash is None:
            return dispute.state
        if dispute.state is not DisputeState.NEEDS_RESPONSE:
            raise WrongState("The network does not wait for an answer.", state=dispute.state.value)
        if dispute.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This dispute is with {dispute.provider}, which is not connected.")
        seen = await self.gateway.accept(dispute.reference, key=f"accept:{dispute.dispute_id}:1")
        async with self.begin() as work:
            dispute = await work.disputes.get(command.dispute_id)
            payment = await work.payments.get(dispute.payment_id)
            await self.recorder.record(work, payment, dispute, seen, self.clock.now())
        return dispute.state
