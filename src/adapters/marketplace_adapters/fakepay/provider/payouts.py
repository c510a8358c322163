"""A payout: money of an account goes to the bank, which takes a while, may refuse it, and may send it back later."""

import sqlite3
from collections.abc import Mapping
from typing import Final, Literal

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider import accounts, due, events, ledger
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing, not_now

ARRIVAL: Final = "payout.arrival"

PayoutStatus = Literal["in_transit", "paid", "failed"]

TRANSITIONS: Final[Mapping[PayoutStatus, frozenset[PayoutStatus]]] = {
    "in_transit": frozenset({"paid", "failed"}),
    "paid": frozenset({"failed"}),
    "failed": frozenset(),
}

FAILURE_CODES: Final[frozenset[str]] = frozenset(
    {
        "account_closed",
        "no_account",
        "invalid_account_number",
        "bank_account_restricted",
        "could_not_process",
    }
)


@frozen(kw_only=True)
class Payout:
    """Hold one payout as the books have it. The amount is in minor units, times are unix milliseconds."""

    id: str
    status: PayoutStatus
    account: str
    amount_minor: int
    currency: str
    reference: str
    failure_code: str | None
    arrival_at_ms: int
    created_at_ms: int
    paid_at_ms: int | None
    failed_at_ms: int | None


def create(session: Session, *, account: str, amount_minor: int, currency: str, reference: str) -> Payout:
    """Send money of an account to its bank.

    Raises Refusal: account_not_found, payouts_disabled, balance_insufficient.
    """
    origin = accounts.find(session, account)
    if not origin.payouts_enabled:
        raise not_now("payouts_disabled", "The account may not be paid out.")
    ledger.require_available(session, owner=origin.id, currency=currency, amount_minor=amount_minor)
    payout_id = session.new_id("po")
    payout = Payout(
        id=payout_id,
        status="in_transit",
        account=origin.id,
        amount_minor=amount_minor,
        currency=currency,
        reference=reference,
        failure_code=None,
        arrival_at_ms=due.schedule(
            session, kind=ARRIVAL, subject=payout_id, after_seconds=session.terms.bank_delay_seconds
        ),
        created_at_ms=session.now_ms,
        paid_at_ms=None,
        failed_at_ms=None,
    )
    session.db.execute(
        "INSERT INTO payouts (id, status, account, amount_minor, currency, reference, arrival_at_ms, created_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            payout.id,
            payout.status,
            payout.account,
            amount_minor,
            currency,
            reference,
            payout.arrival_at_ms,
            payout.created_at_ms,
        ),
    )
    _move(session, payout, "payout", ledger.available(origin.id), ledger.IN_TRANSIT)
    events.record(session, "payout.created", describe(payout))
    return payout


def arrive(session: Session, payout_id: str) -> Payout:
    """Record that the bank has the money. Raises Refusal: payout_not_found, payout_not_in_transit."""
    payout = find(session, payout_id)
    if payout.status != "in_transit":
        raise not_now("payout_not_in_transit", f"The payout is {payout.status}.")
    due.cancel(session, payout.id)
    paid = _save(session, payout, evolve(payout, status="paid", paid_at_ms=session.now_ms))
    _move(session, paid, "payout_arrival", ledger.IN_TRANSIT, ledger.BANKS)
    events.record(session, "payout.paid", describe(paid))
    return paid


def arrive_in_time(session: Session, payout_id: str) -> None:
    """Record that the bank has the money, when it should."""
    arrive(session, payout_id)


def fail(session: Session, payout_id: str, failure_code: str) -> Payout:
    """Let the bank refuse a payout that is on its way; the account has the money again.

    Raises Refusal: payout_not_found, payout_not_in_transit.
    """
    payout = find(session, payout_id)
    if payout.status != "in_transit":
        raise not_now("payout_not_in_transit", f"The payout is {payout.status}.")
    return _come_back(session, payout, failure_code, origin=ledger.IN_TRANSIT)


def send_back(session: Session, payout_id: str, failure_code: str) -> Payout:
    """Let the bank send back a payout that it had paid; the account has the money again.

    Raises Refusal: payout_not_found, payout_not_paid.
    """
    payout = find(session, payout_id)
    if payout.status != "paid":
        raise not_now("payout_not_paid", f"The payout is {payout.status}.")
    return _come_back(session, payout, failure_code, origin=ledger.BANKS)


def find(session: Session, payout_id: str) -> Payout:
    """Return a payout. Raises Refusal: payout_not_found."""
    row = session.db.execute("SELECT * FROM payouts WHERE id = ?", (payout_id,)).fetchone()
    if row is None:
        raise missing("payout")
    return _payout(row)


def list_payouts(session: Session, *, reference: str | None, after: str | None, limit: int) -> Page:
    """Return payouts, oldest first, of one reference where given."""
    return page(
        session.db,
        source="payouts",
        conditions={} if reference is None else {"reference = ?": reference},
        after=after,
        limit=limit,
        describe=lambda row: describe(_payout(row)),
    )


def describe(payout: Payout) -> dict[str, object]:
    """Return the payout as the API and the events tell it."""
    return {
        "id": payout.id,
        "object": "payout",
        "status": payout.status,
        "account": payout.account,
        "amount_minor": payout.amount_minor,
        "currency": payout.currency,
        "reference": payout.reference,
        "failure_code": payout.failure_code,
        "arrival_at": payout.arrival_at_ms // 1_000,
        "created_at": payout.created_at_ms // 1_000,
        "paid_at": None if payout.paid_at_ms is None else payout.paid_at_ms // 1_000,
        "failed_at": None if payout.failed_at_ms is None else payout.failed_at_ms // 1_000,
    }


def _come_back(session: Session, payout: Payout, failure_code: str, *, origin: str) -> Payout:
    due.cancel(session, payout.id)
    failed = _save(
        session,
        payout,
        evolve(payout, status="failed", failure_code=failure_code, failed_at_ms=session.now_ms),
    )
    _move(session, failed, "payout_failure", origin, ledger.available(failed.account))
    events.record(session, "payout.failed", describe(failed))
    return failed


def _save(session: Session, before: Payout, after: Payout) -> Payout:
    if after.status not in TRANSITIONS[before.status]:
        raise RuntimeError(f"payout {before.id} cannot go from {before.status} to {after.status}")
    changed = session.db.execute(
        "UPDATE payouts SET status = ?, failure_code = ?, paid_at_ms = ?, failed_at_ms = ? WHERE id = ? AND status = ?",
        (after.status, after.failure_code, after.paid_at_ms, after.failed_at_ms, before.id, before.status),
    ).rowcount
    if changed != 1:
        raise RuntimeError(f"payout {before.id} was no longer {before.status}")
    return after


def _move(session: Session, payout: Payout, kind: ledger.EntryKind, giver: str, taker: str) -> None:
    ledger.move(
        session,
        kind=kind,
        source=payout.id,
        giver=giver,
        taker=taker,
        currency=payout.currency,
        amount_minor=payout.amount_minor,
        reference=payout.reference,
    )


def _payout(row: sqlite3.Row) -> Payout:
    return Payout(
        id=row["id"],
        status=row["status"],
        account=row["account"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        reference=row["reference"],
        failure_code=row["failure_code"],
        arrival_at_ms=row["arrival_at_ms"],
        created_at_ms=row["created_at_ms"],
        paid_at_ms=row["paid_at_ms"],
        failed_at_ms=row["failed_at_ms"],
    )
