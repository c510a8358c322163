"""The provider's own double-entry books: every movement takes from one account what it gives to another.

Money of an owner is `<owner>:pending` or `<owner>:available`; the owners are the platform and the sellers' accounts.
The rest of the world is `cards` (what buyers paid and got back), `banks`, `in_transit` (on the way to a bank) and
`fees` (what the provider earned). The sum of all accounts is always zero; entries are never changed or removed.
"""

from typing import Final, Literal

from marketplace_adapters.fakepay.provider import due
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.refusals import not_now

PLATFORM: Final = "platform"
"""The owner of what payments bring in; every other owner is the id of an account."""

CARDS: Final = "cards"
BANKS: Final = "banks"
IN_TRANSIT: Final = "in_transit"
FEES: Final = "fees"
BECOMES_AVAILABLE: Final = "funds.available"

EntryKind = Literal[
    "payment", "fee", "refund", "refund_failure", "dispute", "dispute_fee", "dispute_reversal", "dispute_fee_reversal",
    "transfer", "transfer_reversal", "payout", "payout_arrival", "payout_failure", "top_up", "adjustment",
    "availability",
]  # fmt: skip
_OF_FEES: Final[frozenset[EntryKind]] = frozenset({"fee", "dispute_fee", "dispute_fee_reversal"})


def available(owner: str) -> str:
    """Name the account with what an owner can use."""
    return f"{owner}:available"


def pending(owner: str) -> str:
    """Name the account with what an owner will be able to use later."""
    return f"{owner}:pending"


def move(
    session: Session,
    *,
    kind: EntryKind,
    source: str,
    giver: str,
    taker: str,
    currency: str,
    amount_minor: int,
    reference: str | None = None,
) -> None:
    """Move an amount, and write a balance transaction for each owner whose balance it changes. Nothing happens for 0.

    A second movement of one kind for one source breaks a constraint of the books: nothing is booked twice.
    """
    if amount_minor == 0:
        return
    session.db.execute(
        "INSERT INTO ledger_entries (kind, source, giver, taker, currency, amount_minor, created_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, source, giver, taker, currency, amount_minor, session.now_ms),
    )
    for account, moved_minor in ((giver, -amount_minor), (taker, amount_minor)):
        session.db.execute(
            "INSERT INTO ledger_balances (account, currency, amount_minor) VALUES (?, ?, ?)"
            " ON CONFLICT (account, currency) DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor",
            (account, currency, moved_minor),
        )
        owner, _, part = account.partition(":")
        if part and kind != "availability":
            _write_transaction(session, owner, part, kind, source, currency, moved_minor, reference)


def become_available(session: Session, transaction_id: str) -> None:
    """Let what one balance transaction brought, or cost, count as available."""
    row = session.db.execute(
        "SELECT owner, currency, net_minor FROM balance_transactions WHERE id = ?", (transaction_id,)
    ).fetchone()
    ends = pending(row["owner"]), available(row["owner"])
    giver, taker = ends if row["net_minor"] > 0 else ends[::-1]
    move(
        session,
        kind="availability",
        source=transaction_id,
        giver=giver,
        taker=taker,
        currency=row["currency"],
        amount_minor=abs(row["net_minor"]),
    )


def incoming(session: Session, owner: str) -> str:
    """Name the account where captured money arrives by the present terms."""
    return pending(owner) if session.terms.available_delay_seconds else available(owner)


def amount_in(session: Session, account: str, currency: str) -> int:
    """Return what is in an account, in minor units."""
    row = session.db.execute(
        "SELECT amount_minor FROM ledger_balances WHERE account = ? AND currency = ?", (account, currency)
    ).fetchone()
    return 0 if row is None else int(row["amount_minor"])


def require_available(session: Session, *, owner: str, currency: str, amount_minor: int) -> None:
    """Refuse (balance_insufficient) unless an owner has the amount; the write lock keeps others from spending it."""
    there = amount_in(session, available(owner), currency)
    if there < amount_minor:
        raise not_now("balance_insufficient", f"The balance of {there} minor units ({currency}) is not enough.")


def balances(session: Session, owner: str) -> list[dict[str, object]]:
    """Return an owner's balance in every currency it ever had."""
    rows = session.db.execute(
        "SELECT currency, sum(amount_minor) FILTER (WHERE account = :available) AS available_minor,"
        " sum(amount_minor) FILTER (WHERE account = :pending) AS pending_minor"
        " FROM ledger_balances WHERE account IN (:available, :pending) GROUP BY currency ORDER BY currency",
        {"available": available(owner), "pending": pending(owner)},
    ).fetchall()
    return [
        {
            "currency": row["currency"],
            "available_minor": row["available_minor"] or 0,
            "pending_minor": row["pending_minor"] or 0,
        }
        for row in rows
    ]


def _write_transaction(
    session: Session,
    owner: str,
    part: str,
    kind: EntryKind,
    source: str,
    currency: str,
    moved_minor: int,
    reference: str | None,
) -> None:
    transaction_id, available_at_ms = session.new_id("txn"), session.now_ms
    if part == "pending":
        available_at_ms = due.schedule(
            session,
            kind=BECOMES_AVAILABLE,
            subject=transaction_id,
            after_seconds=session.terms.available_delay_seconds,
        )
    amount_minor, fee_minor = (0, -moved_minor) if kind in _OF_FEES else (moved_minor, 0)
    session.db.execute(
        "INSERT INTO balance_transactions (id, owner, type, currency, amount_minor, fee_minor, net_minor, source,"
        " reference, created_at_ms, available_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transaction_id,
            owner,
            kind,
            currency,
            amount_minor,
            fee_minor,
            moved_minor,
            source,
            reference,
            session.now_ms,
            available_at_ms,
        ),
    )
