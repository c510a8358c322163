"""A card dispute: what it is, which way its status may go, how it is found and told.

A warning is an inquiry of the buyer's bank: no money moves. From `needs_response` on the bank has the money.
"""

import json
import sqlite3
from collections.abc import Mapping
from typing import Final, Literal

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider import due, events
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing

DisputeStatus = Literal[
    "warning_needs_response",
    "warning_under_review",
    "warning_closed",
    "needs_response",
    "under_review",
    "won",
    "lost",
    "prevented",
]
Funds = Literal["untouched", "withdrawn", "reinstated"]

TRANSITIONS: Final[Mapping[DisputeStatus, frozenset[DisputeStatus]]] = {
    "warning_needs_response": frozenset({"warning_under_review", "warning_closed", "needs_response", "prevented"}),
    "warning_under_review": frozenset({"warning_closed", "needs_response", "prevented"}),
    "warning_closed": frozenset({"needs_response"}),
    "needs_response": frozenset({"under_review", "won", "lost", "prevented"}),
    "under_review": frozenset({"won", "lost", "prevented"}),
    "won": frozenset(),
    "lost": frozenset({"won"}),
    "prevented": frozenset(),
}
INQUIRIES: Final[frozenset[DisputeStatus]] = frozenset({"warning_needs_response", "warning_under_review"})
CLOSED: Final[frozenset[DisputeStatus]] = frozenset({"warning_closed", "won", "lost", "prevented"})

REASONS: Final[frozenset[str]] = frozenset(
    {
        "fraudulent",
        "product_not_received",
        "product_unacceptable",
        "credit_not_processed",
        "duplicate",
        "subscription_canceled",
        "unrecognized",
        "general",
    }
)


@frozen(kw_only=True)
class Dispute:
    """Hold one dispute as the books have it. Amounts in minor units, times in unix milliseconds."""

    id: str
    status: DisputeStatus
    payment: str
    amount_minor: int
    fee_minor: int
    fee_charged_minor: int
    currency: str
    reference: str
    reason: str
    item: str | None
    funds: Funds
    evidence: Mapping[str, str] | None
    evidence_hash: str | None
    evidence_submitted_at_ms: int | None
    evidence_due_at_ms: int
    created_at_ms: int
    updated_at_ms: int
    closed_at_ms: int | None


def insert(session: Session, dispute: Dispute) -> None:
    """Store a new dispute."""
    session.db.execute(
        "INSERT INTO disputes (id, status, payment, amount_minor, fee_minor, currency, reference, reason, item, funds,"
        " evidence_due_at_ms, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            dispute.id,
            dispute.status,
            dispute.payment,
            dispute.amount_minor,
            dispute.fee_minor,
            dispute.currency,
            dispute.reference,
            dispute.reason,
            dispute.item,
            dispute.funds,
            dispute.evidence_due_at_ms,
            dispute.created_at_ms,
            dispute.updated_at_ms,
        ),
    )


def save(session: Session, before: Dispute, after: Dispute) -> Dispute:
    """Store a changed dispute, unless its status may not go there or is no longer what it was."""
    if after.status != before.status and after.status not in TRANSITIONS[before.status]:
        raise RuntimeError(f"dispute {before.id} cannot go from {before.status} to {after.status}")
    after = evolve(after, updated_at_ms=session.now_ms)
    changed = session.db.execute(
        "UPDATE disputes SET status = ?, fee_charged_minor = ?, funds = ?, evidence = ?, evidence_hash = ?,"
        " evidence_submitted_at_ms = ?, evidence_due_at_ms = ?, updated_at_ms = ?, closed_at_ms = ?"
        " WHERE id = ? AND status = ?",
        (
            after.status,
            after.fee_charged_minor,
            after.funds,
            None if after.evidence is None else json.dumps(dict(after.evidence)),
            after.evidence_hash,
            after.evidence_submitted_at_ms,
            after.evidence_due_at_ms,
            after.updated_at_ms,
            after.closed_at_ms,
            before.id,
            before.status,
        ),
    ).rowcount
    if changed != 1:
        raise RuntimeError(f"dispute {before.id} was no longer {before.status}")
    return after


