"""What waits in suspense of a payment, and what card disputes have of it. Runs in an open transaction."""

from datetime import datetime

from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.dispute import Dispute
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.ports import PaymentsWork


async def bear(work: PaymentsWork, dispute: Dispute, now: datetime) -> None:
    """Let what a lost dispute took of no seller fall on what waits in suspense of its payment, as far as that goes.

    The buyer has that money back from the network, so it is not owed to them a second time.
    """
    if not dispute.is_gone:
        return
    waits = await work.ledger.balance(accounts.suspense(dispute.payment_id, dispute.amount.currency))
    borne = min(waits, Money(dispute.on_platform_minor, dispute.amount.currency))
    if borne:
        await work.ledger.post(journals.dispute_lost_suspended(dispute, borne), now)
        dispute.bear(borne)


async def left_in_suspense(work: PaymentsWork, payment: Payment, now: datetime) -> Money:
    """Return what waits in suspense of a payment, once every lost dispute has had its part of it."""
    for dispute in await work.disputes.of_payment(payment.payment_id):
        before = dispute.suspended_minor
        await bear(work, dispute, now)
        if dispute.suspended_minor != before:
            await work.disputes.save(dispute)
    return await work.ledger.balance(accounts.suspense(payment.payment_id, _currency(payment)))


async def left_for_order(work: PaymentsWork, payment: Payment, now: datetime) -> Money:
    """Return what waits in suspense of a payment and no card dispute has or may yet take."""
    waits = await left_in_suspense(work, payment, now)
    disputes = await work.disputes.of_payment(payment.payment_id)
    threatened = sum(dispute.excess_minor for dispute in disputes if dispute.is_open)
    return Money(max(0, waits.amount_minor - threatened), waits.currency)


async def owe_misfit(work: PaymentsWork, payment: Payment, amount: Money, ids: IdFactory, now: datetime) -> RefundId:
    """Owe to its buyer what waits in suspense, and have the provider asked to send it."""
    refund = Refund.of_misfit(
        refund_id=RefundId(ids.new("rfd")),
        payment=payment,
        amount=amount,
        reason=payment.review_reason or "misfit",
        now=now,
    )
    await work.refunds.save(refund)
    await work.ledger.post(journals.misfit_refunded(refund), now)
    await work.deadlines.set(timers.SUBMIT_REFUND, refund.refund_id, now)
    return refund.refund_id


def _currency(payment: Payment) -> str:
    return (payment.captured or payment.amount).currency
