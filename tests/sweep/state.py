"""What a data folder says when all is over, without its identifiers and times: two runs that end alike say the same."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.coherence import THEIRS, findings
from tests.databases import books_of

State = Mapping[str, tuple[Any, ...]]

WAITING: Final[Mapping[str, str]] = {
    "events": "SELECT count(*) FROM outbox WHERE reacted_at IS NULL",
    "messages": "SELECT count(*) FROM provider_messages WHERE processed_at IS NULL",
    "mails": "SELECT count(*) FROM notifications_mails WHERE state <> 'sent'",
    "failed deadlines": "SELECT count(*) FROM deadlines WHERE attempts > 0",
    "webhooks": "SELECT count(*) FROM theirs.webhook_deliveries WHERE delivered_at_ms IS NULL",
}
"""What there must be none of when the workers rest."""

SAYS: Final[Mapping[str, str]] = {
    "orders": "SELECT state, total_minor FROM orders_orders",
    "parts": "SELECT state, items_minor, delivery_minor, json_array_length(parcels), json_array_length(called_off)"
    " FROM orders_seller_orders",
    "vouchers": "SELECT code, used FROM orders_vouchers",
    "redemptions": "SELECT number, returned_at IS NULL FROM orders_voucher_redemptions",
    "carts": "SELECT state, json_array_length(lines) FROM cart_carts",
    "stock": "SELECT on_hand, held, sold FROM catalog_stock",
    "reservations": "SELECT state, quantity FROM catalog_reservations",
    "movements": "SELECT kind, quantity FROM catalog_movements",
    "payments": "SELECT state, amount_minor, captured_minor, fee_minor FROM payments_payments",
    "holds": "SELECT state, held_items_minor, released_items_minor, refunded_held_items_minor FROM payments_holds",
    "refunds": "SELECT state, amount_minor, requested_by, attempt FROM payments_refunds",
    "claims": "SELECT state, granted_items_minor, granted_delivery_minor FROM payments_claims",
    "claims' words": "SELECT who, text FROM payments_claim_messages",
    "settlements": "SELECT state, means, amount_minor FROM payments_debt_settlements",
    "standings": "SELECT suspended, stopped, debt_since IS NULL FROM payments_seller_standings",
    "disputes": "SELECT state, amount_minor FROM payments_disputes",
    "payouts": "SELECT state, amount_minor, attempt FROM payments_payouts",
    "journals": "SELECT kind, sum(amount_minor) FROM ledger_journals j JOIN ledger_transfers t ON t.journal_id = j.id"
    " GROUP BY j.id",
    "accounts": "SELECT kind, debits_minor, credits_minor FROM ledger_sums",
    "mails": "SELECT template, address, state FROM notifications_mails",
    "keys": "SELECT operation, state FROM idempotency_keys",
    "quarantined": "SELECT topic FROM outbox WHERE quarantined = 1",
    "shown": "SELECT in_stock FROM search_documents",
    "their payments": "SELECT status, captured_minor FROM theirs.payments",
    "their refunds": "SELECT status, amount_minor FROM theirs.refunds",
    "their disputes": "SELECT status, amount_minor FROM theirs.disputes",
    "their transfers": "SELECT status, amount_minor, reversed_minor FROM theirs.transfers",
    "their payouts": "SELECT status, amount_minor FROM theirs.payouts",
    "their accounts": "SELECT status FROM theirs.accounts",
    "their books": "SELECT kind, amount_minor FROM theirs.ledger_entries",
}


def _asked(data: Path, questions: Mapping[str, str]) -> State:
    with books_of(data) as books:
        books.execute("ATTACH ? AS theirs", (str(data / THEIRS),))
        return {
            name: tuple(sorted(books.execute(question).fetchall(), key=repr)) for name, question in questions.items()
        }


def waiting(data: Path) -> dict[str, int]:
    """Return what still waits to be done now or after a pause, by name and number."""
    return {name: number for name, ((number,),) in _asked(data, WAITING).items() if number}


def state(data: Path) -> State:
    """Return what the two books, the shelves and the mails say."""
    return _asked(data, SAYS)


def violations(data: Path, expected: State | None = None) -> list[str]:
    """Return what is wrong with a folder whose workers rest: incoherent, unfinished, or not as expected."""
    found = findings(data) + [f"{number} {name} wait" for name, number in waiting(data).items()]
    if expected is not None:
        said = state(data)
        found += [
            f"{name}: {said[name]}, expected {expected[name]}" for name in expected if said[name] != expected[name]
        ]
    return found
