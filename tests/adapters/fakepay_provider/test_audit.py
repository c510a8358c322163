"""Books that were tampered with are found out: every check of the audit finds what it looks for."""

import sqlite3
from pathlib import Path

import pytest

from marketplace_adapters.fakepay.provider.audit import CHECKS
from tests.adapters.fakepay_provider.shop import REFUND_PENDING, Shop

TAMPERING = {
    "the sum of all accounts is zero": (
        "UPDATE ledger_balances SET amount_minor = amount_minor + 1 WHERE account = 'fees'"
    ),
    "every account is the sum of its entries": (
        "UPDATE ledger_balances SET amount_minor = amount_minor + iif(account = 'fees', 1, -1)"
        " WHERE account IN ('fees', 'banks')"
    ),
    "every balance is the sum of its balance transactions": (
        "DELETE FROM balance_transactions WHERE type = 'transfer' AND owner = 'platform'"
    ),
    "what is pending is what waits to become available": "DELETE FROM due_changes WHERE kind = 'funds.available'",
    "every balance transaction is one side of an entry": (
        "UPDATE balance_transactions SET type = 'top_up' WHERE type = 'fee'"
    ),
    "payments took what they say, and cost the fee they say": "UPDATE payments SET fee_minor = fee_minor + 1",
    "refunds paid when they succeeded, and got back what bounced": (
        "UPDATE refunds SET status = 'failed' WHERE status = 'succeeded'"
    ),
    "no payment gave back more than it took": ("UPDATE refunds SET amount_minor = 99999999 WHERE status = 'pending'"),
    "disputes withdrew and reinstated what they say": "UPDATE disputes SET fee_charged_minor = fee_charged_minor - 1",
    "a dispute has the money that its status says": "UPDATE disputes SET status = 'won'",
    "transfers moved, and reversals took back, what they say": (
        "UPDATE transfers SET reversed_minor = reversed_minor + 1"
    ),
    "payouts left, arrived and came back as they say": "UPDATE payouts SET status = 'failed'",
    "what is on its way to banks is the sum of payouts in transit": (
        "UPDATE payouts SET status = 'in_transit' WHERE status = 'paid'"
    ),
}


async def do_everything(shop: Shop) -> None:
    """Leave books in which every kind of thing occurs."""
    account = await shop.new_account()
    await shop.paid(50_000)
    payment = await shop.paid(10_000, card=REFUND_PENDING)
    await shop.refunded(await shop.paid(10_000), 1_000)
    await shop.disputed(await shop.paid(10_000))
    await shop.refunded(payment, 2_000)
    transfer = (await shop.transfer(account, 4_000)).json()
    await shop.reverse(transfer, 500)
    await shop.pay_out(account, 1_000)
    await shop.make("/test/settings", available_delay_seconds=60, bank_delay_seconds=60)
    await shop.paid(10_000)
    await shop.pay_out(account, 1_000)


def test_every_check_has_its_tampering() -> None:
    assert set(TAMPERING) == set(CHECKS)


@pytest.mark.parametrize("check", sorted(TAMPERING))
async def test_tampering_is_found_by_the_check_for_it(shop: Shop, books_path: Path, check: str) -> None:
    await do_everything(shop)
    await shop.assert_sound()
    with sqlite3.connect(books_path) as db:
        for trigger in ("balance_transactions_stay", "balance_transactions_remain"):
            db.execute(f"DROP TRIGGER {trigger}")
        assert db.execute(TAMPERING[check]).rowcount > 0
    db.close()

    audit = await shop.get("/v1/audit")

    assert audit["sound"] is False
    assert check in {finding["check"] for finding in audit["findings"]}
