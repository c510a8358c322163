"""Cancel a payout: what it claimed is payable again, once no money is out."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.errors import ProviderUnavailable, WrongState
from marketplace_core.payments.domain.payout import Payout, ProviderReversal
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway, ReversalRequest
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


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
    - A payout that the bank may be paying is not cancelled, nor one of which some was taken back for a debt.
    - What it claimed is payable again, once, and goes into the next payout run.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: CancelPayout, by: Actor) -> None:
        """Carry it out. Raises ``PayoutNotFound``, ``WrongState``, ``ProviderUnavailable``, ``ProviderRefused``."""
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            payout.check_cancellable()
            if payout.must_be_reversed and await _paid_a_debt(work, payout):
                raise WrongState("Some of it was taken back for a debt; it can only be sent again.")
        seen = await self._reversed(payout) if payout.must_be_reversed else None
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            if seen is not None and payout.must_be_reversed:
                payout.reversed(seen)
                await work.ledger.post(journals.transfer_reversed(payout), now)
            payout.cancel()
            await work.payouts.save(payout)
            await book(work, journals.payout_cancelled(payout), now)
            for timer in (timers.SEND_PAYOUT, timers.POLL_PAYOUT, timers.STUCK_PAYOUT):
                await work.deadlines.cancel(timer, payout.payout_id)
            await plan_payout_run(work, self.policy, now)

    async def _reversed(self, payout: Payout) -> ProviderReversal:
        if payout.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payout is with {payout.provider}, which is not connected.")
        assert payout.transfer_reference is not None
        made = await self.gateway.find_reversal(payout.payout_id, transfer_reference=payout.transfer_reference)
        if made is not None:
            return made
        request = ReversalRequest(
            payout_id=payout.payout_id, transfer_reference=payout.transfer_reference, amount=payout.amount
        )
        return await self.gateway.reverse(request, key=payout.reversal_key)


async def _paid_a_debt(work: PaymentsWork, payout: Payout) -> bool:
    """Tell whether some of its transfer was taken back for a debt, or may have been: the rest is another amount."""
    asked = await work.settlements.reversals(payout.seller_id, payout.amount.currency)
    return any(one.payout_id == payout.payout_id and one.state is not SettlementState.REJECTED for one in asked)
