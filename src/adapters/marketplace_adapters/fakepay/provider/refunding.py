"""How money goes back to a card: asked for, waiting, gone, refused, or sent back by the bank long after.

The platform's balance pays at the moment a refund succeeds, and gets the amount back if it bounces after that. One
that fails while pending has never touched the balance.
"""

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from marketplace_adapters.fakepay.provider import disputes, due, events, ledger, payments
from marketplace_adapters.fakepay.provider.cards import CardBehaviour
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.payments import Payment
from marketplace_adapters.fakepay.provider.refunds import (
    PendingReason,
    Refund,
    describe,
    find,
    insert,
    pending_of,
    save,
)
from marketplace_adapters.fakepay.provider.refusals import invalid, not_now

SETTLES: Final = "refund.settles"
BOUNCES: Final = "refund.bounces"
RETRIED_AT_ONCE_MAX: Final = 100

_CAN_PAY_ONE: Final = (
    "FROM refunds JOIN ledger_balances AS there ON there.account = 'platform:available'"
    " AND there.currency = refunds.currency AND there.amount_minor >= refunds.amount_minor"
    " WHERE refunds.status = 'pending' AND refunds.pending_reason = 'insufficient_funds'"
)


def create(
    session: Session,
    *,
    payment_id: str,
    amount_minor: int | None,
    currency: str | None,
    reference: str,
    reason: str | None,
    metadata: Mapping[str, str],
) -> Refund:
    """Ask for a refund, of all that is left unless an amount is given.

    Raises Refusal: payment_not_found, currency_mismatch, payment_not_captured, payment_disputed,
    refund_exceeds_remaining.
    """
    payment = payments.find(session, payment_id)
    if currency is not None and currency != payment.currency:
        raise invalid("currency_mismatch", f"The payment was taken in {payment.currency}.")
    refund = Refund(
        id=session.new_id("re"),
        status="pending",
        payment=payment.id,
        amount_minor=_allowed(payment, amount_minor),
        currency=payment.currency,
        reference=reference,
        reason=reason,
        metadata=metadata,
        pending_reason="charge_pending" if payment.status == "processing" else "processing",
        failure_code=None,
        created_at_ms=session.now_ms,
        updated_at_ms=session.now_ms,
        succeeded_at_ms=None,
        failed_at_ms=None,
    )
    insert(session, refund)
    events.record(session, "refund.created", describe(refund))
    if payment.status == "processing":
        return refund
    return _set_out(session, refund, payment)


def charge_succeeded(session: Session, payment: Payment) -> None:
    """Let the refunds go on that waited for their payment."""
    for refund in pending_of(session, payment.id):
        _set_out(session, _keep_waiting(session, refund, "processing"), payment)


def settle(session: Session, refund_id: str) -> Refund:
    """Pay a pending refund if the balance suffices, else let it wait for that. Raises Refusal: refund_not_pending."""
    refund = find(session, refund_id)
    if refund.status != "pending":
        raise not_now("refund_not_pending", f"The refund has {refund.status}.")
    there = ledger.amount_in(session, ledger.available(ledger.PLATFORM), refund.currency)
    if there < refund.amount_minor:
        return _keep_waiting(session, refund, "insufficient_funds")
    due.cancel(session, refund.id)
    paid = save(
        session, refund, evolve(refund, status="succeeded", pending_reason=None, succeeded_at_ms=session.now_ms)
    )
    ledger.move(
        session,
        kind="refund",
        source=paid.id,
        giver=ledger.available(ledger.PLATFORM),
        taker=ledger.CARDS,
        currency=paid.currency,
        amount_minor=paid.amount_minor,
        reference=paid.reference,
    )
    events.record(session, "refund.succeeded", describe(paid))
    payment = payments.find(session, paid.payment)
    if payment.card_behaviour == CardBehaviour.REFUND_BOUNCES:
        due.schedule(session, kind=BOUNCES, subject=paid.id, after_seconds=session.terms.refund_bounce_seconds)
    if payment.unrefunded_minor == 0:
        disputes.close_inquiries(session, payment.id)
    return paid


