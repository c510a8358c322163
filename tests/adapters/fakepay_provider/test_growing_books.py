"""Books of the first version are carried over: no money is lost, every balance stays, both sides are booked."""

import sqlite3
from pathlib import Path

from marketplace_adapters.fakepay.provider.books import Books
from marketplace_adapters.fakepay.provider.institution import open_provider
from marketplace_adapters.fakepay.provider.schema import MIGRATIONS
from tests.adapters.fakepay_provider.shop import API_KEY, SECRET, Clock, Shop, connect

OLD_ROWS = """
INSERT INTO payments (id, status, amount_minor, captured_minor, fee_minor, currency, reference, metadata,
    client_secret, card_last4, card_behaviour, created_at_ms, updated_at_ms, succeeded_at_ms)
VALUES ('fp_pay_1', 'succeeded', 10000, 10000, 165, 'EUR', 'pay_1', '{}', 's', '4242', 'succeeds', 1, 2, 2),
    ('fp_pay_2', 'requires_method', 500, 0, 0, 'EUR', 'pay_2', '{}', 's', NULL, NULL, 1, 2, NULL);
INSERT INTO accounts (id, reference, payouts_enabled, created_at_ms) VALUES ('fp_acct_1', 'sel_1', 1, 1);
INSERT INTO transfers (id, status, account, amount_minor, currency, reference, created_at_ms)
VALUES ('fp_tr_1', 'succeeded', 'fp_acct_1', 4000, 'EUR', 'pyt_1', 3);
INSERT INTO payouts (id, status, account, amount_minor, currency, reference, arrival_at_ms, created_at_ms, paid_at_ms)
VALUES ('fp_po_1', 'paid', 'fp_acct_1', 1000, 'EUR', 'pyt_1', 4, 4, 5),
    ('fp_po_2', 'in_transit', 'fp_acct_1', 500, 'EUR', 'pyt_2', 2000000000000, 6, NULL);
INSERT INTO balance_transactions (id, owner, type, currency, amount_minor, source, created_at_ms)
VALUES ('fp_txn_1', 'platform', 'charge', 'EUR', 10000, 'fp_pay_1', 2),
    ('fp_txn_2', 'platform', 'fee', 'EUR', -165, 'fp_pay_1', 2),
    ('fp_txn_3', 'platform', 'transfer', 'EUR', -4000, 'fp_tr_1', 3),
    ('fp_txn_4', 'fp_acct_1', 'transfer', 'EUR', 4000, 'fp_tr_1', 3),
    ('fp_txn_5', 'fp_acct_1', 'payout', 'EUR', -1000, 'fp_po_1', 4),
    ('fp_txn_6', 'fp_acct_1', 'payout', 'EUR', -500, 'fp_po_2', 6);
INSERT INTO balances (owner, currency, available_minor) VALUES ('platform', 'EUR', 5835), ('fp_acct_1', 'EUR', 2500);
INSERT INTO due_changes (kind, subject, due_at_ms) VALUES ('payout.arrival', 'fp_po_2', 2000000000000);
INSERT INTO events (id, type, body, created_at_ms) VALUES ('fp_evt_1', 'payment.created', '{}', 1);
INSERT INTO webhook_deliveries (event_seq, next_try_at_ms) VALUES (1, 1);
INSERT INTO idempotency_keys (key, fingerprint, status, body, created_at_ms) VALUES ('k', 'f', 201, '{}', 1);
"""


def books_of_the_first_version(path: Path) -> None:
    Books(path).close()
    path.unlink()
    with sqlite3.connect(path) as db:
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.executescript(OLD_ROWS)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {0x4650_4159}")
    db.close()


async def test_money_of_the_first_version_is_where_it_was_and_the_books_are_sound(
    books_path: Path, clock: Clock
) -> None:
    books_of_the_first_version(books_path)

    provider = open_provider(books_path, secrets=[SECRET], clock=clock, api_key=API_KEY)
    async with connect(provider) as server, connect(provider, api_key=None) as browser:
        shop = Shop(provider, server, browser)
        balances = [await shop.balance(), await shop.balance({"id": "fp_acct_1"})]
        transactions = await shop.transactions()
        payment = await shop.get("/v1/payments/fp_pay_1")
        account = await shop.get("/v1/accounts/fp_acct_1")
        arrived = await shop.get("/v1/payouts/fp_po_2")
        await shop.assert_sound()
        refund = await shop.refunded(payment, 5_000)
        reversal = await shop.reverse({"id": "fp_tr_1"}, 2_500)
        await shop.assert_sound()
    provider.close()

    assert balances == [5_835, 2_500]
    assert [(one["id"], one["type"], one["net_minor"], one["fee_minor"], one["reference"]) for one in transactions] == [
        ("fp_txn_1", "payment", 10_000, 0, "pay_1"),
        ("fp_txn_2", "fee", -165, 165, "pay_1"),
        ("fp_txn_3", "transfer", -4_000, 0, "pyt_1"),
        ("fp_txn_4", "transfer", 4_000, 0, "pyt_1"),
        ("fp_txn_5", "payout", -1_000, 0, "pyt_1"),
        ("fp_txn_6", "payout", -500, 0, "pyt_2"),
    ]
    assert (account["status"], account["payouts_enabled"], arrived["status"]) == ("enabled", True, "in_transit")
    assert (refund["status"], reversal.status_code) == ("succeeded", 201)


async def test_what_was_due_by_the_first_version_still_happens(books_path: Path, clock: Clock) -> None:
    books_of_the_first_version(books_path)
    clock.move(days=800)

    provider = open_provider(books_path, secrets=[SECRET], clock=clock, api_key=API_KEY)
    async with connect(provider) as server, connect(provider, api_key=None) as browser:
        shop = Shop(provider, server, browser)
        arrived = await shop.get("/v1/payouts/fp_po_2")
        await shop.assert_sound()
    provider.close()

    assert arrived["status"] == "paid"
