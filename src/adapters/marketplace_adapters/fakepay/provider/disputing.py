"""How a dispute goes: opened by the buyer's bank, answered with evidence, decided; and the money with it.

Whether it is a warning or a dispute, it begins with `dispute.created`. The amount and the fee leave the platform's
balance when the dispute proper opens, whatever is in it, and the amount comes back when it is won.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Final

from attrs import evolve

from marketplace_adapters.fakepay.provider import due, events, ledger, payments, refunding
from marketplace_adapters.fakepay.provider.cards import DISPUTES, CardBehaviour
from marketplace_adapters.fakepay.provider.disputes import (
    CLOSED,
    INQUIRIES,
    TRANSITIONS,
    Dispute,
    DisputeStatus,
    close,
    describe,
    find,
    insert,
    save,
)
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.refusals import not_now

OPENS: Final = "dispute.opens"
DEADLINE: Final = "dispute.deadline"
IS_WON: Final = "dispute.is_won"
IS_LOST: Final = "dispute.is_lost"

WINNING: Final = "winning_evidence"
LOSING: Final = "losing_evidence"
DECISIVE_FIELD: Final = "uncategorized_text"


def open_dispute(
    session: Session,
    *,
    payment_id: str,
    amount_minor: int | None,
    reason: str,
    inquiry: bool,
    item: str | None = None,
) -> Dispute:
    """Open a dispute about a payment: of all it took unless an amount is given, which may be more (exchange rates).

    ``item`` is what the buyer complains about, by the name it has at the merchant.

    Raises Refusal: payment_not_found, payment_not_captured.
    """
    payment = payments.find(session, payment_id)
    if payment.status != "succeeded":
        raise not_now("payment_not_captured", "Nobody disputes a payment that took no money.")
    dispute_id = session.new_id("dp")
    dispute = Dispute(
        id=dispute_id,
        status="warning_needs_response" if inquiry else "needs_response",
        payment=payment.id,
        amount_minor=payment.captured_minor if amount_minor is None else amount_minor,
        fee_minor=session.terms.dispute_fee_minor,
        fee_charged_minor=0,
        currency=payment.currency,
        reference=payment.reference,
        reason=reason,
        item=item,
        funds="untouched",
        evidence=None,
        evidence_hash=None,
        evidence_submitted_at_ms=None,
        evidence_due_at_ms=_plan_deadline(session, dispute_id),
        created_at_ms=session.now_ms,
        updated_at_ms=session.now_ms,
        closed_at_ms=None,
    )
    insert(session, dispute)
    events.record(session, "dispute.created", describe(dispute))
    return dispute if inquiry else _withdraw(session, dispute, fee_minor=dispute.fee_minor)


def open_by_card(session: Session, payment_id: str) -> None:
    """Open the dispute that the card of a payment stands for."""
    behaviour = CardBehaviour(payments.find(session, payment_id).card_behaviour or "")
    reason, inquiry = DISPUTES[behaviour]
    open_dispute(session, payment_id=payment_id, amount_minor=None, reason=reason, inquiry=inquiry)


def submit_evidence(session: Session, dispute_id: str, evidence: Mapping[str, str]) -> Dispute:
    """Store the evidence and send it to the bank. `uncategorized_text` may decide: see WINNING and LOSING.

    Raises Refusal: dispute_not_found, dispute_not_open, evidence_already_submitted.
    """
    dispute = find(session, dispute_id)
    if dispute.status in CLOSED:
        raise not_now("dispute_not_open", f"The dispute is {dispute.status}.")
    if dispute.evidence is not None:
        raise not_now("evidence_already_submitted", "Evidence can be submitted once.")
    due.cancel(session, dispute.id)
    inquiry = dispute.status in INQUIRIES
    reviewed = save(
        session,
        dispute,
        evolve(
            dispute,
            status="warning_under_review" if inquiry else "under_review",
            evidence=evidence,
            evidence_hash=hash_of(evidence),
            evidence_submitted_at_ms=session.now_ms,
        ),
    )
    events.record(session, "dispute.updated", describe(reviewed))
    decision = {WINNING: IS_WON, LOSING: IS_LOST}.get(evidence.get(DECISIVE_FIELD, ""))
    if decision is not None:
        seconds = session.terms.dispute_decision_seconds
        due.schedule(session, kind=decision, subject=dispute.id, after_seconds=seconds)
    return reviewed


def hash_of(evidence: Mapping[str, str]) -> str:
    """Return the SHA-256, in hexadecimal, of the evidence as compact JSON in UTF-8 with its keys sorted."""
    canonical = json.dumps(dict(evidence), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def accept(session: Session, dispute_id: str) -> Dispute:
    """Give up a dispute: it is lost. Raises Refusal: dispute_not_found, dispute_not_open, dispute_is_inquiry."""
    dispute = find(session, dispute_id)
    if dispute.status in INQUIRIES:
        raise not_now("dispute_is_inquiry", "There is nothing to give up yet: refund the payment instead.")
    if dispute.status in CLOSED:
        raise not_now("dispute_not_open", f"The dispute is {dispute.status}.")
    return advance(session, dispute_id, "lost")


def advance(session: Session, dispute_id: str, status: DisputeStatus) -> Dispute:
    """Let the bank take its next step; the money follows. Raises Refusal: dispute_not_found, illegal_transition."""
    dispute = find(session, dispute_id)
    if status not in TRANSITIONS[dispute.status]:
        raise not_now("illegal_transition", f"A dispute does not go from {dispute.status} to {status}.")
    if status in CLOSED:
        return _decide(session, dispute, status)
    due.cancel(session, dispute.id)
    becomes_dispute = status == "needs_response"
    due_at_ms = _plan_deadline(session, dispute.id) if becomes_dispute else dispute.evidence_due_at_ms
    moved = evolve(dispute, status=status, evidence_due_at_ms=due_at_ms, closed_at_ms=None)
    if becomes_dispute:  # what answered the inquiry does not answer the dispute
        moved = evolve(moved, evidence=None, evidence_hash=None, evidence_submitted_at_ms=None)
    moved = save(session, dispute, moved)
    events.record(session, "dispute.updated", describe(moved))
    return _withdraw(session, moved, fee_minor=moved.fee_minor) if becomes_dispute else moved


def miss_deadline(session: Session, dispute_id: str) -> None:
    """Decide a dispute that nobody answered in time: lost, or, if it was an inquiry, closed."""
    dispute = find(session, dispute_id)
    _decide(session, dispute, "warning_closed" if dispute.status in INQUIRIES else "lost")


def win(session: Session, dispute_id: str) -> None:
    """Let the merchant win; an inquiry is closed."""
    dispute = find(session, dispute_id)
    _decide(session, dispute, "warning_closed" if dispute.status in INQUIRIES else "won")


def lose(session: Session, dispute_id: str) -> None:
    """Let the merchant lose; an inquiry becomes a dispute."""
    dispute = find(session, dispute_id)
    advance(session, dispute_id, "needs_response" if dispute.status in INQUIRIES else "lost")


def _decide(session: Session, dispute: Dispute, status: DisputeStatus) -> Dispute:
    decided = close(session, dispute, status)
    if status == "won":
        return _reinstate(session, decided)
    if status == "prevented" and decided.funds == "untouched":
        # The network refunded the buyer by itself, before it came to a dispute: no fee for that.
        return _withdraw(session, decided, fee_minor=0)
    return decided


def _withdraw(session: Session, dispute: Dispute, *, fee_minor: int) -> Dispute:
    refunding.fail_pending_of(session, dispute.payment, "charge_for_pending_refund_disputed")
    withdrawn = save(session, dispute, evolve(dispute, funds="withdrawn", fee_charged_minor=fee_minor))
    give = partial(_move, session, withdrawn, giver=ledger.available(ledger.PLATFORM))
    give(kind="dispute", taker=ledger.CARDS, amount_minor=withdrawn.amount_minor)
    give(kind="dispute_fee", taker=ledger.FEES, amount_minor=fee_minor)
    events.record(session, "dispute.funds_withdrawn", describe(withdrawn))
    return withdrawn


def _reinstate(session: Session, dispute: Dispute) -> Dispute:
    returned_minor = dispute.fee_charged_minor if session.terms.dispute_fee_returned else 0
    reinstated = save(
        session,
        dispute,
        evolve(dispute, funds="reinstated", fee_charged_minor=dispute.fee_charged_minor - returned_minor),
    )
    take = partial(_move, session, reinstated, taker=ledger.available(ledger.PLATFORM))
    take(kind="dispute_reversal", giver=ledger.CARDS, amount_minor=reinstated.amount_minor)
    take(kind="dispute_fee_reversal", giver=ledger.FEES, amount_minor=returned_minor)
    events.record(session, "dispute.funds_reinstated", describe(reinstated))
    return reinstated


def _move(
    session: Session, dispute: Dispute, *, kind: ledger.EntryKind, giver: str, taker: str, amount_minor: int
) -> None:
    ledger.move(
        session,
        kind=kind,
        source=dispute.id,
        giver=giver,
        taker=taker,
        currency=dispute.currency,
        amount_minor=amount_minor,
        reference=dispute.reference,
    )


def _plan_deadline(session: Session, dispute_id: str) -> int:
    return due.schedule(session, kind=DEADLINE, subject=dispute_id, after_seconds=session.terms.evidence_due_seconds)
