"""Money that was there before refunds were: paid, frozen, released, paid out and given up, before and after r0004."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.engine import SqliteDatabase, open_database
from marketplace_core.kernel.ids import PayoutId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    BalanceHeading,
    Charge,
    HoldState,
    PayoutState,
    Portion,
    Refund,
    Standing,
)
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.payments import ADA, BOB, EUR, NOW, PaymentsGround, a_dispute, a_refund
from tests.adapters.sqlalchemy.test_payments import the_ground

AT: Final = "2026-01-01T12:00:00.000000Z"
TERMS: Final = '{"policy_version":"2026-01","commission_bps":1000,"vat_bps":2000,"vat_jurisdiction":"FR"}'
PAID: Final = ("sor_frozen", "sor_given_up", "sor_held", "sor_live", "sor_paid_out")
RELEASED: Final = {"sor_given_up": BOB, "sor_live": ADA, "sor_paid_out": ADA}
SHARE: Final = Portion(items=6_000, delivery=500)
ALL_OF: Final = {
    name: f"SELECT * FROM {name} ORDER BY 1, 2"
    for name in (
        "ledger_accounts",
        "ledger_journals",
        "ledger_transfers",
        "payments_holds",
        "payments_payout_items",
        "payments_payouts",
        "payments_releases",
    )
}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as opened:
        yield opened


@pytest.fixture
def ground(database: SqliteDatabase) -> PaymentsGround:
    """Return payments on a database that r0003 made and filled, brought up to date."""
    schema.upgrade(database, "r0003")
    fill(database.path)
    schema.upgrade(database)
    return the_ground(database)


def fill(path: Path) -> None:
    """Write what r0003 would have: five paid shares of 65.00, one not paid yet, one that never will be."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in (*_payments(), *_holds(), *_releases(), *_books()):
            connection.execute(statement)
    connection.close()


