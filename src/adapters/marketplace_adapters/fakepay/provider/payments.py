"""A payment: what it is, which way its status may go, how it begins, is found and is cancelled."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Final, Literal, get_args

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider import events
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing, not_now

PaymentStatus = Literal["requires_method", "requires_action", "processing", "succeeded", "cancelled"]

TRANSITIONS: Final[Mapping[PaymentStatus, frozenset[PaymentStatus]]] = {
    "requires_method": frozenset({"requires_method", "requires_action", "processing", "succeeded", "cancelled"}),
    "requires_action": frozenset({"requires_method", "requires_action", "processing", "succeeded", "cancelled"}),
    "processing": frozenset({"succeeded"}),
    "succeeded": frozenset(),
    "cancelled": frozenset(),
}


@frozen(kw_only=True)
class Payment:
    """Hold one payment as the books have it. Amounts in minor units, times in unix milliseconds."""

    id: str
    status: PaymentStatus
    amount_minor: int
    captured_minor: int
    fee_minor: int
    currency: str
    reference: str
    transfer_group: str | None
    metadata: Mapping[str, str]
    client_secret: str
    attempts: int
    card_last4: str | None
    card_behaviour: str | None
    failure_code: str | None
    created_at_ms: int
    updated_at_ms: int
    succeeded_at_ms: int | None
    cancelled_at_ms: int | None
    refunded_minor: int = 0
    refund_pending_minor: int = 0
    disputed_minor: int = 0

    @property
    def unrefunded_minor(self) -> int:
        """Return what no refund, settled or on its way, has asked for; of a payment in processing, all it may bring."""
        whole = self.amount_minor if self.status == "processing" else self.captured_minor
        return whole - self.refunded_minor - self.refund_pending_minor

    @property
    def refundable_minor(self) -> int:
        """Return what may still be refunded: neither refunded nor taken back by a dispute."""
        return max(0, self.unrefunded_minor - self.disputed_minor)


def create(
    session: Session,
    *,
    amount_minor: int,
    currency: str,
    reference: str,
    transfer_group: str | None,
    metadata: Mapping[str, str],
) -> Payment:
    """Begin a payment that waits for the buyer's card."""
    payment_id = session.new_id("pay")
    payment = Payment(
        id=payment_id,
        status="requires_method",
        amount_minor=amount_minor,
        captured_minor=0,
        fee_minor=0,
        currency=currency,
        reference=reference,
        transfer_group=transfer_group,
        metadata=dict(metadata),
        client_secret=f"{payment_id}_secret_{session.new_token()}",
        attempts=0,
        card_last4=None,
        card_behaviour=None,
        failure_code=None,
        created_at_ms=session.now_ms,
        updated_at_ms=session.now_ms,
        succeeded_at_ms=None,
        cancelled_at_ms=None,
    )
    session.db.execute(
        "INSERT INTO payments (id, status, amount_minor, currency, reference, transfer_group, metadata, client_secret,"
        " created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            payment.id,
            payment.status,
            payment.amount_minor,
            payment.currency,
            payment.reference,
            payment.transfer_group,
            json.dumps(payment.metadata),
            payment.client_secret,
            payment.created_at_ms,
            payment.updated_at_ms,
        ),
    )
    events.record(session, "payment.created", describe(payment))
    return payment


def find(session: Session, payment_id: str) -> Payment:
    """Return a payment. Raises Refusal: payment_not_found."""
    row = session.db.execute("SELECT * FROM payments_told WHERE id = ?", (payment_id,)).fetchone()
    if row is None:
        raise missing("payment")
    return _payment(row)


def list_payments(
    session: Session, *, reference: str | None, transfer_group: str | None, after: str | None, limit: int
) -> Page:
    """Return payments, oldest first, of one reference or transfer group where given."""
    filters = {"reference = ?": reference, "transfer_group = ?": transfer_group}
    return page(
        session.db,
        source="payments_told",
        conditions={term: value for term, value in filters.items() if value is not None},
        after=after,
        limit=limit,
        describe=lambda row: describe_to_merchant(_payment(row)),
    )


