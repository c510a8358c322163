"""A refund: what it is, which way its status may go, how it is found and told."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Final, Literal

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing

RefundStatus = Literal["pending", "succeeded", "failed"]
PendingReason = Literal["processing", "insufficient_funds", "charge_pending"]

TRANSITIONS: Final[Mapping[RefundStatus, frozenset[RefundStatus]]] = {
    "pending": frozenset({"pending", "succeeded", "failed"}),
    "succeeded": frozenset({"failed"}),
    "failed": frozenset(),
}

FAILURE_CODES: Final[frozenset[str]] = frozenset(
    {
        "lost_or_stolen_card",
        "expired_or_canceled_card",
        "charge_for_pending_refund_disputed",
        "declined",
        "insufficient_funds",
        "unknown",
    }
)


@frozen(kw_only=True)
class Refund:
    """Hold one refund as the books have it. The amount is in minor units, times are unix milliseconds."""

    id: str
    status: RefundStatus
    payment: str
    amount_minor: int
    currency: str
    reference: str
    reason: str | None
    metadata: Mapping[str, str]
    pending_reason: PendingReason | None
    failure_code: str | None
    created_at_ms: int
    updated_at_ms: int
    succeeded_at_ms: int | None
    failed_at_ms: int | None


def insert(session: Session, refund: Refund) -> None:
    """Store a new refund."""
    session.db.execute(
        "INSERT INTO refunds (id, status, payment, amount_minor, currency, reference, reason, metadata, pending_reason,"
        " created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            refund.id,
            refund.status,
            refund.payment,
            refund.amount_minor,
            refund.currency,
            refund.reference,
            refund.reason,
            json.dumps(dict(refund.metadata)),
            refund.pending_reason,
            refund.created_at_ms,
            refund.updated_at_ms,
        ),
    )


def save(session: Session, before: Refund, after: Refund) -> Refund:
    """Store a changed refund, unless its status may not go there or is no longer what it was."""
    if after.status not in TRANSITIONS[before.status]:
        raise RuntimeError(f"refund {before.id} cannot go from {before.status} to {after.status}")
    after = evolve(after, updated_at_ms=session.now_ms)
    changed = session.db.execute(
        "UPDATE refunds SET status = ?, pending_reason = ?, failure_code = ?, updated_at_ms = ?, succeeded_at_ms = ?,"
        " failed_at_ms = ? WHERE id = ? AND status = ?",
        (
            after.status,
            after.pending_reason,
            after.failure_code,
            after.updated_at_ms,
            after.succeeded_at_ms,
            after.failed_at_ms,
            before.id,
            before.status,
        ),
    ).rowcount
    if changed != 1:
        raise RuntimeError(f"refund {before.id} was no longer {before.status}")
    return after


def find(session: Session, refund_id: str) -> Refund:
    """Return a refund. Raises Refusal: refund_not_found."""
    row = session.db.execute("SELECT * FROM refunds WHERE id = ?", (refund_id,)).fetchone()
    if row is None:
        raise missing("refund")
    return _refund(row)


def pending_of(session: Session, payment_id: str) -> list[Refund]:
    """Return the refunds of a payment that are on their way, oldest first."""
    rows = session.db.execute(
        "SELECT * FROM refunds WHERE payment = ? AND status = 'pending' ORDER BY seq", (payment_id,)
    )
    return [_refund(row) for row in rows]


def list_refunds(
    session: Session, *, reference: str | None, payment: str | None, status: str | None, after: str | None, limit: int
) -> Page:
    """Return refunds, oldest first, of one reference, payment or status where given."""
    filters = {"reference = ?": reference, "payment = ?": payment, "status = ?": status}
    return page(
        session.db,
        source="refunds",
        conditions={term: value for term, value in filters.items() if value is not None},
        after=after,
        limit=limit,
        describe=lambda row: describe(_refund(row)),
    )


def describe(refund: Refund) -> dict[str, object]:
    """Return the refund as the API and the events tell it."""
    return {
        "id": refund.id,
        "object": "refund",
        "status": refund.status,
        "payment": refund.payment,
        "amount_minor": refund.amount_minor,
        "currency": refund.currency,
        "reference": refund.reference,
        "reason": refund.reason,
        "metadata": dict(refund.metadata),
        "pending_reason": refund.pending_reason,
        "failure_code": refund.failure_code,
        "created_at": refund.created_at_ms // 1_000,
        "updated_at": refund.updated_at_ms // 1_000,
        "succeeded_at": None if refund.succeeded_at_ms is None else refund.succeeded_at_ms // 1_000,
        "failed_at": None if refund.failed_at_ms is None else refund.failed_at_ms // 1_000,
    }


def _refund(row: sqlite3.Row) -> Refund:
    return Refund(
        id=row["id"],
        status=row["status"],
        payment=row["payment"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        reference=row["reference"],
        reason=row["reason"],
        metadata=json.loads(row["metadata"]),
        pending_reason=row["pending_reason"],
        failure_code=row["failure_code"],
        created_at_ms=row["created_at_ms"],
        updated_at_ms=row["updated_at_ms"],
        succeeded_at_ms=row["succeeded_at_ms"],
        failed_at_ms=row["failed_at_ms"],
    )
