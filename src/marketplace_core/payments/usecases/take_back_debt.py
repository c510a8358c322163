"""Take back a debt: the provider reverses (some of) what it transferred to the seller."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SettlementId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals
from marketplace_core.payments.domain.debt import DebtSettlement, Means
from marketplace_core.payments.domain.errors import ProviderRefused, ProviderUnavailable
from marketplace_core.payments.domain.payout import ProviderReversal
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway, ReversalRequest
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.giving_up import leave_out_what_paid_debts
from marketplace_core.payments.usecases.settle_debt import debt_of, on_its_way


@frozen(kw_only=True)
class TakeBackDebt(Command[SettlementState]):
    """Ask the provider to take back what settles a debt."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    settlement_id: SettlementId


@frozen(kw_only=True)
class TakeBackDebtHandler:
    """Have the provider take something back from a seller.

    - The row says that it is being asked before it is, under a key of the settlement's own; after a day without an
      answer the provider is searched before it is asked.
    - What was netted meanwhile is not taken back: if less is owed by then, nothing is asked.
    - Nor is anything asked while a payout of the seller's is on its way: what is in the account then is not their own.
    - Refused: the debt stays, and nothing else changes.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    clock: Clock

    async def __call__(self, command: TakeBackDebt, by: Actor) -> SettlementState:
        """Carry it out. Raises ``SettlementNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        settlement = await self._start(command.settlement_id)
        if settlement.state is not SettlementState.SUBMITTED:
            return settlement.state
        if settlement.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This settlement is with {settlement.provider}, which is not connected.")
        try:
            seen = await self._asked(settlement)
        except ProviderRefused as refusal:
            return await self._refused(command.settlement_id, refusal.reason)
        now = self.clock.now()
        async with self.begin() as work:
            settlement = await work.settlements.get(command.settlement_id)
            if settlement.state is SettlementState.SUBMITTED:
                assert settlement.payout_id is not None
                payout = await work.payouts.get(settlement.payout_id)
                settlement.taken_back(seen, now)
                await work.settlements.save(settlement)
                debt = await debt_of(work, settlement)
                await book(work, journals.debt_repaid(settlement, debt), now)
                await leave_out_what_paid_debts(work, payout, now)
        return settlement.state

    async def _start(self, settlement_id: SettlementId) -> DebtSettlement:
        now = self.clock.now()
        async with self.begin() as work:
            settlement = await work.settlements.get(settlement_id)
            if settlement.state is SettlementState.REQUESTED and settlement.means is Means.REVERSAL:
                settlement.submit(now)
                if settlement.amount > await debt_of(work, settlement):
                    settlement.refused("debt_settled", now)
                elif await on_its_way(work, settlement.seller_id, settlement.amount.currency):
                    settlement.refused("payout_on_its_way", now)
                await work.settlements.save(settlement)
        return settlement

    async def _asked(self, settlement: DebtSettlement) -> ProviderReversal:
        assert settlement.payout_id is not None
        assert settlement.transfer_reference is not None
        request = ReversalRequest(
            reversal_id=settlement.settlement_id,
            payout_id=settlement.payout_id,
            transfer_reference=settlement.transfer_reference,
            amount=settlement.amount,
        )
        if settlement.key_may_be_forgotten(self.clock.now()):
            made = await self.gateway.find_reversal(request)
            if made is not None:
                return made
        return await self.gateway.reverse(request, key=settlement.key)

    async def _refused(self, settlement_id: SettlementId, reason: str) -> SettlementState:
        async with self.begin() as work:
            settlement = await work.settlements.get(settlement_id)
            if settlement.state is SettlementState.SUBMITTED:
                settlement.refused(reason, self.clock.now())
                await work.settlements.save(settlement)
        return settlement.state
