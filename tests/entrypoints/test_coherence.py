"""The watch over every test's money can bark."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import OpenPayment, ReconcilePayment, RequestPayment, Share
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from tests.coherence import OURS, THEIRS, Guarded, assert_coherent, findings
from tests.entrypoints.cli.music_shop import MusicShop, opened_shop


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


async def a_sale(opened: OpenMarketplace, shop: MusicShop) -> None:
    """Have somebody pay thirty euros for something."""
    market, payments = opened.market, opened.adapters.payments
    share = Share(
        seller_order_id=SellerOrderId("sor_1"),
        seller_id=shop.seller_id,
        items=Money(3_000, "EUR"),
        delivery=Money(0, "EUR"),
    )
    payment_id = await market.execute(
        OpenPayment(order_id=OrderId("ord_1"), buyer_id=UserId("usr_1"), currency="EUR", shares=(share,)), by=SYSTEM
    )
    step = await market.execute(RequestPayment(payment_id=payment_id), by=SYSTEM)
    assert step.provider_reference is not None
    assert step.client_secret is not None
    await payments.buyer.pay(step.provider_reference, step.client_secret, "4242424242424242")
    await market.execute(ReconcilePayment(payment_id=payment_id), by=SYSTEM)


def spoil(file: Path, *statements: str) -> None:
    """Change books by hand, as no program of ours can: their guards are taken away first."""
    with closing(sqlite3.connect(file)) as books:
        for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            books.execute(f"DROP TRIGGER {name}")
        for statement in statements:
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
async def test_books_that_were_tampered_with_are_found_out(
    opened: OpenMarketplace, tmp_path: Path, file: str, statement: str, found: str, forget: Callable[[Path], None]
) -> None:
    await a_sale(opened, await opened_shop(opened))
    while await opened.provider_housekeeping() + await opened.dispatcher.settle():
        pass
    data = opened.settings.data
    assert_coherent(data)

    spoil(data / file, statement)

    assert any(found in finding for finding in findings(data)), findings(data)
    with pytest.raises(AssertionError, match="not coherent"):
        assert_coherent(data)
    forget(data)


@pytest.fixture
def forget() -> Callable[[Path], None]:
    """Return what takes a spoilt folder out of what is looked at after the test."""

    def away(data: Path) -> None:
        for name in (OURS, THEIRS):
            (data / name).rename(data / f"spoilt-{name}")

    return away
