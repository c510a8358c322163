"""A transfer: money of the platform becomes money of an account, at once or not at all."""

import sqlite3
from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.provider import accounts, events, ledger
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing

SUCCEEDED: Final = "succeeded"


@frozen(kw_only=True)
class Transfer:
    """Hold one transfer as the books have it. The amount is in minor units."""

    id: str
    status: str
    account: str
    amount_minor: int
    currency: str
    reference: str
    transfer_group: str | None
    created_at_ms: int


def create(
    session: Session, *, account: str, amount_minor: int, currency: str, reference: str, transfer_group: str | None
) -> Transfer:
    """Move money from the platform to an account. Raises Refusal: account_not_found, balance_insufficient."""
    destination = accounts.find(session, account)
    ledger.require_available(session, owner=ledger.PLATFORM, currency=currency, amount_minor=amount_minor)
    transfer = Transfer(
        id=session.new_id("tr"),
        status=SUCCEEDED,
        account=destination.id,
        amount_minor=amount_minor,
        currency=currency,
        reference=reference,
        transfer_group=transfer_group,
        created_at_ms=session.now_ms,
    )
    session.db.execute(
        "INSERT INTO transfers (id, status, account, amount_minor, currency, reference, transfer_group, created_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transfer.id,
            transfer.status,
            transfer.account,
            amount_minor,
            currency,
            reference,
            transfer_group,
            transfer.created_at_ms,
        ),
    )
    for owner, moved_minor in ((ledger.PLATFORM, -amount_minor), (destination.id, amount_minor)):
        ledger.post(
            session, owner=owner, kind="transfer", currency=currency, amount_minor=moved_minor, source=transfer.id
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
    session: Session, *, reference: str | None, transfer_group: str | None, after: str | None, limit: int
) -> Page:
    """Return transfers, oldest first, of one reference or transfer group where given."""
    filters = {"reference = ?": reference, "transfer_group = ?": transfer_group}
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
        "currency": transfer.currency,
        "reference": transfer.reference,
        "transfer_group": transfer.transfer_group,
        "created_at": transfer.created_at_ms // 1_000,
    }


def _transfer(row: sqlite3.Row) -> Transfer:
    return Transfer(
        id=row["id"],
        status=row["status"],
        account=row["account"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        reference=row["reference"],
        transfer_group=row["transfer_group"],
        created_at_ms=row["created_at_ms"],
    )
