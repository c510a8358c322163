"""Cancel a payout: what it claimed is payable again, once no money is out."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.errors import ProviderRefused, ProviderUnavailable
from marketplace_core.payments.domain.payout import Payout, ProviderReversal
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway, ReversalRequest
from marketplace_core.payments.usecases.giving_up import give_up, leave_out_what_paid_debts


@frozen(kw_only=True)
class CancelPayout(Command[None]):
    """Give a payout up."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    payout_id: PayoutId


@frozen(kw_only=True)
class CancelPayoutHandler:
    """Cancel a payout.

    - While nothing was sent, or once what was sent is back: money in the seller's account at the provider is taken back
      first, under a key of the payout's own. If the provider refuses that, the payout stays as it is.
    - What of its transfer has paid a debt is not taken back again, nor payable again: only the rest is.
    - A payout that the bank may be paying is not cancelled. One that is cancelled already stays so.
    - What has been begun is carried on by a worker if this process dies before the provider's answer is written down.
    - What it claimed is payable again, once, and goes into the next payout run.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: CancelPayout, by: Actor) -> None:
        """Carry it out. Raises ``PayoutNotFound``, ``WrongState``, ``ProviderUnavailable``, ``ProviderRefused``."""
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            if payout.state is PayoutState.CANCELLED:
                return
            payout.check_cancellable()
            if await leave_out_what_paid_debts(work, payout, now):
                return
            if payout.must_be_reversed:
                await work.deadlines.set(timers.GIVE_UP_PAYOUT, payout.payout_id, now + timers.GIVE_UP_AFTER)
        seen = await self._taken_back(payout) if payout.must_be_reversed else None
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            if seen is not None and payout.must_be_reversed:
                payout.reversed(seen)
                await work.ledger.post(journals.transfer_reversed(payout), now)
            await give_up(work, payout, self.policy, now)

    async def _taken_back(self, payout: Payout) -> ProviderReversal:
        try:
            return await self._reversed(payout)
        except ProviderRefused:
            async with self.begin() as work:
                await work.deadlines.cancel(timers.GIVE_UP_PAYOUT, payout.payout_id)
            raise

    async def _reversed(self, payout: Payout) -> ProviderReversal:
        if payout.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payout is with {payout.provider}, which is not connected.")
        assert payout.transfer_reference is not None
        request = ReversalRequest(
            reversal_id=payout.payout_id,
            payout_id=payout.payout_id,
            transfer_reference=payout.transfer_reference,
            amount=payout.amount,
        )
        return await self.gateway.find_reversal(request) or await self.gateway.reverse(request, key=payout.reversal_key)