def cancel(session: Session, payment_id: str) -> Payment:
    """Make a payment impossible; cancelling it again changes nothing.

    Raises Refusal: payment_not_found, payment_already_succeeded, payment_processing.
    """
    payment = find(session, payment_id)
    match payment.status:
        case "cancelled":
            return payment
        case "succeeded":
            raise not_now("payment_already_succeeded", "The payment has succeeded and cannot be cancelled.")
        case "processing":
            raise not_now("payment_processing", "The payment is being processed; its outcome is not known yet.")
        case "requires_method" | "requires_action":
            cancelled = save(session, payment, evolve(payment, status="cancelled", cancelled_at_ms=session.now_ms))
            events.record(session, "payment.cancelled", describe(cancelled))
            return cancelled


def save(session: Session, before: Payment, after: Payment) -> Payment:
    """Store a changed payment, unless its status may not go there or is no longer what it was."""
    if after.status not in TRANSITIONS[before.status]:
        raise RuntimeError(f"payment {before.id} cannot go from {before.status} to {after.status}")
    after = evolve(after, updated_at_ms=session.now_ms)
    changed = session.db.execute(
        "UPDATE payments SET status = ?, captured_minor = ?, fee_minor = ?, attempts = ?, card_last4 = ?,"
        " card_behaviour = ?, failure_code = ?, updated_at_ms = ?, succeeded_at_ms = ?, cancelled_at_ms = ?"
        " WHERE id = ? AND status = ?",
        (
            after.status,
            after.captured_minor,
            after.fee_minor,
            after.attempts,
            after.card_last4,
            after.card_behaviour,
            after.failure_code,
            after.updated_at_ms,
            after.succeeded_at_ms,
            after.cancelled_at_ms,
            before.id,
            before.status,
        ),
    ).rowcount
    if changed != 1:
        raise RuntimeError(f"payment {before.id} was no longer {before.status}")
    return after


def describe(payment: Payment) -> dict[str, object]:
    """Return the payment as events tell it: everything but the secret of the buyer's page."""
    return {
        **describe_to_buyer(payment),
        "captured_minor": payment.captured_minor,
        "fee_minor": payment.fee_minor,
        "refunded_minor": payment.refunded_minor,
        "refund_pending_minor": payment.refund_pending_minor,
        "disputed_minor": payment.disputed_minor,
        "reference": payment.reference,
        "transfer_group": payment.transfer_group,
        "metadata": dict(payment.metadata),
        "attempts": payment.attempts,
        "updated_at": payment.updated_at_ms // 1_000,
        "succeeded_at": _seconds(payment.succeeded_at_ms),
        "cancelled_at": _seconds(payment.cancelled_at_ms),
    }


def describe_to_merchant(payment: Payment) -> dict[str, object]:
    """Return the payment as whoever holds the API key sees it."""
    return {**describe(payment), "client_secret": payment.client_secret}


def describe_to_buyer(payment: Payment) -> dict[str, object]:
    """Return the payment as the buyer's browser sees it."""
    method = {"type": "card", "last4": payment.card_last4, "behaviour": payment.card_behaviour}
    return {
        "id": payment.id,
        "object": "payment",
        "status": payment.status,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "method": method if payment.card_last4 else None,
        "next_action": {"type": "authenticate"} if payment.status == "requires_action" else None,
        "failure_code": payment.failure_code,
        "created_at": payment.created_at_ms // 1_000,
    }


def _payment(row: sqlite3.Row) -> Payment:
    if row["status"] not in get_args(PaymentStatus):
        raise RuntimeError(f"payment {row['id']} has the unknown status {row['status']}")
    return Payment(
        id=row["id"],
        status=row["status"],
        amount_minor=row["amount_minor"],
        captured_minor=row["captured_minor"],
        fee_minor=row["fee_minor"],
        currency=row["currency"],
        reference=row["reference"],
        transfer_group=row["transfer_group"],
        metadata=json.loads(row["metadata"]),
        client_secret=row["client_secret"],
        attempts=row["attempts"],
        card_last4=row["card_last4"],
        card_behaviour=row["card_behaviour"],
        failure_code=row["failure_code"],
        created_at_ms=row["created_at_ms"],
        updated_at_ms=row["updated_at_ms"],
        succeeded_at_ms=row["succeeded_at_ms"],
        cancelled_at_ms=row["cancelled_at_ms"],
        refunded_minor=row["refunded_minor"],
        refund_pending_minor=row["refund_pending_minor"],
        disputed_minor=row["disputed_minor"],
    )


def _seconds(moment_ms: int | None) -> int | None:
    return None if moment_ms is None else moment_ms // 1_000
