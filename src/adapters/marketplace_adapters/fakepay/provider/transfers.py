"""A transfer: money of the platform becomes money of an account, at once or not at all."""

import sqlite3
from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.provider import accounts, events, ledger, payments
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import invalid, missing, not_now

SUCCEEDED: Final = "succeeded"


@frozen(kw_only=True)
class Transfer:
    """Hold one transfer as the books have it. Amounts are in minor units."""

    id: str
    status: str
    account: str
    amount_minor: int
    reversed_minor: int
    currency: str
    reference: str
    transfer_group: str | None
    source_payment: str | None
    created_at_ms: int


def create(
    session: Session,
    *,
    account: str,
    amount_minor: int,
    currency: str,
    reference: str,
    transfer_group: str | None,
    source_payment: str | None,
) -> Transfer:
    """Move money from the platform to an account.

    With a source payment, all its transfers together never exceed what it took less what was refunded of it.
    Raises Refusal: account_not_found, transfers_disabled, payment_not_found, currency_mismatch,
    source_payment_exhausted, balance_insufficient.
    """
    destination = accounts.find(session, account)
    if not destination.transfers_enabled:
        raise not_now("transfers_disabled", "The account may not receive money.")
    if source_payment is not None:
        _require_left_of(session, source_payment, currency, amount_minor)
    ledger.require_available(session, owner=ledger.PLATFORM, currency=currency, amount_minor=amount_minor)
    transfer = Transfer(
        id=session.new_id("tr"),
        status=SUCCEEDED,
        account=destination.id,
        amount_minor=amount_minor,
        reversed_minor=0,
        currency=currency,
        reference=reference,
        transfer_group=transfer_group,
        source_payment=source_payment,
        created_at_ms=session.now_ms,
    )
    session.db.execute(
        "INSERT INTO transfers (id, status, account, amount_minor, currency, reference, transfer_group, source_payment,"
        " created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transfer.id,
            transfer.status,
            transfer.account,
            amount_minor,
            currency,
            reference,
            transfer_group,
            source_payment,
            transfer.created_at_ms,
        ),
    )
    ledger.move(
        session,
        kind="transfer",
        source=transfer.id,
        giver=ledger.available(ledger.PLATFORM),
        taker=ledger.available(destination.id),
        currency=currency,
        amount_minor=amount_minor,
        reference=reference,
    )
    events.record(session, "transfer.created", describe(transfer))
    return transfer


def find(session: Session, transfer_id: str) -> Transfer:
    """Return a transfer. Raises Refusal: transfer_not_found."""
    row = session.db.execute("SELECT * FROM transfers WHERE id = ?", (transfer_id,)).fetchone()
    if row is None:
        raise missing("transfer")
    return _transfer(row)


def list_transfers(
    session: Session,
    *,
    reference: str | None,
    transfer_group: str | None,
    source_payment: str | None,
    after: str | None,
    limit: int,
) -> Page:
    """Return transfers, oldest first, of one reference, transfer group or payment where given."""
    filters = {"reference = ?": reference, "transfer_group = ?": transfer_group, "source_payment = ?": source_payment}
    return page(
        session.db,
        source="transfers",
        conditions={term: value for term, value in filters.items() if value is not None},
        after=after,
        limit=limit,
        describe=lambda row: describe(_transfer(row)),
    )


def describe(transfer: Transfer) -> dict[str, object]:
    """Return the transfer as the API and the events tell it."""
    return {
        "id": transfer.id,
        "object": "transfer",
        "status": transfer.status,
        "account": transfer.account,
        "amount_minor": transfer.amount_minor,
        "reversed_minor": transfer.reversed_minor,
        "currency": transfer.currency,
        "reference": transfer.reference,
        "transfer_group": transfer.transfer_group,
        "source_payment": transfer.source_payment,
        "created_at": transfer.created_at_ms // 1_000,
    }


def _require_left_of(session: Session, payment_id: str, currency: str, amount_minor: int) -> None:
    payment = payments.find(session, payment_id)
    if payment.currency != currency:
        raise invalid("currency_mismatch", f"The payment was taken in {payment.currency}.")
    row = session.db.execute(
        "SELECT coalesce(sum(amount_minor - reversed_minor), 0) AS moved FROM transfers WHERE source_payment = ?",
        (payment_id,),
    ).fetchone()
    captured_minor = payment.captured_minor - payment.refunded_minor - payment.refund_pending_minor
    left_minor = max(0, captured_minor - row["moved"])
    if amount_minor > left_minor:
        raise not_now("source_payment_exhausted", f"Of the payment {left_minor} minor units are left to transfer.")


def _transfer(row: sqlite3.Row) -> Transfer:
    return Transfer(
        id=row["id"],
        status=row["status"],
        account=row["account"],
        amount_minor=row["amount_minor"],
        reversed_minor=row["reversed_minor"],
        currency=row["currency"],
        reference=row["reference"],
        transfer_group=row["transfer_group"],
        source_payment=row["source_payment"],
        created_at_ms=row["created_at_ms"],
    )
