"""The books in SQLite pass the ledger's conformance classes, and refuse what the code could not."""

import asyncio
import random

import pytest
from attrs import evolve
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_adapters.sqlalchemy.tables import ledger as tables
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.payments import CHART, AccountClosed, AccountKind, BalanceRule, InsufficientFunds, JournalKind
from marketplace_core.testing.conformance.audit import AuditConformance
from marketplace_core.testing.conformance.brakes import BrakesConformance
from marketplace_core.testing.conformance.comparisons import ComparisonsConformance
from marketplace_core.testing.conformance.ledger import (
    ESCROW,
    FEES,
    PAYABLE,
    PSP,
    BooksReaderConformance,
    LedgerConformance,
    a_journal,
    balance,
    post,
)
from marketplace_core.testing.conformance.lookouts import LookoutsConformance
from marketplace_core.testing.payments import NOW, PaymentsGround
from tests.adapters.sqlalchemy.conftest import Outsider
from tests.adapters.sqlalchemy.test_payments import the_ground


@pytest.fixture
def ground(database: Database) -> PaymentsGround:
    return the_ground(database)


class _OverSql:
    @pytest.fixture
    def ground(self, database: Database) -> PaymentsGround:
        return the_ground(database)


class TestSqlLedger(_OverSql, LedgerConformance):
    pass


class TestSqlBooksReader(_OverSql, BooksReaderConformance):
    pass


class TestSqlComparisons(_OverSql, ComparisonsConformance):
    pass


class TestSqlLookouts(_OverSql, LookoutsConformance):
    pass


class TestSqlBrakes(_OverSql, BrakesConformance):
    pass


class TestSqlAudit(_OverSql, AuditConformance):
    pass


# The accounts are numbered 1 escrow EUR, 2 psp EUR, 3 escrow USD, 4 psp USD, 5 psp_fees EUR.
_INSERT = "INSERT INTO ledger_transfers (journal_id, debit_account_id, credit_account_id, currency, amount_minor) "

FORBIDDEN = {
    "take more out of an escrow than it holds": _INSERT + "VALUES (1, 1, 2, 'EUR', 6501)",
    "move between currencies": _INSERT + "VALUES (1, 1, 3, 'EUR', 1)",
    "move a negative amount": _INSERT + "VALUES (1, 1, 2, 'EUR', -1)",
    "move nothing": _INSERT + "VALUES (1, 1, 2, 'EUR', 0)",
    "move more than the limit": _INSERT + "VALUES (1, 1, 2, 'EUR', 1000000000001)",
    "move from an account to itself": _INSERT + "VALUES (1, 2, 2, 'EUR', 1)",
    "move without a journal": _INSERT + "VALUES (99, 1, 2, 'EUR', 1)",
    "move without an account": _INSERT + "VALUES (1, 1, 99, 'EUR', 1)",
    "post the same fact twice": "INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor)"
    " VALUES ('payment_captured', 'payment', 'pay_1', 'main', '2026-01-01', 'me')",
    "post a fact of no kind": "INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor)"
    " VALUES ('gift', 'payment', 'pay_1', 'main', '2026-01-01', 'me')",
    "change a transfer": "UPDATE ledger_transfers SET amount_minor = 1",
    "delete a transfer": "DELETE FROM ledger_transfers",
    "change a journal": "UPDATE ledger_journals SET actor = 'somebody else'",
    "delete a journal": "DELETE FROM ledger_journals",
    "edit a balance": "UPDATE ledger_accounts SET credits_minor = credits_minor + 1 WHERE id = 1",
    "edit a balance and name an old transfer": "UPDATE ledger_accounts"
    " SET credits_minor = credits_minor + 6500, last_transfer_id = 1 WHERE id = 1",
    "edit a balance and name a transfer of others": "UPDATE ledger_accounts"
    " SET credits_minor = credits_minor + 70, last_transfer_id = 2 WHERE id = 1",
    "name a later transfer of others": "UPDATE ledger_accounts SET last_transfer_id = 2 WHERE id = 1",
    "change an account's currency": "UPDATE ledger_accounts SET currency = 'USD' WHERE id = 1",
    "take the guard off an account": "UPDATE ledger_accounts SET balance_rule = 'free' WHERE id = 1",
    "delete an account": "DELETE FROM ledger_accounts WHERE id = 1",
    "open an account with money in it": "INSERT INTO ledger_accounts"
    " (code, kind, subject, currency, balance_rule, materialised, credits_minor)"
    " VALUES ('escrow:x:EUR', 'escrow', 'x', 'EUR', 'credit_nonneg', 1, 100)",
    "open a guarded account that keeps no balance": "INSERT INTO ledger_accounts"
    " (code, kind, subject, currency, balance_rule, materialised)"
    " VALUES ('escrow:x:EUR', 'escrow', 'x', 'EUR', 'credit_nonneg', 0)",
    "open an account of no kind": "INSERT INTO ledger_accounts"
    " (code, kind, subject, currency, balance_rule, materialised)"
    " VALUES ('mine:x:EUR', 'mine', 'x', 'EUR', 'free', 0)",
}
ONLY_A_FILE_COULD = {
    "move a fraction": _INSERT + "VALUES (1, 1, 2, 'EUR', 0.5)",
    "move a text": _INSERT + "VALUES (1, 1, 2, 'EUR', 'a lot')",
    "replace a transfer": "INSERT OR REPLACE INTO ledger_transfers VALUES (1, 1, 1, 2, 'EUR', 1)",
    "replace a transfer between accounts without a balance": "INSERT OR REPLACE INTO ledger_transfers"
    " VALUES (3, 3, 5, 2, 'EUR', 1)",
    "replace a journal": "INSERT OR REPLACE INTO ledger_journals VALUES"
    " (1, 'payment_captured', 'payment', 'pay_9', 'main', '2026-01-01', 'me', NULL)",
}
"""SQLite's REPLACE fires no trigger of a deletion, and its columns take values of any type unless they are told not to.
On PostgreSQL a column has one type, and whoever may not post takes no other way to the table."""


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
async def test_the_database_itself_refuses_to(statement: str, ground: PaymentsGround, outsider: Outsider) -> None:
    await refused(statement, ground, outsider)