def settle_in_time(session: Session, refund_id: str) -> None:
    """Pay a refund whose time has come."""
    settle(session, refund_id)


def fail(session: Session, refund_id: str, failure_code: str) -> Refund:
    """Give up a refund that is on its way. Raises Refusal: refund_not_found, refund_not_pending."""
    refund = find(session, refund_id)
    if refund.status != "pending":
        raise not_now("refund_not_pending", f"The refund has {refund.status}.")
    return _give_up(session, refund, failure_code)


def fail_pending_of(session: Session, payment_id: str, failure_code: str) -> None:
    """Give up every refund of a payment that is on its way."""
    for refund in pending_of(session, payment_id):
        _give_up(session, refund, failure_code)


def bounce(session: Session, refund_id: str, failure_code: str) -> Refund:
    """Take back a refund that had succeeded: the card's bank sends the money back to the platform.

    Raises Refusal: refund_not_found, refund_not_succeeded.
    """
    refund = find(session, refund_id)
    if refund.status != "succeeded":
        raise not_now("refund_not_succeeded", f"The refund is {refund.status}; only one that succeeded comes back.")
    bounced = _give_up(session, refund, failure_code)
    ledger.move(
        session,
        kind="refund_failure",
        source=bounced.id,
        giver=ledger.CARDS,
        taker=ledger.available(ledger.PLATFORM),
        currency=bounced.currency,
        amount_minor=bounced.amount_minor,
        reference=bounced.reference,
    )
    return bounced


def bounce_in_time(session: Session, refund_id: str) -> None:
    """Take back a refund to a card that has been closed since."""
    bounce(session, refund_id, "expired_or_canceled_card")


def can_retry(session: Session) -> bool:
    """Say whether the balance now suffices for a refund that waits for it."""
    row = session.db.execute(f"SELECT EXISTS (SELECT 1 {_CAN_PAY_ONE}) AS can").fetchone()
    return bool(row["can"])


def retry(session: Session) -> int:
    """Pay the refunds that wait for balance as far as it goes, oldest first; return how many."""
    paid = 0
    while paid < RETRIED_AT_ONCE_MAX:
        row = session.db.execute(f"SELECT refunds.id {_CAN_PAY_ONE} ORDER BY refunds.seq LIMIT 1").fetchone()
        if row is None:
            break
        settle(session, row["id"])
        paid += 1
    return paid


def _allowed(payment: Payment, amount_minor: int | None) -> int:
    if payment.status not in {"succeeded", "processing"}:
        raise not_now("payment_not_captured", "No money was taken with this payment.")
    wanted_minor = amount_minor if amount_minor is not None else payment.refundable_minor
    if 0 < wanted_minor <= payment.refundable_minor:
        return wanted_minor
    if payment.unrefunded_minor > 0 and wanted_minor <= payment.unrefunded_minor:
        raise not_now("payment_disputed", "The buyer's bank has taken this money back already; answer the dispute.")
    raise not_now(
        "refund_exceeds_remaining", f"Of this payment {payment.refundable_minor} minor units are left to refund."
    )


def _set_out(session: Session, refund: Refund, payment: Payment) -> Refund:
    slow = payment.card_behaviour == CardBehaviour.REFUND_PENDING
    wait_seconds = max(session.terms.refund_delay_seconds, session.terms.slow_refund_seconds if slow else 0)
    if wait_seconds == 0:
        return settle(session, refund.id)
    due.schedule(session, kind=SETTLES, subject=refund.id, after_seconds=wait_seconds)
    return refund


def _keep_waiting(session: Session, refund: Refund, reason: PendingReason) -> Refund:
    if refund.pending_reason == reason:
        return refund
    waiting = save(session, refund, evolve(refund, pending_reason=reason))
    events.record(session, "refund.updated", describe(waiting))
    return waiting


def _give_up(session: Session, refund: Refund, failure_code: str) -> Refund:
    due.cancel(session, refund.id)
    failed = save(
        session,
        refund,
        evolve(refund, status="failed", pending_reason=None, failure_code=failure_code, failed_at_ms=session.now_ms),
    )
    events.record(session, "refund.failed", describe(failed))
    return failed
