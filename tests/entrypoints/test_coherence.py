"""The watch over every test's money can bark."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from marketplace_core.kernel.ids import PaymentId
from marketplace_core.kernel.work import transaction_open
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from tests.coherence import OURS, THEIRS, Guarded, assert_coherent, findings
from tests.sweep.points import Points
from tests.sweep.shop import open_shop
from tests.sweep.stages import checkout


class Careless:
    """Somebody outside whose adapter forgot to look whether a transaction is open."""

    async def call(self) -> str:
        return "called"


async def test_nobody_outside_is_called_while_a_transaction_is_open() -> None:
    outside = Guarded("careless", Careless())

    assert await outside.call() == "called"
    with transaction_open(), pytest.raises(AssertionError, match=r"careless\.call"):
        await outside.call()

    assert Guarded.seen == ["careless.call"], "a worker that outlives the refusal does not hide it"
    Guarded.seen.clear()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[OpenMarketplace]:
    async with open_marketplace(Settings(data=tmp_path / "data")) as marketplace:
        yield marketplace


async def test_whatever_a_test_opens_is_guarded(opened: OpenMarketplace) -> None:
    payments = opened.adapters.payments

    guards = (payments.payments, payments.payouts, payments.disputes, opened.adapters.mailer, opened.adapters.video)
    assert all(isinstance(guard, Guarded) for guard in guards)
    async with opened.adapters.persistence.begin_payments():
        with pytest.raises(AssertionError):
            await payments.payments.find(PaymentId("pay_1"))
    Guarded.seen.clear()


@pytest.fixture
async def sold(tmp_path: Path) -> Path:
    """Return a data folder in which somebody has paid for something."""
    data = tmp_path / "data"
    async with open_shop(data, Points()) as shop:
        await shop.furnish()
        await checkout(shop)
    return data


def spoil(file: Path, statement: str) -> None:
    """Change books by hand, as no program of ours can: their guards are taken away first."""
    with closing(sqlite3.connect(file)) as books:
        for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            books.execute(f"DROP TRIGGER {name}")
        books.execute("PRAGMA ignore_check_constraints = 1")
        books.execute(statement)
        books.commit()


_TWICE = (
    "INSERT INTO payments (id, status, amount_minor, captured_minor, currency, reference, transfer_group, metadata,"
    " client_secret, created_at_ms, updated_at_ms) SELECT 'fp_2', status, amount_minor, captured_minor, currency,"
    " reference, transfer_group, metadata, 'other', created_at_ms, updated_at_ms FROM payments"
)


@pytest.mark.parametrize(
    ("file", "statement", "found"),
    [
        (OURS, "UPDATE payments_payments SET captured_minor = 2999", "what we call captured was captured"),
        (OURS, "UPDATE ledger_transfers SET amount_minor = 1 WHERE id = 1", "our balance at the provider"),
        (OURS, "UPDATE payments_holds SET held_items_minor = 1", "audit_escrow_matches_hold"),
        (THEIRS, _TWICE, "an order is charged once"),
        (THEIRS, "UPDATE ledger_balances SET amount_minor = 7 WHERE account = 'fees'", "the sum of all accounts"),
    ],
)
def test_books_that_were_tampered_with_are_found_out(sold: Path, file: str, statement: str, found: str) -> None:
    assert_coherent(sold)

    spoil(sold / file, statement)

    assert any(found in finding for finding in findings(sold)), findings(sold)
    with pytest.raises(AssertionError, match="not coherent"):
        assert_coherent(sold)
    shutil.rmtree(sold)