@pytest.mark.parametrize("statement", ONLY_A_FILE_COULD.values(), ids=ONLY_A_FILE_COULD)
async def test_the_file_itself_refuses_to(statement: str, file: SqliteDatabase) -> None:
    await refused(statement, the_ground(file), Outsider(file, None))


async def refused(statement: str, ground: PaymentsGround, outsider: Outsider) -> None:
    """Try it on books that have something in them, and look that they are as they were."""
    database = outsider.database
    dollars, escrow = evolve(PSP, currency="USD"), evolve(ESCROW, subject="usd", currency="USD")
    await post(ground, a_journal((PSP, ESCROW, 6_500)))
    await post(ground, a_journal((dollars, escrow, 70), leg="usd"))
    await post(ground, a_journal((FEES, PSP, 5), kind=JournalKind.PROVIDER_FEE))

    with pytest.raises((IntegrityError, MarketplaceError)):
        await outsider.write(statement)

    assert await balance(ground, ESCROW) == 6_500
    assert await balance(ground, PSP) == 6_495
    assert await balance(ground, FEES) == 5
    assert await balance(ground, escrow) == 70
    assert await how_many(database, "ledger_transfers") == 3


async def how_many(database: Database, table: str) -> int:
    """Count the rows of a table."""
    row = await database.reader.row(text(f"SELECT count(*) FROM {table}"))
    assert row is not None
    return int(row[0])


async def test_a_journal_is_kept_even_when_nothing_refers_to_it(database: Database, outsider: Outsider) -> None:
    await outsider.write(
        "INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor)"
        " VALUES ('payment_captured', 'payment', 'pay_1', 'main', '2026-01-01', 'me')",
    )

    with pytest.raises(IntegrityError):
        await outsider.write("DELETE FROM ledger_journals")

    assert await how_many(database, "ledger_journals") == 1


async def test_a_closed_account_takes_nothing_more(ground: PaymentsGround, outsider: Outsider) -> None:
    await post(ground, a_journal((PSP, ESCROW, 100)))
    await outsider.write("UPDATE ledger_accounts SET closed_at = '2026-01-01' WHERE kind = 'escrow'")

    with pytest.raises(AccountClosed):
        await post(ground, a_journal((PSP, ESCROW, 1), leg="2"))

    assert await balance(ground, ESCROW) == 100


async def test_48_tasks_of_40_releases_never_take_more_than_there_is(
    ground: PaymentsGround, database: Database
) -> None:
    await post(ground, a_journal((PSP, ESCROW, 100_000)))
    chance = random.Random(5)
    amounts = [[chance.randint(1, 500) for _ in range(40)] for _ in range(48)]
    accepted: list[int] = []
    refused = 0

    async def release(worker: int) -> None:
        nonlocal refused
        for number, amount_minor in enumerate(amounts[worker]):
            try:
                await post(ground, a_journal((ESCROW, PAYABLE, amount_minor), source_id=f"{worker}.{number}"))
            except InsufficientFunds:
                refused += 1
            else:
                accepted.append(amount_minor)

    await asyncio.gather(*(release(worker) for worker in range(48)))

    drift = await database.reader.rows(text("SELECT * FROM audit_balance_drift UNION ALL SELECT * FROM audit_sum_zero"))
    assert len(accepted) + refused == 48 * 40
    assert refused > 0
    assert await balance(ground, ESCROW) == 100_000 - sum(accepted) >= 0
    assert await balance(ground, PAYABLE) == sum(accepted)
    assert list(drift) == []


async def test_a_journal_that_was_refused_and_forgiven_leaves_nothing_in_its_transaction(
    ground: PaymentsGround, database: Database
) -> None:
    await post(ground, a_journal((PSP, ESCROW, 100)))

    async with ground.begin() as work:
        with pytest.raises(InsufficientFunds):
            await work.ledger.post(a_journal((ESCROW, PAYABLE, 60), (ESCROW, PSP, 60), leg="2"), NOW)
        await work.ledger.post(a_journal((ESCROW, PAYABLE, 100), leg="2"), NOW)

    rows = await database.reader.rows(text("SELECT * FROM audit_empty_journal"))
    assert list(rows) == []
    assert await balance(ground, PAYABLE) == 100


async def test_posting_takes_a_bounded_number_of_statements(ground: PaymentsGround) -> None:
    await post(ground, a_journal((PSP, ESCROW, 100)))

    with counted() as count:
        await post(ground, a_journal(*((PSP, ESCROW, 1) for _ in range(20)), leg="2"))

    assert count.statements <= 5


def test_every_account_of_the_chart_can_be_opened() -> None:
    assert {kind.value for kind in AccountKind} == {
        word.strip("'")
        for constraint in tables.accounts.constraints
        if "kind_known" in str(constraint.name)
        for word in str(constraint.sqltext).partition("(")[2].rstrip(")").split(", ")  # type: ignore[attr-defined]
    }
    assert {heading.rule for heading in CHART.values()} == set(BalanceRule)
