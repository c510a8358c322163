"""Reconcile the disputes about a payment: look at the provider's objects and make ours say the same."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DisputeId, IdFactory, PaymentId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.dispute import Dispute
from marketplace_core.payments.domain.errors import ProviderUnavailable
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.ports import DisputeGateway, PaymentsWork
from marketplace_core.payments.usecases.disputing import DisputeRecorder


@frozen(kw_only=True)
class ReconcileDisputes(Command[tuple[tuple[DisputeId, DisputeState], ...]]):
    """Ask the provider which disputes there are about a payment: after its message, or on a timer."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    payment_id: PaymentId


@frozen(kw_only=True)
class ReconcileDisputesHandler:
    """Make the disputes about a payment say what the provider says.

    - The provider's objects are fetched; its messages, in whatever order, are only reasons to look.
    - A warning freezes the held payments of the order; no money moves.
    - When the network takes the money, it falls on the sellers in proportion to what can still be refunded of their
      parts, out of escrow first; of what a seller has already, what is payable is set aside. What exceeds all parts is
      the platform's. Refunds that were not asked for yet are called back.
    - Won: everything is where it was. Lost: escrow is gone, and of what the sellers had already commission is given
      back first, then what was set aside, their reserve, and the rest is their debt.
    - Settled by the network with a refund: booked as that refund. Turned round after it was lost: given to whom it
      belongs by then.
    """

    begin: Begin[PaymentsWork]
    gateway: DisputeGateway
    recorder: DisputeRecorder
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: ReconcileDisputes, by: Actor) -> tuple[tuple[DisputeId, DisputeState], ...]:
        """Carry it out. Raises ``PaymentNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
        if payment.reference is None or payment.captured is None:
            return ()
        if payment.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payment is with {payment.provider}, which is not connected.")
        seen = await self.gateway.of_payment(payment.reference)
        now = self.clock.now()
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            known = {one.reference: one for one in await work.disputes.of_payment(payment.payment_id)}
            for one in seen:
                dispute = known.get(one.reference)
                if dispute is None:
                    name = DisputeId(self.ids.new("dsp"))
                    dispute = known[one.reference] = Dispute.of(one, dispute_id=name, payment=payment, now=now)
                await self.recorder.record(work, payment, dispute, one, now)
        return tuple((one.dispute_id, one.state) for one in known.values())
