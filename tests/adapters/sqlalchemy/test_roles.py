"""The application's own role cannot cheat: not in the books, not in what was told, not in the schema."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from marketplace_adapters.sqlalchemy.roles import rights
from marketplace_adapters.sqlalchemy.tables import EXTRA_DDL, metadata
from marketplace_adapters.sqlalchemy.tables.postgresql import refusal_in
from marketplace_core.payments import CHART, AccountKind, BalanceRule
from marketplace_core.testing.conformance.ledger import ESCROW, PSP, a_journal, post
from tests.adapters.sqlalchemy.test_payments import the_ground
from tests.databases import OWNER, PostgresPlace, on_postgres

ADAS = f"'{ESCROW.subject}'"
NOT_ALLOWED = "InsufficientPrivilegeError"
POST = (
    "SELECT ledger_post('{kind}', 'payment', '{source}', 'main', now(), 'me', NULL, ARRAY[{debits}], ARRAY[{debited}],"
    " ARRAY[{credits}], ARRAY[{credited}], ARRAY['EUR'], ARRAY[{amount}]::bigint[])"
)


def posting(**changes: str) -> str:
    """Return a posting of 1 cent from the provider into Ada's escrow, changed."""
    usual = {
        "kind": "payment_captured",
        "source": "pay_9",
        "debits": "'psp'",
        "debited": "'fakepay'",
        "credits": "'escrow'",
        "credited": ADAS,
        "amount": "1",
    }
    return POST.format(**usual | changes)


CHEATS = {
    "write a transfer past the function": "INSERT INTO ledger_transfers (journal_id, debit_account_id,"
    " credit_account_id, currency, amount_minor) VALUES (1, 2, 1, 'EUR', 1)",
    "write a journal past the function": "INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at,"
    " actor) VALUES ('goodwill', 'payment', 'pay_9', 'main', now(), 'me')",
    "open an account past the function": "INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule,"
    " materialised) VALUES ('escrow:x:EUR', 'escrow', 'x', 'EUR', 'credit_nonneg', 1)",
    "change a balance": "UPDATE ledger_accounts SET credits_minor = credits_minor + 1",
    "close an account": "UPDATE ledger_accounts SET closed_at = now()",
    "change a transfer": "UPDATE ledger_transfers SET amount_minor = 1",
    "delete a transfer": "DELETE FROM ledger_transfers",
    "empty the books": "TRUNCATE ledger_transfers",
    "delete a journal": "DELETE FROM ledger_journals",
    "delete an account": "DELETE FROM ledger_accounts",
    "change what an event says": "UPDATE outbox SET payload = '{}'",
    "say an event was somebody else's doing": "UPDATE outbox SET actor = 'you'",
    "take an event back": "DELETE FROM outbox",
    "forget what was done": "DELETE FROM acts",
    "say it was done for another reason": "UPDATE acts SET reason = 'a good one'",
    "forget a movement of stock": "DELETE FROM catalog_movements",
    "change what became payable": "UPDATE payments_entries SET amount_minor = 9",
    "forget what became payable": "DELETE FROM payments_entries",
    "change the terms of trade": "UPDATE policies SET document = '{}'",
    "switch a trigger off": "ALTER TABLE ledger_transfers DISABLE TRIGGER ALL",
    "be a replica, whose triggers are off": "SET session_replication_role = replica",
    "drop a table": "DROP TABLE acts",
    "make a table": "CREATE TABLE mine (a int)",
    "put a function in the place of the books'": "CREATE OR REPLACE FUNCTION public.ledger_post() RETURNS int"
    " LANGUAGE sql AS 'SELECT 1'",
    "take the owner's place": f"SET ROLE {OWNER}",
    "say the schema is newer": "UPDATE alembic_version SET version_num = 'r9999'",
}
REFUSED = {
    "take out of an escrow more than it holds": (
        posting(
            kind="escrow_released",
            debits="'escrow'",
            debited=ADAS,
            credits="'psp'",
            credited="'fakepay'",
            amount="6501",
        ),
        "balance_never_negative",
    ),
    "post the same fact twice": (posting(source="pay_1"), "uq_ledger_journals"),
    "post nothing": (posting(amount=""), "a journal moves something"),
    "post a negative amount": (posting(amount="-1"), "amount_in_bounds"),
    "post a fact of no kind": (posting(kind="gift"), "kind_known"),
    "post to an account that the chart does not have": (posting(credits="'mine'"), "null value"),
    "post from an account to itself": (posting(credits="'psp'", credited="'fakepay'"), "two_accounts"),
    "post a transfer without a credit": (posting(credits="NULL", credited="NULL"), "null value"),
}


@pytest.fixture
async def app(postgres_place: PostgresPlace) -> AsyncIterator[asyncpg.Connection]:
    """The application's own connection, to books that hold 65.00 in Ada's escrow."""
    async with on_postgres(postgres_place) as database:
        await post(the_ground(database), a_journal((PSP, ESCROW, 6_500)))
    connection = await asyncpg.connect(postgres_place.app.replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.mark.parametrize("statement", CHEATS.values(), ids=CHEATS)
async def test_the_application_may_not(app: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.PostgresError) as refusal:
        await app.execute(statement)

    assert type(refusal.value).__name__ == NOT_ALLOWED


@pytest.mark.parametrize(("statement", "said"), REFUSED.values(), ids=REFUSED)
async def test_the_function_that_posts_refuses_to(app: asyncpg.Connection, statement: str, said: str) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=said):
        await app.execute(statement)

    assert await app.fetchval("SELECT count(*) FROM ledger_transfers") == 1
    assert await app.fetchval("SELECT count(*) FROM audit_balance_drift") == 0


async def test_what_fits_is_posted(app: asyncpg.Connection) -> None:
    await app.execute(posting())

    assert await app.fetchval("SELECT credits_minor FROM ledger_accounts WHERE kind = 'escrow'") == 6_501


async def test_an_account_is_what_the_chart_says_whoever_opens_it(app: asyncpg.Connection) -> None:
    for number, kind in enumerate(AccountKind):
        if CHART[kind].rule is not BalanceRule.DEBIT_NONNEG:
            await app.execute(posting(source=f"pay_{number}_of_many", credits=f"'{kind.value}'", credited="'x'"))

    for row in await app.fetch("SELECT kind, balance_rule, materialised FROM ledger_accounts"):
        heading = CHART[AccountKind(row["kind"])]
        assert (row["balance_rule"], bool(row["materialised"])) == (heading.rule.value, heading.materialised)


async def test_a_table_of_somebody_elses_does_not_come_between_the_function_and_the_books(
    app: asyncpg.Connection,
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute("CREATE SCHEMA mine")
    await app.execute("SET search_path = pg_temp, public")
    await app.execute("CREATE TEMPORARY TABLE ledger_accounts (LIKE public.ledger_accounts)")

    await app.execute(posting())

    assert await app.fetchval("SELECT count(*) FROM public.ledger_transfers") == 2


def not_deleted_by_triggers() -> Iterator[str]:
    """Return the tables of which a trigger refuses every deletion."""
    for one in map(refusal_in, EXTRA_DDL):
        if one is not None and one.always and "DELETE" in one.when:
            yield one.table


def test_what_a_trigger_keeps_for_ever_the_application_has_no_right_to_delete() -> None:
    kept = set(not_deleted_by_triggers())

    assert len(kept) > 5
    assert {table for table in kept if "DELETE" in rights(table)} == set()
    assert {table for table in metadata.tables if "DELETE" not in rights(table)} == kept | {"outbox"}
