"""A reversal: money of a transfer comes back from the account to the platform, as far as the account still has it."""

import json
import sqlite3
from collections.abc import Mapping

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider import events, ledger, transfers
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing, not_now


@frozen(kw_only=True)
class Reversal:
    """Hold one reversal as the books have it. The amount is in minor units."""

    id: str
    transfer: str
    account: str
    amount_minor: int
    currency: str
    reference: str
    metadata: Mapping[str, str]
    created_at_ms: int


def create(
    session: Session, *, transfer_id: str, amount_minor: int | None, reference: str, metadata: Mapping[str, str]
) -> Reversal:
    """Take back all that is left of a transfer, or an amount of it.

    Raises Refusal: transfer_not_found, reversal_exceeds_transfer, balance_insufficient.
    """
    transfer = transfers.find(session, transfer_id)
    left_minor = transfer.amount_minor - transfer.reversed_minor
    wanted_minor = left_minor if amount_minor is None else amount_minor
    if not 0 < wanted_minor <= left_minor:
        raise not_now("reversal_exceeds_transfer", f"Of the transfer {left_minor} minor units are left to reverse.")
    ledger.require_available(session, owner=transfer.account, currency=transfer.currency, amount_minor=wanted_minor)
    reversal = Reversal(
        id=session.new_id("trr"),
        transfer=transfer.id,
        account=transfer.account,
        amount_minor=wanted_minor,
        currency=transfer.currency,
        reference=reference,
        metadata=metadata,
        created_at_ms=session.now_ms,
    )
    session.db.execute(
        "INSERT INTO transfer_reversals (id, transfer, account, amount_minor, currency, reference, metadata,"
        " created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            reversal.id,
            reversal.transfer,
            reversal.account,
            reversal.amount_minor,
            reversal.currency,
            reversal.reference,
            json.dumps(dict(metadata)),
            reversal.created_at_ms,
        ),
    )
    session.db.execute(
        "UPDATE transfers SET reversed_minor = reversed_minor + ? WHERE id = ?", (wanted_minor, transfer.id)
    )
    ledger.move(
        session,
        kind="transfer_reversal",
        source=reversal.id,
        giver=ledger.available(transfer.account),
        taker=ledger.available(ledger.PLATFORM),
        currency=transfer.currency,
        amount_minor=wanted_minor,
        reference=reference,
    )
    reversed_ = evolve(transfer, reversed_minor=transfer.reversed_minor + wanted_minor)
    events.record(session, "transfer.reversed", transfers.describe(reversed_))
    return reversal


def find(session: Session, reversal_id: str) -> Reversal:
    """Return a reversal. Raises Refusal: transfer_reversal_not_found."""
    row = session.db.execute("SELECT * FROM transfer_reversals WHERE id = ?", (reversal_id,)).fetchone()
    if row is None:
        raise missing("transfer_reversal")
    return _reversal(row)


def list_reversals(
    session: Session, *, reference: str | None, transfer: str | None, after: str | None, limit: int
) -> Page:
    """Return reversals, oldest first, of one reference or transfer where given."""
    filters = {"reference = ?": reference, "transfer = ?": transfer}
    return page(
        session.db,
        source="transfer_reversals",
        conditions={term: value for term, value in filters.items() if value is not None},
        after=after,
        limit=limit,
        describe=lambda row: describe(_reversal(row)),
    )


def describe(reversal: Reversal) -> dict[str, object]:
    """Return the reversal as the API tells it."""
    return {
        "id": reversal.id,
        "object": "transfer_reversal",
        "transfer": reversal.transfer,
        "account": reversal.account,
        "amount_minor": reversal.amount_minor,
        "currency": reversal.currency,
        "reference": reversal.reference,
        "metadata": dict(reversal.metadata),
        "created_at": reversal.created_at_ms // 1_000,
    }


def _reversal(row: sqlite3.Row) -> Reversal:
    return Reversal(
        id=row["id"],
        transfer=row["transfer"],
        account=row["account"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        reference=row["reference"],
        metadata=json.loads(row["metadata"]),
        created_at_ms=row["created_at_ms"],
    )