def read(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Return what a statement finds."""
    with sqlite3.connect(path) as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def _payments() -> Iterator[str]:
    columns = (
        "payment_id, order_id, buyer_id, provider, currency, amount_minor, state, opened_at, attempts,"
        " declined_attempts, captured_minor, captured_currency, captured_at, version"
    )
    for payment_id, amount_minor, state, captured in (
        ("pay_1", 32_500, "captured", f"32500, 'EUR', '{AT}'"),
        ("pay_2", 6_500, "created", "NULL, NULL, NULL"),
        ("pay_3", 6_500, "cancelled", "NULL, NULL, NULL"),
    ):
        yield (
            f"INSERT INTO payments_payments ({columns}) VALUES ('{payment_id}', 'ord_{payment_id}', 'usr_ann',"
            f" 'inmemory', 'EUR', {amount_minor}, '{state}', '{AT}', 1, 0, {captured}, 1)"
        )


def _holds() -> Iterator[str]:
    paid = (("pay_1", name, name.removeprefix("sor_"), RELEASED.get(name, BOB)) for name in PAID)
    unpaid = (("pay_2", "sor_pending", "pending", ADA), ("pay_3", "sor_void", "void", BOB))
    for payment_id, name, what, seller_id in (*paid, *unpaid):
        state = "released" if name in RELEASED else what
        yield f"INSERT INTO payments_shares VALUES ('{payment_id}', '{name}', '{seller_id}', 6000, 500)"
        yield (
            "INSERT INTO payments_holds (seller_order_id, payment_id, order_id, seller_id, currency, items_minor,"
            " delivery_minor, released_minor, terms, state, freezes, hold_deadline, version)"
            f" VALUES ('{name}', '{payment_id}', 'ord_{payment_id}', '{seller_id}', 'EUR', 6000, 500,"
            f" {6_500 if name in RELEASED else 0}, '{TERMS}', '{state}',"
            f""" '{'["risk"]' if state == "frozen" else "[]"}', '{AT}', 1)"""
        )


def _releases() -> Iterator[str]:
    for payout_id, seller_id, state, rest in (
        ("pyt_given_up", BOB, "cancelled", "NULL, NULL, NULL"),
        ("pyt_live", ADA, "assembled", "NULL, NULL, NULL"),
        ("pyt_paid_out", ADA, "paid", f"'tr_1', 'po_1', '{AT}'"),
    ):
        yield (
            "INSERT INTO payments_payouts (payout_id, seller_id, provider, account, currency, amount_minor, state,"
            " attempt, assembled_at, transfer_reference, bank_reference, paid_at, version)"
            f" VALUES ('{payout_id}', '{seller_id}', 'inmemory', 'acct', 'EUR', 5780, '{state}', 1, '{AT}', {rest}, 1)"
        )
    for name, seller_id in RELEASED.items():
        payout_id = name.replace("sor_", "pyt_")
        claimed_by = "NULL" if name == "sor_given_up" else f"'{payout_id}'"
        yield (
            f"INSERT INTO payments_releases VALUES ('{name}:1', '{name}', 1, '{seller_id}', 'EUR', 6500, 600, 120, 0,"
            f" 5780, '{AT}', {claimed_by})"
        )
        yield f"INSERT INTO payments_payout_items VALUES ('{payout_id}', '{name}:1', 1, 5780)"


def _books() -> Iterator[str]:
    guarded = {
        "credit_nonneg": [
            *(f"escrow:{name}" for name in PAID),
            *(f"seller_payable:{seller_id}" for seller_id in (ADA, BOB)),
            *(f"payout_clearing:{name.replace('sor_', 'pyt_')}" for name in RELEASED),
        ],
        "debit_nonneg": [f"wallet:{ADA}"],
    }
    free = ("psp:inmemory", "commission_revenue", "tax_payable:FR")
    accounts = [(name, rule, 1) for rule, names in guarded.items() for name in names]
    for name, rule, kept in (*accounts, *((name, "free", 0) for name in free)):
        kind, _, subject = name.partition(":")
        yield (
            "INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule, materialised)"
            f" VALUES ('{name}:EUR', '{kind}', '{subject}', 'EUR', '{rule}', {kept})"
        )
    for number, (kind, source_type, source_id, moves) in enumerate(_facts(), 1):
        yield (
            "INSERT INTO ledger_journals (id, kind, source_type, source_id, leg, posted_at, actor)"
            f" VALUES ({number}, '{kind}', '{source_type}', '{source_id}', 'main', '{AT}', 'system')"
        )
        for debit, credit, amount_minor in moves:
            yield (
                "INSERT INTO ledger_transfers"
                " (journal_id, debit_account_id, credit_account_id, currency, amount_minor)"
                f" SELECT {number}, debit.id, credit.id, 'EUR', {amount_minor}"
                " FROM ledger_accounts AS debit, ledger_accounts AS credit"
                f" WHERE debit.code = '{debit}:EUR' AND credit.code = '{credit}:EUR'"
            )


def _facts() -> Iterator[tuple[str, str, str, list[tuple[str, str, int]]]]:
    psp, wallet = "psp:inmemory", f"wallet:{ADA}"
    yield "payment_captured", "payment", "pay_1", [(psp, f"escrow:{name}", 6_500) for name in PAID]
    for name, seller_id in RELEASED.items():
        escrow, payable = f"escrow:{name}", f"seller_payable:{seller_id}"
        divided = [(escrow, "commission_revenue", 600), (escrow, "tax_payable:FR", 120), (escrow, payable, 5_780)]
        yield "escrow_released", "release", f"{name}:1", divided
        payout_id = name.replace("sor_", "pyt_")
        clearing = f"payout_clearing:{payout_id}"
        yield "payout_assembled", "payout", payout_id, [(payable, clearing, 5_780)]
        if name == "sor_given_up":
            yield "payout_cancelled", "payout", payout_id, [(clearing, payable, 5_780)]
        elif name == "sor_paid_out":
            yield "transfer_succeeded", "payout", payout_id, [(wallet, psp, 5_780)]
            yield "payout_paid", "payout", payout_id, [(clearing, wallet, 5_780)]


async def test_every_share_is_where_it_was_and_the_books_are_sound(
    ground: PaymentsGround, database: SqliteDatabase
) -> None:
    charged = Charge(commission=600, vat=120)
    expected = {
        "sor_frozen": (HoldState.FROZEN, Standing(held=SHARE)),
        "sor_given_up": (HoldState.RELEASED, Standing(released=SHARE, charged=charged)),
        "sor_held": (HoldState.HELD, Standing(held=SHARE)),
        "sor_live": (HoldState.RELEASED, Standing(released=SHARE, charged=charged)),
        "sor_paid_out": (HoldState.RELEASED, Standing(released=SHARE, charged=charged)),
        "sor_pending": (HoldState.PENDING, Standing()),
        "sor_void": (HoldState.VOID, Standing()),
    }

    async with ground.begin() as work:
        holds = [await work.holds.get(SellerOrderId(name)) for name in expected]

    assert {hold.seller_order_id: (hold.state, hold.standing) for hold in holds} == expected
    assert {hold.terms.keeps_commission for hold in holds} == {False}
    assert {hold.seller_order_id for hold in holds if hold.releases} == set(RELEASED)
    named = read(database.path, "SELECT source_id, seller_order_id FROM ledger_journals WHERE seller_order_id <> ''")
    assert sorted(named) == [(f"{name}:1", name) for name in RELEASED]
    assert list(await ground.audit.violations(NOW, limit=100)) == []
    assert read(database.path, "PRAGMA foreign_key_check") == []


async def test_what_was_claimed_is_claimed_and_what_was_given_up_is_free(ground: PaymentsGround) -> None:
    async with ground.begin() as work:
        payouts = [await work.payouts.get(PayoutId(name.replace("sor_", "pyt_"))) for name in RELEASED]
        adas = await work.payouts.unclaimed(ADA, EUR, limit=10)
        bobs = await work.payouts.unclaimed(BOB, EUR, limit=10)
    payable = await ground.reader.balance_entries(
        PageRequest(), seller_id=BOB, currency=EUR, heading=BalanceHeading.PAYABLE
    )

    assert [payout.state for payout in payouts] == [PayoutState.CANCELLED, PayoutState.ASSEMBLED, PayoutState.PAID]
    assert [[item.entry_id for item in payout.items] for payout in payouts] == [[f"{name}:1"] for name in RELEASED]
    assert list(adas) == []
    assert list(bobs) == list(payouts[0].items)
    assert [entry.seller_order_id for entry in payable.items] == [None, None, "sor_given_up"]


async def test_down_brings_every_row_back_and_up_goes_again(ground: PaymentsGround, database: SqliteDatabase) -> None:
    present = {name: read(database.path, statement) for name, statement in ALL_OF.items()}
    other = database.path.with_name("before.sqlite")
    async with open_database(other, clock=FrozenClock(), ids=CountingIds()) as before:
        schema.upgrade(before, "r0003")
        fill(other)

    schema.downgrade(database, "r0003")
    for statement in ALL_OF.values():
        assert read(database.path, statement) == read(other, statement)
    assert read(database.path, "PRAGMA foreign_key_check") == []

    schema.upgrade(database)
    assert {name: read(database.path, statement) for name, statement in ALL_OF.items()} == present
    assert list(await ground.audit.violations(NOW, limit=100)) == []


def a_refund_of_held() -> Refund:
    """Ask for some of a share back that is held."""
    refund = a_refund()
    refund.parts = tuple(
        type(part)(seller_order_id=SellerOrderId("sor_held"), seller_id=BOB, wanted=part.wanted)
        for part in refund.parts
    )
    return refund


async def test_a_database_that_knows_a_refund_does_not_go_back(
    ground: PaymentsGround, database: SqliteDatabase
) -> None:
    refund = a_refund_of_held()
    async with ground.begin() as work:
        await work.refunds.save(refund)

    with pytest.raises(RuntimeError, match="r0003 knows no refunds"):
        schema.downgrade(database, "r0003")

    assert schema.current(database) == schema.newest()
    async with ground.begin() as work:
        assert (await work.refunds.get(refund.refund_id)).amount == refund.amount


async def test_refunds_outlive_the_coming_and_going_of_disputes(
    ground: PaymentsGround, database: SqliteDatabase
) -> None:
    refund = a_refund_of_held()
    refund.reject("It arrived whole.", Who.SELLER, NOW)
    async with ground.begin() as work:
        await work.refunds.save(refund)
    schema.downgrade(database, "r0005")
    rows = ("SELECT * FROM payments_refunds", "SELECT * FROM payments_refund_parts")
    before = [read(database.path, statement) for statement in rows]

    for move in (schema.downgrade, schema.upgrade):
        move(database, "r0004" if move is schema.downgrade else "r0005")
        assert [read(database.path, statement) for statement in rows] == before
        assert read(database.path, "PRAGMA foreign_key_check") == []


async def test_a_database_that_knows_a_dispute_does_not_go_back(
    ground: PaymentsGround, database: SqliteDatabase
) -> None:
    dispute = a_dispute()
    async with ground.begin() as work:
        await work.disputes.save(dispute)

    with pytest.raises(RuntimeError, match="r0004 knows no disputes"):
        schema.downgrade(database, "r0004")

    assert schema.current(database) == schema.newest()
    async with ground.begin() as work:
        assert (await work.disputes.get(dispute.dispute_id)).amount == dispute.amount


async def test_who_paid_before_there_were_tax_fees_and_subsidies_paid_none(database: SqliteDatabase) -> None:
    schema.upgrade(database, "r0003")
    fill(database.path)
    schema.upgrade(database, "r0009")
    kept = ("payments_shares", "payments_refund_parts", "payments_refunds", "ledger_transfers")
    before = [read(database.path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in kept]

    schema.upgrade(database, "r0008")

    after = [read(database.path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in kept]
    assert [
        [row[: len(old)] for row, old in zip(*pair, strict=True)] for pair in zip(after, before, strict=True)
    ] == before
    assert {row[5:] for row in after[0]} == {(0, 0, 0, "")}
    amounts = "tax_minor, fee_minor, subsidy_minor, tax_jurisdiction, kept_tax_minor, kept_fee_minor, fee_earned_minor"
    assert set(read(database.path, f"SELECT {amounts} FROM payments_holds")) == {(0, 0, 0, "", 0, 0, 0)}
    schema.upgrade(database)
    assert list(await the_ground(database).audit.violations(NOW, limit=100)) == []

    schema.downgrade(database, "r0009")
    assert [read(database.path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in kept] == before
    assert read(database.path, "PRAGMA foreign_key_check") == []


async def test_a_database_that_knows_tax_does_not_go_back(ground: PaymentsGround, database: SqliteDatabase) -> None:
    with sqlite3.connect(database.path) as connection:
        connection.execute("UPDATE payments_shares SET tax_minor = 1 WHERE seller_order_id = 'sor_held'")
    connection.close()

    with pytest.raises(RuntimeError, match="r0009 knows no tax"):
        schema.downgrade(database, "r0009")

    assert schema.current(database) == schema.newest()
