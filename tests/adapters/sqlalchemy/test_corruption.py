"""Books that somebody with the file and a grudge has been at: the audit names every row of it, and nothing else."""

import asyncio
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from attrs import frozen

from marketplace_adapters.sqlalchemy.audit import SqlAudit
from marketplace_adapters.sqlalchemy.engine import open_database
from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.payments import (
    AuditBooks,
    DisputeState,
    ListDisputes,
    PayoutState,
    RefundWish,
    RequestRefund,
    ViewPayout,
)
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.payments import ADA, NOW, a_share, euros
from tests.adapters.sqlalchemy.test_payments_walk import a_desk
from tests.core.payments.till import OPERATOR, ORDER, Desk

TERMS: Final = Terms(bank_delay=timedelta(hours=1), holds_refunds=True)


@frozen
class Corruption:
    """What is done to the file, and what the audit says of it: which check, about which row."""

    statement: str
    check: str
    subject: str


_ESCROW: Final = "(SELECT id FROM ledger_accounts WHERE code = 'escrow:sor_late:EUR')"
_PSP: Final = "(SELECT id FROM ledger_accounts WHERE kind = 'psp')"

CORRUPTIONS: Final = {
    "a kept balance that is not the sum of its transfers": Corruption(
        "UPDATE ledger_accounts SET credits_minor = credits_minor + 100 WHERE code = 'escrow:sor_late:EUR'",
        "balance_drift",
        "escrow:sor_late:EUR",
    ),
    "currencies that do not sum to zero": Corruption(
        "UPDATE ledger_accounts SET credits_minor = credits_minor + 100 WHERE code = 'escrow:sor_late:EUR'",
        "sum_zero",
        "EUR",
    ),
    "an escrow below zero": Corruption(
        "UPDATE ledger_accounts SET debits_minor = credits_minor + 1 WHERE code = 'escrow:sor_late:EUR'",
        "overdrawn",
        "escrow:sor_late:EUR",
    ),
    "a journal that lost its legs": Corruption(
        "DELETE FROM ledger_transfers WHERE journal_id = (SELECT id FROM ledger_journals WHERE kind = 'payout_paid')",
        "empty_journal",
        "{payout}",
    ),
    "an escrow that is not what its hold says": Corruption(
        "UPDATE payments_holds SET held_items_minor = held_items_minor - 7 WHERE seller_order_id = 'sor_late'",
        "escrow_matches_hold",
        "escrow:sor_late:EUR",
    ),
    "an escrow that is not share less released, refunded and disputed": Corruption(
        "UPDATE payments_holds SET held_items_minor = held_items_minor - 7 WHERE seller_order_id = 'sor_late'",
        "share_is_whole",
        "sor_late",
    ),
    "a claim that vanished": Corruption(
        "UPDATE payments_entries SET claimed_by = NULL WHERE claimed_by = '{payout}'",
        "payable_is_unclaimed",
        "seller_payable:sel_ada:EUR",
    ),
    "an entry that two payouts pay": Corruption(
        "INSERT INTO payments_payouts SELECT 'pyt_twin', seller_id, provider, account, currency, amount_minor,"
        " 'ready', 1, assembled_at, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0 FROM payments_payouts"
        " WHERE payout_id = '{payout}';"
        "INSERT INTO payments_payout_items SELECT 'pyt_twin', entry_id, position, amount_minor"
        " FROM payments_payout_items WHERE payout_id = '{payout}'",
        "entry_is_claimed_once",
        "sor_ada:1",
    ),
    "a payout that is not the sum of its items": Corruption(
        "UPDATE payments_payouts SET amount_minor = amount_minor + 1 WHERE payout_id = '{payout}'",
        "payout_matches_items",
        "{payout}",
    ),
    "a payout that was paid without a journal": Corruption(
        "UPDATE payments_payouts SET state = 'in_transit', paid_at = NULL WHERE payout_id = '{payout}'",
        "clearing_matches_payout",
        "payout_clearing:{payout}:EUR",
    ),
    "a wallet that is not what was transferred": Corruption(
        "UPDATE payments_payouts SET state = 'in_transit', paid_at = NULL WHERE payout_id = '{payout}'",
        "wallet_matches_payouts",
        "wallet:sel_ada:EUR",
    ),
    "a captured payment without its journal": Corruption(
        "DELETE FROM ledger_transfers WHERE journal_id ="
        " (SELECT id FROM ledger_journals WHERE kind = 'payment_captured' AND source_id = '{payment}');"
        "DELETE FROM ledger_journals WHERE kind = 'payment_captured' AND source_id = '{payment}'",
        "capture_is_booked",
        "{payment}",
    ),
    "a fee without its journal": Corruption(
        "UPDATE payments_payments SET fee_minor = fee_minor + 1 WHERE payment_id = '{payment}'",
        "fee_is_booked",
        "{payment}",
    ),
    "a release that lost a leg of its journal": Corruption(
        "DELETE FROM ledger_transfers WHERE id = (SELECT max(t.id) FROM ledger_transfers AS t"
        " JOIN ledger_journals AS j ON j.id = t.journal_id WHERE j.source_id = 'sor_ada:1')",
        "release_is_booked",
        "sor_ada:1",
    ),
    "a release that its share does not know": Corruption(
        "UPDATE payments_releases SET released_minor = released_minor + 1, payable_minor = payable_minor + 1"
        " WHERE release_id = 'sor_ada:1'",
        "release_matches_share",
        "sor_ada",
    ),
    "an orphan journal": Corruption(
        "INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor)"
        " VALUES ('refund_succeeded', 'refund', 'rfd_ghost', 'main', '2026-01-01', 'me');"
        "INSERT INTO ledger_transfers (journal_id, debit_account_id, credit_account_id, currency, amount_minor)"
        f" VALUES ((SELECT max(id) FROM ledger_journals), {_ESCROW}, {_PSP}, 'EUR', 1)",
        "journal_has_source",
        "rfd_ghost",
    ),
    "a refund whose state the books do not know": Corruption(
        "UPDATE payments_refunds SET state = 'succeeded', ended_at = '2026-01-01' WHERE refund_id = '{refund}'",
        "refund_matches_books",
        "refund_payable:{refund}:EUR",
    ),
    "a refund that its share does not know": Corruption(
        "UPDATE payments_holds SET held_items_minor = held_items_minor + 100,"
        " refunded_held_items_minor = refunded_held_items_minor - 100 WHERE seller_order_id = 'sor_late'",
        "refund_matches_share",
        "sor_late",
    ),
    "a dispute that the books do not know": Corruption(
        "UPDATE payments_disputes SET amount_minor = amount_minor + 1 WHERE dispute_id = '{dispute}'",
        "dispute_matches_books",
        "dispute_receivable:{dispute}:EUR",
    ),
    "a dispute counter that is off": Corruption(
        "UPDATE payments_holds SET held_items_minor = held_items_minor + 1,"
        " disputed_held_items_minor = disputed_held_items_minor - 1 WHERE seller_order_id = 'sor_torn'",
        "dispute_matches_share",
        "sor_torn",
    ),
    "a hold that ended with money in it": Corruption(
        "UPDATE payments_holds SET state = 'refunded' WHERE seller_order_id = 'sor_late'",
        "ended_hold_is_empty",
        "sor_late",
    ),
    "suspense of an order that is over": Corruption(
        "INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule, materialised, credits_minor)"
        " VALUES ('suspense:{payment}:EUR', 'suspense', '{payment}', 'EUR', 'credit_nonneg', 1, 100)",
        "suspense_matches_payment",
        "suspense:{payment}:EUR",
    ),
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a file with a paid payout, a refund under way and a card dispute; and the names in it."""
    path = tmp_path_factory.mktemp("books") / "m.sqlite"

    async def happen() -> dict[str, str]:
        async with a_desk(path, TERMS) as desk:
            names = await live(desk)
            assert await desk.market.ask(AuditBooks(), by=OPERATOR) == ()
            return names

    return path, asyncio.run(happen())


async def live(desk: Desk) -> dict[str, str]:
    """Have something of everything happen; return what it is called."""
    await desk.accounts()
    payment = await desk.paid((a_share("sor_ada", ADA, 6_000), a_share("sor_late", ADA, 4_000)))
    await desk.deliver("sor_ada")
    await desk.settle()
    (payout,) = await desk.sweep()
    await desk.settle()
    await desk.pass_time(hours=2)
    assert (await desk.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state is PayoutState.PAID
    wish = RefundWish(seller_order_id=SellerOrderId("sor_late"), items_minor=1_500, delivery_minor=0)
    refund = await desk.market.execute(RequestRefund(order_id=ORDER, reason="Chipped.", wishes=(wish,)), by=OPERATOR)
    await desk.settle()
    torn = await desk.paid((a_share("sor_torn", ADA, 3_000),), OrderId("ord_2"))
    reference = next(one.reference for one in desk.provider.all_payments.values() if one.payment_id == torn)
    desk.network.open(reference, euros(1_000), state=DisputeState.NEEDS_RESPONSE)
    await desk.settle()
    (dispute,) = (await desk.market.ask(ListDisputes(), by=OPERATOR)).items
    return {"payment": payment, "payout": payout, "refund": refund.refund_id, "dispute": dispute.dispute_id}


@pytest.mark.parametrize("corruption", CORRUPTIONS.values(), ids=CORRUPTIONS)
async def test_the_audit_finds_and_names(
    corruption: Corruption, scene: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    intact, names = scene
    path = tmp_path / "m.sqlite"
    shutil.copy(intact, path)
    tamper(path, corruption.statement.format(**names))

    async with open_database(path, clock=FrozenClock(), ids=CountingIds()) as database:
        found = {(one.check, one.subject) for one in await SqlAudit(database).violations(NOW, limit=100)}
    assert (corruption.check, corruption.subject.format(**names)) in found


def tamper(path: Path, statements: str) -> None:
    """Change the file as somebody without manners would: nothing that guards it is asked."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements.split(";"):
        assert connection.execute(statement).rowcount > 0, statement
    connection.commit()
    connection.close()
