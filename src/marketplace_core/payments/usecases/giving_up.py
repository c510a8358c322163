"""What becomes of a payout whose money is in the seller's account at the provider. Runs in an open transaction."""

from datetime import datetime

from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.debt import taken_of
from marketplace_core.payments.domain.journals import entries_of
from marketplace_core.payments.domain.payout import Payout, PayoutItem
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.release_escrow import plan_payout_run


async def leave_out_what_paid_debts(work: PaymentsWork, payout: Payout, now: datetime) -> bool:
    """Have a payout claim no more than what is left of its transfer, once no bank has it; tell whether it is over.

    One of which nothing is left is over.

    What has paid a debt came out of the seller's own balance, which what the bank sent back has filled again, or out of
    that: either way the seller has had it.
    """
    asked = await work.settlements.reversals(payout.seller_id, payout.amount.currency)
    had = payout.to_leave_out(taken_of(payout, asked))
    if not had:
        return False
    given_back, left_out = journals.claim_had(payout, had)
    await work.ledger.post(given_back, now)
    await work.ledger.post(left_out, now)
    (entry,) = entries_of(left_out)
    payout.leave_out(PayoutItem(entry_id=entry.entry_id, seller_order_id=None, amount=entry.amount))
    is_over = not payout.amount
    if is_over:
        payout.cancel()
        await stop_timers(work, payout)
    await work.payouts.save(payout)
    return is_over


async def give_up(work: PaymentsWork, payout: Payout, policy: PaymentPolicy, now: datetime) -> None:
    """Cancel a payout of which nothing is out: what it claimed is payable again, and goes into the next run."""
    payout.cancel()
    await work.payouts.save(payout)
    await book(work, journals.payout_cancelled(payout), now)
    await stop_timers(work, payout)
    await plan_payout_run(work, policy, now)


async def stop_timers(work: PaymentsWork, payout: Payout) -> None:
    """A payout that is over is not looked at any more."""
    for timer in (timers.SEND_PAYOUT, timers.POLL_PAYOUT, timers.STUCK_PAYOUT, timers.GIVE_UP_PAYOUT):
        await work.deadlines.cancel(timer, payout.payout_id)
