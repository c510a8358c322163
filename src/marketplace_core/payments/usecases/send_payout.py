"""Send a payout: to the seller's account at the provider, and from there to the bank."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.brake import BrakeCause
from marketplace_core.payments.domain.errors import ProviderMismatch, ProviderRefused, ProviderUnavailable
from marketplace_core.payments.domain.payout import Payout, ProviderPayout, ProviderTransfer
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import PaymentsWork, PayoutGateway, TransferRequest
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.braking import TRY_AGAIN_AFTER, standing_still
from marketplace_core.payments.usecases.giving_up import leave_out_what_paid_debts
from marketplace_core.payments.usecases.reconcile_payout import look_again
from marketplace_core.payments.usecases.release_escrow import plan_payout_run

ACCOUNT_RESTRICTED: Final = "account_restricted"
MISMATCH: Final = "provider_mismatch"
SELLER_SUSPENDED: Final = "seller_suspended"


@frozen(kw_only=True)
class SendPayout(Command[PayoutState]):
    """Take a payout one attempt further."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payout_id: PayoutId


@frozen(kw_only=True)
class SendPayoutHandler:
    """Send the money of a payout.

    - The row says that it is being sent before the provider is asked; a crash in between is taken up where it was.
    - The transfer and the bank payout each carry a key of payout and attempt: asking again is never paying again, and
      after a day without an answer the provider is searched before it is asked.
    - A transfer that was made is never repeated; a later attempt starts at the bank payout.
    - Refused for lack of funds, or for whatever else may pass: tried again after an hour, then two, four …, a bounded
      number of times; then it waits for an operator, who is told why, and what it claimed goes into no other payout.
    - Refused because the account is restricted: the releases are free again, and the seller is paid no more until the
      provider says otherwise.
    - Before the first transfer: a suspended seller's payout is held back, and of a seller who has come to owe too much
      meanwhile it is cancelled, so that it pays the debt.
    - While money stands still nothing is begun; what was begun is brought to its end.
    - An answer about another amount or account stops the payout until somebody has looked.
    """

    begin: Begin[PaymentsWork]
    gateway: PayoutGateway
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: SendPayout, by: Actor) -> PayoutState:
        """Carry it out. Raises ``PayoutNotFound``, ``ProviderUnavailable``."""
        payout = await self._start(command.payout_id)
        if payout.state is not PayoutState.TRANSFERRING:
            return payout.state
        if payout.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payout is with {payout.provider}, which is not connected.")
        if payout.transfer_reference is None:
            payout = await self._transfer(payout)
        if payout.state is PayoutState.TRANSFERRING:
            payout = await self._pay_out(payout)
        return payout.state

    async def _start(self, payout_id: PayoutId) -> Payout:
        async with self.begin() as work:
            payout = await work.payouts.get(payout_id)
            if payout.state is PayoutState.READY and await standing_still(work, *BrakeCause):
                await work.deadlines.set(timers.SEND_PAYOUT, payout_id, self.clock.now() + TRY_AGAIN_AFTER)
            elif payout.state is PayoutState.READY and not await self._stopped(work, payout):
                payout.start(self.clock.now())
                await work.payouts.save(payout)
        return payout

    async def _stopped(self, work: PaymentsWork, payout: Payout) -> bool:
        """Keep back what a seller who is suspended, or who has come to owe too much, would be paid."""
        if payout.transfer_reference is not None:
            return False
        now, currency = self.clock.now(), payout.amount.currency
        standing = await work.standings.find(payout.seller_id, currency)
        debt = await work.ledger.balance(accounts.seller_receivable(payout.seller_id, currency))
        if standing is not None and standing.suspended:
            payout.hold_back(SELLER_SUSPENDED)
            await look_again(work, payout, now)
        elif debt.amount_minor >= self.policy.debt_soft_minor:
            payout.cancel()
            await book(work, journals.payout_cancelled(payout), now)
            await plan_payout_run(work, self.policy, now)
        else:
            return False
        await work.payouts.save(payout)
        return True

    async def _transfer(self, payout: Payout) -> Payout:
        request = TransferRequest(
            payout_id=payout.payout_id,
            account=payout.account,
            amount=payout.amount,
            source=await self._one_source(payout),
        )
        try:
            seen = await self._made_transfer(payout) or await self.gateway.transfer(request, key=payout.transfer_key)
        except ProviderRefused as refusal:
            return await self._refused(payout.payout_id, refusal.reason)
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(payout.payout_id)
            try:
                is_new = payout.transferred(seen)
            except ProviderMismatch:
                payout.hold_back(MISMATCH)
                await look_again(work, payout, now)
                is_new = False
            if is_new:
                await work.ledger.post(journals.transfer_succeeded(payout), now)
            await work.payouts.save(payout)
        return payout

    async def _pay_out(self, payout: Payout) -> Payout:
        request = TransferRequest(payout_id=payout.payout_id, account=payout.account, amount=payout.amount)
        try:
            seen = await self._made_payout(payout) or await self.gateway.pay_out(request, key=payout.bank_key)
        except ProviderRefused as refusal:
            return await self._bank_refused(payout.payout_id, refusal.reason)
        async with self.begin() as work:
            payout = await work.payouts.get(payout.payout_id)
            if payout.state is not PayoutState.TRANSFERRING:
                return payout  # another worker was told the same, and first
            try:
                payout.sent(seen)
            except ProviderMismatch:
                payout.hold_back(MISMATCH)
                await look_again(work, payout, self.clock.now())
            else:
                await work.deadlines.set(timers.POLL_PAYOUT, payout.payout_id, self.clock.now())
            await work.payouts.save(payout)
        return payout

    async def _one_source(self, payout: Payout) -> str | None:
        """Return the provider's name of the payment from which all of the money comes, if it is one."""
        sources = {item.seller_order_id for item in payout.items}
        (seller_order_id, *others) = sources
        if others or seller_order_id is None:
            return None
        async with self.begin() as work:
            hold = await work.holds.get(seller_order_id)
            payment = await work.payments.get(hold.payment_id)
        return payment.reference if payment.provider == payout.provider else None

    async def _made_transfer(self, payout: Payout) -> ProviderTransfer | None:
        if not payout.key_may_be_forgotten(self.clock.now()):
            return None
        return await self.gateway.find_transfer(payout.payout_id, account=payout.account)

    async def _made_payout(self, payout: Payout) -> ProviderPayout | None:
        if not payout.key_may_be_forgotten(self.clock.now()):
            return None
        return await self.gateway.find_payout(payout.payout_id, account=payout.account)

    async def _refused(self, payout_id: PayoutId, reason: str) -> Payout:
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(payout_id)
            payout.transfer_refused(reason)
            wait = self.policy.transfer_waits(payout.attempt)
            if reason == ACCOUNT_RESTRICTED:
                payout.cancel()
                await book(work, journals.payout_cancelled(payout), now)
                await plan_payout_run(work, self.policy, now)
                await _restrict(work, payout, reason)
            elif wait is not None:
                payout.retry()
                await work.deadlines.set(timers.SEND_PAYOUT, payout_id, now + wait)
            else:
                payout.remind()
                await look_again(work, payout, now)
            await work.payouts.save(payout)
        return payout

    async def _bank_refused(self, payout_id: PayoutId, reason: str) -> Payout:
        async with self.begin() as work:
            payout = await work.payouts.get(payout_id)
            payout.bank_refused(reason)
            await _restrict(work, payout, reason)
            await work.payouts.save(payout)
            await leave_out_what_paid_debts(work, payout, self.clock.now())
            await look_again(work, payout, self.clock.now())
        return payout


async def _restrict(work: PaymentsWork, payout: Payout, reason: str) -> None:
    if reason == ACCOUNT_RESTRICTED:
        account = await work.seller_accounts.get(payout.seller_id)
        account.restrict()
        await work.seller_accounts.save(account)
