"""A seller's account: where money waits between the platform and the seller's bank."""

import sqlite3

from attrs import frozen

from marketplace_adapters.fakepay.provider import events
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing


@frozen(kw_only=True)
class Account:
    """Hold one account as the books have it."""

    id: str
    reference: str
    email: str | None
    country: str | None
    payouts_enabled: bool
    created_at_ms: int


def create(session: Session, *, reference: str, email: str | None, country: str | None) -> Account:
    """Open an account that may be paid out."""
    account = Account(
        id=session.new_id("acct"),
        reference=reference,
        email=email,
        country=country,
        payouts_enabled=True,
        created_at_ms=session.now_ms,
    )
    session.db.execute(
        "INSERT INTO accounts (id, reference, email, country, payouts_enabled, created_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (account.id, reference, email, country, account.payouts_enabled, account.created_at_ms),
    )
    events.record(session, "account.created", describe(account))
    return account


def find(session: Session, account_id: str) -> Account:
    """Return an account. Raises Refusal: account_not_found."""
    row = session.db.execute("SELECT * FROM accounts WHERE id = ?", (account_id,)).fetchone()
    if row is None:
        raise missing("account")
    return _account(row)


def list_accounts(session: Session, *, reference: str | None, after: str | None, limit: int) -> Page:
    """Return accounts, oldest first, of one reference where given."""
    return page(
        session.db,
        source="accounts",
        conditions={} if reference is None else {"reference = ?": reference},
        after=after,
        limit=limit,
        describe=lambda row: describe(_account(row)),
    )


def describe(account: Account) -> dict[str, object]:
    """Return the account as the API and the events tell it."""
    return {
        "id": account.id,
        "object": "account",
        "reference": account.reference,
        "email": account.email,
        "country": account.country,
        "payouts_enabled": account.payouts_enabled,
        "created_at": account.created_at_ms // 1_000,
    }


def _account(row: sqlite3.Row) -> Account:
    return Account(
        id=row["id"],
        reference=row["reference"],
        email=row["email"],
        country=row["country"],
        payouts_enabled=bool(row["payouts_enabled"]),
        created_at_ms=row["created_at_ms"],
    )
