"""The kinds of deadlines that payments set, and how long the ones without a policy wait."""

from datetime import timedelta
from typing import Final

from marketplace_core.kernel.ids import SellerId

REQUEST_PAYMENT: Final = "payments.request_payment"
POLL_PAYMENT: Final = "payments.poll_payment"
RELEASE: Final = "payments.release"
HOLD_DEADLINE: Final = "payments.hold_deadline"
CONNECT_ACCOUNT: Final = "payments.connect_account"
SWEEP_PAYOUTS: Final = "payments.sweep_payouts"
SEND_PAYOUT: Final = "payments.send_payout"
POLL_PAYOUT: Final = "payments.poll_payout"
GIVE_UP_PAYOUT: Final = "payments.give_up_payout"
SUBMIT_REFUND: Final = "payments.submit_refund"
POLL_REFUND: Final = "payments.poll_refund"
DECIDE_REFUND: Final = "payments.decide_refund"
REPEAT_REFUND: Final = "payments.repeat_refund"
MATURE_RESERVE: Final = "payments.mature_reserve"
POLL_DISPUTE: Final = "payments.poll_dispute"
EVIDENCE_BY: Final = "payments.evidence_by"
STUCK_PAYOUT: Final = "payments.stuck_payout"
REMIND_BOUNCED: Final = "payments.remind_bounced"
CLAIM: Final = "payments.claim"
REVIEW_DEBT: Final = "payments.review_debt"
TAKE_BACK: Final = "payments.take_back"

REQUEST_AFTER: Final = timedelta(seconds=5)
"""The checkout asks the provider itself; the timer only finds what a crash has left unasked."""
GIVE_UP_AFTER: Final = timedelta(minutes=1)
"""Whoever gives a payout up asks the provider themselves; the timer only finds what a crash has left half done."""
POLL_PAYMENT_EVERY: Final = timedelta(minutes=10)
POLL_PAYOUT_EVERY: Final = timedelta(hours=1)
POLL_REFUND_EVERY: Final = timedelta(hours=1)
POLL_PAID_EVERY: Final = timedelta(days=1)
POLL_DISPUTE_EVERY: Final = timedelta(days=1)
POLL_GONE_EVERY: Final = timedelta(days=1)
REMIND_EVERY: Final = timedelta(days=3)
"""Providers tell us; asking by ourselves only makes up for what they told us in vain."""
REPEAT_REFUND_AFTER: Final = (timedelta(days=1), timedelta(days=2), timedelta(days=4))
"""How long a refund that has to be made waits after its first, second … failure; then an operator decides."""


def debt_subject(seller_id: SellerId, currency: str) -> str:
    """Name a seller's debt in one currency."""
    return f"{seller_id}:{currency}"
