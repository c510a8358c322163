"""Settle a seller's debt: a top-up has arrived, the provider takes something back, or it is written off."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PayoutId, SellerId, SettlementId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.access import no_payout
from marketplace_core.payments.domain.debt import DebtSettlement, Means
from marketplace_core.payments.domain.errors import ExceedsDebt, WrongState
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


@frozen(kw_only=True)
class SettledDebt:
    """The settlement, and where it stands."""

    settlement_id: SettlementId
    state: SettlementState


@frozen(kw_only=True)
class SettleDebt(Command[SettledDebt]):
    """Settle ``amount_minor`` of what a seller owes, in minor units. ``note`` is the reason, or a top-up's reference.

    A reversal names the paid ``payout_id`` whose transfer is taken back.
    """

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId
    currency: str
    means: Means
    amount_minor: int
    note: str
    payout_id: PayoutId | None = None


@frozen(kw_only=True)
class SettleDebtHandler:
    """Settle a seller's debt.

    - A top-up is money that has arrived at the provider, under a reference that is used once; what exceeds the debt is
      payable to the seller.
    - A write-off is no more than the debt; from 1 000.00 on another operator approves it.
    - A reversal takes back what was transferred for a payout that was paid, from the seller's own balance at the
      provider and no more than the debt. If the provider refuses, the debt stays. While another payout is on its way,
      what is in the seller's account is not their own: that one is taken back instead.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SettleDebt, by: Actor) -> SettledDebt:
        """Carry it out. Raises ``MalformedSettlement``, ``ExceedsDebt``, ``PayoutNotFound``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            settlement = DebtSettlement(
                settlement_id=SettlementId(self.ids.new("dst")),
                seller_id=command.seller_id,
                provider=self.gateway.provider,
                amount=Money(command.amount_minor, command.currency),
                means=command.means,
                note=command.note.strip(),
                requester_id=by.user_id,
                requested_at=now,
            )
            settlement.check()
            debt = await debt_of(work, settlement)
            if command.means is not Means.TOP_UP and settlement.amount > debt:
                raise ExceedsDebt("That is more than is owed.", debt_minor=debt.amount_minor)
            match command.means:
                case Means.TOP_UP:
                    settlement.book(now)
                    await work.settlements.save(settlement)
                    await book(work, journals.seller_topped_up(settlement, debt), now)
                    if settlement.amount > debt:
                        await plan_payout_run(work, self.policy, now)
                case Means.WRITE_OFF if settlement.needs_second(self.policy):
                    await work.settlements.save(settlement)
                case Means.WRITE_OFF:
                    settlement.book(now)
                    await work.settlements.save(settlement)
                    await book(work, journals.debt_written_off(settlement), now)
                case Means.REVERSAL:
                    await self._name_transfer(work, settlement, command.payout_id)
                    await work.settlements.save(settlement)
                    await work.deadlines.set(timers.TAKE_BACK, settlement.settlement_id, now)
        return SettledDebt(settlement_id=settlement.settlement_id, state=settlement.state)

    async def _name_transfer(self, work: PaymentsWork, settlement: DebtSettlement, payout_id: PayoutId | None) -> None:
        if payout_id is None:
            raise no_payout()
        payout = await work.payouts.get(payout_id)
        if payout.seller_id != settlement.seller_id or payout.amount.currency != settlement.amount.currency:
            raise no_payout()
        if payout.state is not PayoutState.PAID or payout.provider != self.gateway.provider:
            raise WrongState("Only a payout that was paid by this provider is taken back.", state=payout.state.value)
        if await on_its_way(work, settlement.seller_id, settlement.amount.currency):
            raise WrongState("A payout of this seller's is on its way, or came back: see to that one first.")
        settlement.payout_id, settlement.transfer_reference = payout.payout_id, payout.transfer_reference


async def on_its_way(work: PaymentsWork, seller_id: SellerId, currency: str) -> bool:
    """Tell whether money of payouts is in the seller's account at the provider, or on its way to the bank."""
    return bool(await work.ledger.balance(accounts.wallet(seller_id, currency)))


async def debt_of(work: PaymentsWork, settlement: DebtSettlement) -> Money:
    """Return what the seller of a settlement owes now."""
    account = accounts.seller_receivable(settlement.seller_id, settlement.amount.currency)
    return await work.ledger.balance(account)
