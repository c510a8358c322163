"""Do what a card network says about a dispute, and book it: what the commands about disputes share."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from attrs import evolve, frozen

from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, allocate
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.dispute import Dispute, DisputeNews, DisputePart, ProviderDispute, fallen_on
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.states.dispute import DISPUTE_MACHINE, DisputeState
from marketplace_core.payments.domain.states.hold import HOLD_MACHINE, HoldState
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.domain.waterfall import Sources, drawn, returned
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.claiming import supersede_claims
from marketplace_core.payments.usecases.owing import owe, take_back, wake
from marketplace_core.payments.usecases.suspense import bear, owe_misfit
from marketplace_core.payments.usecases.taking import credit_of, paid_left, take

Step: TypeAlias = Callable[[PaymentsWork, Payment, Dispute, ProviderDispute, datetime], Awaitable[None]]


@frozen(kw_only=True)
class DisputeRecorder:
    """Brings a dispute to where the provider is, step by step."""

    policy: PaymentPolicy
    ids: IdFactory

    async def record(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        """Carry out what the provider's object asks for, in order, and store the dispute and its timers."""
        steps = dispute.steps_to(seen)
        for step in steps:
            await self._steps[step](work, payment, dispute, seen, now)
        if dispute.version == 0 and not steps:
            await self._freeze(work, dispute)
        if dispute.note_evidence(seen.evidence_digest) or steps or dispute.version == 0:
            await work.disputes.save(dispute)
        await look_again(work, dispute, now)

    @property
    def _steps(self) -> Mapping[DisputeNews, Step]:
        return {
            DisputeNews.OPEN: self._open,
            DisputeNews.ANSWER: self._answer,
            DisputeNews.WIN: self._win,
            DisputeNews.REGAIN: self._regain,
            DisputeNews.LOSE: self._lose,
            DisputeNews.PREVENT: self._prevent,
            DisputeNews.CLOSE: self._close,
        }

    async def _open(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        await self._call_refunds_back(work, payment, now)
        await self._thaw(work, dispute)
        await supersede_claims(work, payment.payment_id, now)
        holds = await work.holds.of_payment(payment.payment_id)
        paid = min(seen.amount.amount_minor, await paid_left(work, payment, dispute))
        named = next((place for place, hold in enumerate(holds) if hold.seller_order_id == seen.item), None)
        shares = fallen_on(paid, [hold.standing.refundable.amount for hold in holds], named)
        parts = []
        for hold, amount_minor in zip(holds, shares, strict=True):
            if amount_minor:
                parts.append(await take(work, dispute, hold, amount_minor))
        dispute.withdraw(seen, parts, seen.amount.amount_minor - sum(shares))
        await work.ledger.post(journals.dispute_withdrawn(dispute), now)
        for part in parts:
            await work.ledger.post(journals.dispute_froze_escrow(dispute, part), now)
            await work.ledger.post(journals.dispute_parked_payable(dispute, part), now)

    async def _call_refunds_back(self, work: PaymentsWork, payment: Payment, now: datetime) -> None:
        for refund in await work.refunds.of_payment(payment.payment_id):
            if refund.state is RefundState.APPROVED:
                refund.cancel(Who.SYSTEM, now)
                await take_back(work, refund, now, self.ids)
                await work.refunds.save(refund)
                await work.deadlines.cancel(timers.SUBMIT_REFUND, refund.refund_id)

    async def _answer(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        dispute.answered()

    async def _close(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        dispute.close(now)
        await self._thaw(work, dispute)

    async def _win(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        dispute.win(now)
        await work.ledger.post(journals.dispute_reinstated(dispute, dispute.amount, seen.fee_returned), now)
        await self._set_free(work, dispute, now)

    async def _set_free(self, work: PaymentsWork, dispute: Dispute, now: datetime) -> None:
        for part in dispute.parts:
            hold = await work.holds.get(part.seller_order_id)
            hold.dispute_won(part.split, dispute.freeze_reason)
            await book(work, journals.dispute_set_free(dispute, part), now)
            await work.holds.save(hold)
            await wake(work, hold, now)

    async def _lose(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        decided: list[DisputePart] = []
        for part in dispute.parts:
            hold = await work.holds.get(part.seller_order_id)
            hold.dispute_lost(part.split, dispute.freeze_reason)
            borne = await self._borne(work, hold, part)
            hold.give_back(borne.charge)
            decided.append(evolve(part, sources=borne))
            await book(work, journals.dispute_lost_released(dispute, decided[-1], hold), now)
            await work.holds.save(hold)
            await wake(work, hold, now)
        dispute.lose(decided, now)
        await work.ledger.post(journals.dispute_lost_escrow(dispute), now)
        await bear(work, dispute, now)
        await self._charge_fee(work, dispute, now)

    async def _borne(self, work: PaymentsWork, hold: EscrowHold, part: DisputePart) -> Sources:
        amount = part.split.released.amount
        reserve, payable = await credit_of(work, hold)
        protected = self.policy.agreed(hold.terms).protects_tracked_sellers and hold.proof is Proof.CARRIER
        return drawn(
            amount,
            charge=hold.excess_charge,
            platform=amount if protected else 0,
            parked=part.parked_minor,
            reserve=reserve,
            payable=payable,
        )

    async def _charge_fee(self, work: PaymentsWork, dispute: Dispute, now: datetime) -> None:
        weights = [part.split.amount for part in dispute.parts]
        if not sum(weights):
            return
        for part, fee in zip(dispute.parts, allocate(dispute.fee.amount_minor, weights), strict=True):
            hold = await work.holds.get(part.seller_order_id)
            if not self.policy.agreed(hold.terms).charges_dispute_fee:
                continue
            _, there_is = await credit_of(work, hold)
            payable = Money(min(fee, there_is), dispute.fee.currency)
            debt = Money(fee - payable.amount_minor, dispute.fee.currency)
            await book(work, journals.dispute_fee_charged(dispute, part, payable, debt), now)

    async def _regain(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        dispute.win(now)
        await work.ledger.post(journals.dispute_excess_regained(dispute, seen.fee_returned), now)
        if dispute.suspended_minor and payment.state is not PaymentState.REVIEW:
            waits = Money(dispute.suspended_minor, dispute.amount.currency)
            await owe_misfit(work, payment, waits, self.ids, now)
        for part in dispute.parts:
            hold = await work.holds.get(part.seller_order_id)
            hold.dispute_regained(part.split)
            debt = await work.ledger.balance(accounts.seller_receivable(hold.seller_id, hold.share.currency))
            back = returned(
                part.split.released.amount,
                charge=hold.due_charge,
                platform=part.sources.platform,
                debt=debt.amount_minor,
            )
            hold.charge(back.charge)
            await book(work, journals.dispute_regained(dispute, part, hold, back), now)
            await work.holds.save(hold)
            await wake(work, hold, now)

    async def _prevent(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, seen: ProviderDispute, now: datetime
    ) -> None:
        """The network has refunded the buyer itself: what it took is booked as a refund that has gone (C8)."""
        if not dispute.is_open:
            await self._open(work, payment, dispute, seen, now)
        on_sellers = Money(dispute.amount.amount_minor - dispute.excess_minor, dispute.amount.currency)
        await work.ledger.post(journals.dispute_reinstated(dispute, on_sellers, seen.fee_returned), now)
        await self._set_free(work, dispute, now)
        await work.ledger.post(journals.dispute_excess_lost(dispute), now)
        dispute.prevent(now)
        await bear(work, dispute, now)
        parts = tuple(
            RefundPart(
                seller_order_id=part.seller_order_id,
                seller_id=part.seller_id,
                wanted=part.split.held + part.split.released,
            )
            for part in dispute.parts
        )
        if parts:
            await self._refunded_by_network(work, payment, dispute, parts, now)

    async def _refunded_by_network(
        self, work: PaymentsWork, payment: Payment, dispute: Dispute, parts: tuple[RefundPart, ...], now: datetime
    ) -> None:
        refund = Refund.request(
            refund_id=RefundId(self.ids.new("rfd")),
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            buyer_id=payment.buyer_id,
            provider=payment.provider,
            currency=dispute.amount.currency,
            reason=f"Card dispute {dispute.dispute_id}, settled by the network.",
            who=Who.SYSTEM,
            requester_id=None,
            parts=parts,
            now=now,
        )
        await owe(work, refund, Who.SYSTEM, now, by_network=True)
        refund.sent_without_asking(now)
        await work.ledger.post(journals.refund_succeeded(refund), now)
        await work.refunds.save(refund)
        await work.deadlines.cancel(timers.SUBMIT_REFUND, refund.refund_id)

    async def _freeze(self, work: PaymentsWork, dispute: Dispute) -> None:
        for hold in await work.holds.of_payment(dispute.payment_id):
            if hold.state not in HOLD_MACHINE.ends and hold.state is not HoldState.PENDING:
                hold.freeze(dispute.freeze_reason, Who.PROVIDER)
                await work.holds.save(hold)

    async def _thaw(self, work: PaymentsWork, dispute: Dispute) -> None:
        for hold in await work.holds.of_payment(dispute.payment_id):
            if dispute.freeze_reason in hold.freezes:
                hold.unfreeze(dispute.freeze_reason, Who.PROVIDER)
                await work.holds.save(hold)


async def look_again(work: PaymentsWork, dispute: Dispute, now: datetime) -> None:
    """Set the timers of a dispute: to ask the provider about its payment again, and to remind of the evidence."""
    others = await work.disputes.of_payment(dispute.payment_id)
    if all(one.state in DISPUTE_MACHINE.ends for one in (*others, dispute)):
        await work.deadlines.cancel(timers.POLL_DISPUTE, dispute.payment_id)
    else:
        await work.deadlines.set(timers.POLL_DISPUTE, dispute.payment_id, now + timers.POLL_DISPUTE_EVERY)
    if dispute.state is DisputeState.NEEDS_RESPONSE and dispute.evidence_by is not None:
        await work.deadlines.set(timers.EVIDENCE_BY, dispute.dispute_id, max(dispute.evidence_by, now))
    else:
        await work.deadlines.cancel(timers.EVIDENCE_BY, dispute.dispute_id)
