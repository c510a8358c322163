"""Take what a card dispute falls on out of a seller's share. Runs in an open transaction."""

from datetime import datetime

from marketplace_core.payments.domain import accounts, journals
from marketplace_core.payments.domain.dispute import Dispute, DisputePart
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.ports import PaymentsWork


async def take(work: PaymentsWork, dispute: Dispute, hold: EscrowHold, amount_minor: int) -> DisputePart:
    """Set so much of a share apart, out of escrow first; of what the seller has, what is payable is set aside."""
    split = hold.dispute(amount_minor, dispute.freeze_reason)
    _, payable = await credit_of(work, hold)
    await work.holds.save(hold)
    return DisputePart(
        seller_order_id=hold.seller_order_id,
        seller_id=hold.seller_id,
        split=split,
        parked_minor=min(split.released.amount, payable),
    )


async def take_more(work: PaymentsWork, hold: EscrowHold, amount_minor: int, *, because: str, now: datetime) -> None:
    """Let an open dispute whose excess the platform bears fall on what a share has got back; ``because`` says why."""
    for dispute in await work.disputes.of_payment(hold.payment_id):
        more = min(amount_minor, dispute.excess_minor)
        if not dispute.is_open or not more:
            continue
        part = await take(work, dispute, hold, more)
        dispute.take_more(part)
        await work.ledger.post(journals.dispute_froze_escrow(dispute, part, because), now)
        await work.ledger.post(journals.dispute_parked_payable(dispute, part, because), now)
        await work.disputes.save(dispute)
        amount_minor -= more


async def paid_left(work: PaymentsWork, payment: Payment, dispute: Dispute) -> int:
    """Return what the buyer paid and neither a refund nor another dispute has taken of the sellers, in minor units.

    Of a share that the platform subsidised, the seller has more than the buyer paid; a dispute takes no more than that.
    """
    captured = payment.captured.amount_minor if payment.captured else 0
    refunds = await work.refunds.of_payment(payment.payment_id)
    disputes = await work.disputes.of_payment(payment.payment_id)
    refunded = sum(refund.amount.amount_minor for refund in refunds if refund.takes_money)
    disputed = sum(one.fallen_minor for one in disputes if one.dispute_id != dispute.dispute_id)
    return max(0, captured - refunded - disputed)


async def credit_of(work: PaymentsWork, hold: EscrowHold) -> tuple[int, int]:
    """Return what a seller has in reserve and what is payable to them, in minor units."""
    currency = hold.share.currency
    reserve = await work.ledger.balance(accounts.seller_reserve(hold.seller_id, currency))
    payable = await work.ledger.balance(accounts.seller_payable(hold.seller_id, currency))
    return reserve.amount_minor, payable.amount_minor
