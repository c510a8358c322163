"""What changed the balance of the platform or of a seller's account: one row per movement and owner.

`amount_minor` is the money itself, `fee_minor` what the provider kept, `net_minor` their difference: the change of the
balance. A fee is a row of its own (amount 0), so each row answers to one thing that happened. The sum of the nets of
an owner is its balance, pending and available together.
"""

import sqlite3

from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page


def list_balance_transactions(
    session: Session,
    *,
    owner: str | None,
    kind: str | None,
    source: str | None,
    reference: str | None,
    created_from: int | None,
    created_to: int | None,
    after: str | None,
    limit: int,
) -> Page:
    """Return balance transactions, oldest first. Times are unix seconds: from (included) to (excluded)."""
    filters: dict[str, str | int | None] = {
        "owner = ?": owner,
        "type = ?": kind,
        "source = ?": source,
        "reference = ?": reference,
        "created_at_ms >= ?": None if created_from is None else created_from * 1_000,
        "created_at_ms < ?": None if created_to is None else created_to * 1_000,
    }
    return page(
        session.db,
        source="balance_transactions",
        conditions={term: value for term, value in filters.items() if value is not None},
        after=after,
        limit=limit,
        describe=_describe,
    )


def _describe(row: sqlite3.Row) -> dict[str, object]:
    return {
        "id": row["id"],
        "object": "balance_transaction",
        "type": row["type"],
        "owner": row["owner"],
        "amount_minor": row["amount_minor"],
        "fee_minor": row["fee_minor"],
        "net_minor": row["net_minor"],
        "currency": row["currency"],
        "source": row["source"],
        "reference": row["reference"],
        "created_at": row["created_at_ms"] // 1_000,
        "available_at": row["available_at_ms"] // 1_000,
    }
