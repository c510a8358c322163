"""A seller's account: where money waits between the platform and the seller's bank, and what it may do."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from attrs import evolve, frozen

from marketplace_adapters.fakepay.provider import events
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page
from marketplace_adapters.fakepay.provider.refusals import missing, not_now

AccountStatus = Literal["pending", "enabled", "restricted", "rejected"]

TRANSITIONS: Final[Mapping[AccountStatus, frozenset[AccountStatus]]] = {
    "pending": frozenset({"enabled", "restricted", "rejected"}),
    "enabled": frozenset({"enabled", "restricted", "rejected"}),
    "restricted": frozenset({"enabled", "restricted", "rejected"}),
    "rejected": frozenset({"enabled", "restricted"}),
}

AT_ONBOARDING: Final = ("identity_document", "bank_account")
"""What an account owes before somebody has been through its onboarding page."""


@frozen(kw_only=True)
class Account:
    """Hold one account as the books have it."""

    id: str
    status: AccountStatus
    reference: str
    email: str | None
    country: str | None
    transfers_enabled: bool
    payouts_enabled: bool
    currently_due: tuple[str, ...]
    past_due: tuple[str, ...]
    disabled_reason: str | None
    created_at_ms: int


def create(session: Session, *, reference: str, email: str | None, country: str | None) -> Account:
    """Open an account; it may do everything at once, unless the terms ask for onboarding first."""
    waits = session.terms.onboarding_required
    account = Account(
        id=session.new_id("acct"),
        status="pending" if waits else "enabled",
        reference=reference,
        email=email,
        country=country,
        transfers_enabled=not waits,
        payouts_enabled=not waits,
        currently_due=AT_ONBOARDING if waits else (),
        past_due=(),
        disabled_reason="requirements.not_yet_submitted" if waits else None,
        created_at_ms=session.now_ms,
    )
    session.db.execute(
        "INSERT INTO accounts (id, status, reference, email, country, transfers_enabled, payouts_enabled,"
        " currently_due, disabled_reason, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            account.id,
            account.status,
            reference,
            email,
            country,
            account.transfers_enabled,
            account.payouts_enabled,
            json.dumps(account.currently_due),
            account.disabled_reason,
            account.created_at_ms,
        ),
    )
    events.record(session, "account.created", describe(account))
    return account


def enable(session: Session, account_id: str) -> Account:
    """Let an account do everything; it owes nothing. Raises Refusal: account_not_found."""
    return _change(
        session, account_id, "enabled", transfers=True, payouts=True, currently_due=(), past_due=(), reason=None
    )


def restrict(
    session: Session,
    account_id: str,
    *,
    transfers: bool,
    payouts: bool,
    currently_due: Sequence[str],
    past_due: Sequence[str],
    reason: str,
) -> Account:
    """Take from an account what it may not do until it has shown what is due. Raises Refusal: account_not_found."""
    return _change(
        session,
        account_id,
        "restricted",
        transfers=transfers,
        payouts=payouts,
        currently_due=tuple(currently_due),
        past_due=tuple(past_due),
        reason=reason,
    )


def reject(session: Session, account_id: str, *, reason: str) -> Account:
    """Refuse to serve an account any longer. Raises Refusal: account_not_found, illegal_transition."""
    return _change(
        session, account_id, "rejected", transfers=False, payouts=False, currently_due=(), past_due=(), reason=reason
    )


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
        "status": account.status,
        "reference": account.reference,
        "email": account.email,
        "country": account.country,
        "transfers_enabled": account.transfers_enabled,
        "payouts_enabled": account.payouts_enabled,
        "requirements": {
            "currently_due": list(account.currently_due),
            "past_due": list(account.past_due),
            "disabled_reason": account.disabled_reason,
        },
        "created_at": account.created_at_ms // 1_000,
    }


def _change(
    session: Session,
    account_id: str,
    status: AccountStatus,
    *,
    transfers: bool,
    payouts: bool,
    currently_due: tuple[str, ...],
    past_due: tuple[str, ...],
    reason: str | None,
) -> Account:
    before = find(session, account_id)
    if status not in TRANSITIONS[before.status]:
        raise not_now("illegal_transition", f"An account does not go from {before.status} to {status}.")
    after = evolve(
        before,
        status=status,
        transfers_enabled=transfers,
        payouts_enabled=payouts,
        currently_due=currently_due,
        past_due=past_due,
        disabled_reason=reason,
    )
    session.db.execute(
        "UPDATE accounts SET status = ?, transfers_enabled = ?, payouts_enabled = ?, currently_due = ?, past_due = ?,"
        " disabled_reason = ? WHERE id = ?",
        (status, transfers, payouts, json.dumps(currently_due), json.dumps(past_due), reason, account_id),
    )
    events.record(session, "account.updated", describe(after))
    return after


def _account(row: sqlite3.Row) -> Account:
    return Account(
        id=row["id"],
        status=row["status"],
        reference=row["reference"],
        email=row["email"],
        country=row["country"],
        transfers_enabled=bool(row["transfers_enabled"]),
        payouts_enabled=bool(row["payouts_enabled"]),
        currently_due=tuple(json.loads(row["currently_due"])),
        past_due=tuple(json.loads(row["past_due"])),
        disabled_reason=row["disabled_reason"],
        created_at_ms=row["created_at_ms"],
    )
