"""Reconcile the disputes of a payment of which only the provider's name is known."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.ports import DisputeGateway, PaymentsWork
from marketplace_core.payments.usecases.reconcile_disputes import ReconcileDisputes, ReconcileDisputesHandler


@frozen(kw_only=True)
class ReconcileDisputesOf(Command[tuple[tuple[DisputeId, DisputeState], ...]]):
    """Look at the disputes about the payment that the provider calls so."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payment_reference: str


@frozen(kw_only=True)
class ReconcileDisputesOfHandler:
    """Find the payment that the provider speaks of, and make the disputes about it say what the provider says.

    - A message about a dispute need not tell our name of the payment; the provider's is enough.
    - What is none of our payments is none of our business.
    """

    begin: Begin[PaymentsWork]
    gateway: DisputeGateway
    disputes: ReconcileDisputesHandler

    async def __call__(self, command: ReconcileDisputesOf, by: Actor) -> tuple[tuple[DisputeId, DisputeState], ...]:
        """Carry it out. Raises ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            payment = await work.payments.at_provider(self.gateway.provider, command.payment_reference)
        if payment is None:
            return ()
        return await self.disputes(ReconcileDisputes(payment_id=payment.payment_id), by)