def find(session: Session, dispute_id: str) -> Dispute:
    """Return a dispute. Raises Refusal: dispute_not_found."""
    row = session.db.execute("SELECT * FROM disputes WHERE id = ?", (dispute_id,)).fetchone()
    if row is None:
        raise missing("dispute")
    return _dispute(row)


def close(session: Session, dispute: Dispute, status: DisputeStatus) -> Dispute:
    """End a dispute. Whatever was planned of it is forgotten."""
    due.cancel(session, dispute.id)
    closed = save(session, dispute, evolve(dispute, status=status, closed_at_ms=session.now_ms))
    events.record(session, "dispute.closed", describe(closed))
    return closed


def close_inquiries(session: Session, payment_id: str) -> None:
    """End the inquiries about a payment that was refunded in full: the bank has nothing more to ask."""
    rows = session.db.execute("SELECT * FROM disputes WHERE payment = ? ORDER BY seq", (payment_id,)).fetchall()
    for dispute in map(_dispute, rows):
        if dispute.status in INQUIRIES:
            close(session, dispute, "warning_closed")


def list_disputes(
    session: Session,
    *,
    reference: str | None,
    payment: str | None,
    created_from: int | None,
    open_only: bool,
    after: str | None,
    limit: int,
) -> Page:
    """Return disputes, oldest first, of one reference or payment, or from a time (unix seconds) on, where given.

    With ``open_only`` only those that are not closed.
    """
    filters: dict[str, str | int | None] = {
        "reference = ?": reference,
        "payment = ?": payment,
        "created_at_ms >= ?": None if created_from is None else created_from * 1_000,
    }
    conditions: dict[str, str | int | None] = {term: value for term, value in filters.items() if value is not None}
    if open_only:
        conditions["closed_at_ms IS NULL"] = None
    return page(
        session.db,
        source="disputes",
        conditions=conditions,
        after=after,
        limit=limit,
        describe=lambda row: describe(_dispute(row)),
    )


def describe(dispute: Dispute) -> dict[str, object]:
    """Return the dispute as the API and the events tell it."""
    return {
        "id": dispute.id,
        "object": "dispute",
        "status": dispute.status,
        "payment": dispute.payment,
        "amount_minor": dispute.amount_minor,
        "fee_minor": dispute.fee_charged_minor,
        "currency": dispute.currency,
        "reference": dispute.reference,
        "reason": dispute.reason,
        "item": dispute.item,
        "funds": dispute.funds,
        "evidence": None if dispute.evidence is None else dict(dispute.evidence),
        "evidence_hash": dispute.evidence_hash,
        "evidence_submitted_at": _seconds(dispute.evidence_submitted_at_ms),
        "evidence_due_at": _seconds(dispute.evidence_due_at_ms),
        "created_at": _seconds(dispute.created_at_ms),
        "updated_at": _seconds(dispute.updated_at_ms),
        "closed_at": _seconds(dispute.closed_at_ms),
    }


def _dispute(row: sqlite3.Row) -> Dispute:
    return Dispute(
        id=row["id"],
        status=row["status"],
        payment=row["payment"],
        amount_minor=row["amount_minor"],
        fee_minor=row["fee_minor"],
        fee_charged_minor=row["fee_charged_minor"],
        currency=row["currency"],
        reference=row["reference"],
        reason=row["reason"],
        item=row["item"],
        funds=row["funds"],
        evidence=None if row["evidence"] is None else json.loads(row["evidence"]),
        evidence_hash=row["evidence_hash"],
        evidence_submitted_at_ms=row["evidence_submitted_at_ms"],
        evidence_due_at_ms=row["evidence_due_at_ms"],
        created_at_ms=row["created_at_ms"],
        updated_at_ms=row["updated_at_ms"],
        closed_at_ms=row["closed_at_ms"],
    )


def _seconds(moment_ms: int | None) -> int | None:
    return None if moment_ms is None else moment_ms // 1_000
