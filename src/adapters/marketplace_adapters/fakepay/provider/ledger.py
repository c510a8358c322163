"""Whose money is here: balance transactions, never changed, and the balance of each owner, always their sum."""

import sqlite3
from typing import Final, Literal

from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import not_now

PLATFORM: Final = "platform"
"""The owner of what payments bring in; every other owner is the id of an account."""

BalanceTransactionType = Literal["charge", "fee", "transfer", "payout"]


def post(
    session: Session, *, owner: str, kind: BalanceTransactionType, currency: str, amount_minor: int, source: str
) -> None:
    """Add a signed amount to an owner's balance. Nothing happens for 0.

    A second posting of one kind for one source and owner breaks a constraint of the books: nothing is booked twice.
    """
    if amount_minor == 0:
        return
    session.db.execute(
        "INSERT INTO balance_transactions (id, owner, type, currency, amount_minor, source, created_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (session.new_id("txn"), owner, kind, currency, amount_minor, source, session.now_ms),
    )
    session.db.execute(
        "INSERT INTO balances (owner, currency, available_minor) VALUES (?, ?, ?)"
        " ON CONFLICT (owner, currency) DO UPDATE SET available_minor = available_minor + excluded.available_minor",
        (owner, currency, amount_minor),
    )


def available_minor(session: Session, *, owner: str, currency: str) -> int:
    """Return what an owner has, in minor units."""
    row = session.db.execute(
        "SELECT available_minor FROM balances WHERE owner = ? AND currency = ?", (owner, currency)
    ).fetchone()
    return 0 if row is None else int(row["available_minor"])


def require_available(session: Session, *, owner: str, currency: str, amount_minor: int) -> None:
    """Refuse (balance_insufficient) unless an owner has the amount; the write lock keeps others from spending it."""
    available = available_minor(session, owner=owner, currency=currency)
    if available < amount_minor:
        raise not_now("balance_insufficient", f"The balance of {available} minor units ({currency}) is not enough.")


def balances(session: Session, owner: str) -> list[dict[str, object]]:
    """Return an owner's balance in every currency it ever had."""
    rows = session.db.execute(
        "SELECT currency, available_minor FROM balances WHERE owner = ? ORDER BY currency", (owner,)
    ).fetchall()
    return [{"currency": row["currency"], "available_minor": row["available_minor"]} for row in rows]


def list_balance_transactions(session: Session, *, owner: str | None, after: str | None, limit: int) -> Page:
    """Return balance transactions, oldest first: of one owner, or of all."""
    return page(
        session.db,
        source="balance_transactions",
        conditions={} if owner is None else {"owner = ?": owner},
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
        "currency": row["currency"],
        "source": row["source"],
        "created_at": row["created_at_ms"] // 1_000,
    }
