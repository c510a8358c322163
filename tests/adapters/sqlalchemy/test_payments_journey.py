"""From the card to the bank on SQLite: the same commands, real transactions, many workers at once."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from attrs import frozen
from sqlalchemy import text

from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.engine import Database, counted
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PaymentId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    RECONCILIATIONS,
    TIMERS,
    AuditBooks,
    BalanceHeading,
    BooksDoNotBalance,
    CancelPayment,
    ListJournals,
    OpenPayment,
    OpenPayoutAccount,
    PaymentState,
    Proof,
    ReconcilePayment,
    ReleaseEscrow,
    RequestPayment,
    ScheduleRelease,
    SweepPayouts,
    TrialBalance,
    ViewBalance,
    answers,
    handlers,
)
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import DECLINES, SUCCEEDS
from marketplace_core.testing.payments import ADA, BOB, BUYER, EUR, a_share, euros
from tests.adapters.sqlalchemy.test_payments import the_ground
from tests.core.payments.balances import all_entries, check_entries_sum_to_the_balance
from tests.databases import on_sqlite

SHARES = (a_share("sor_ada", ADA, 6_000, 500), a_share("sor_bob", BOB, 3_500))


@frozen
class Shop:
    """Payments on a file, a provider in memory, and time that stands still."""

    database: Database
    clock: FrozenClock
    provider: InMemoryPaymentProvider
    market: Marketplace
    dispatcher: Dispatcher
    failures: list[str]

    async def settle(self, **much: float) -> None:
        """Let time go by and what became due happen."""
        self.clock.advance(timedelta(**much))
        await self.provider.tick()
        await self.dispatcher.settle()
        await self.provider.tick()
        await self.dispatcher.settle()

    async def show(self, card: str) -> PaymentId:
        """Open a payment and show a card."""
        payment_id = await self.market.execute(
            OpenPayment(order_id=OrderId("ord_1"), buyer_id=BUYER, currency=EUR, shares=SHARES), by=SYSTEM
        )
        step = await self.market.execute(RequestPayment(payment_id=payment_id), by=SYSTEM)
        assert step.client_secret is not None
        self.provider.pay(step.client_secret, card)
        return payment_id

    async def deliver(self) -> None:
        """Have everything delivered, on the buyer's word."""
        for share in SHARES:
            command = ScheduleRelease(
                seller_order_id=share.seller_order_id, proof=Proof.BUYER, delivered_at=self.clock.now()
            )
            await self.market.execute(command, by=SYSTEM)

    async def accounts(self) -> None:
        """Open both sellers' accounts."""
        for seller_id in (ADA, BOB):
            await self.market.execute(OpenPayoutAccount(seller_id=seller_id, currency=EUR), by=SYSTEM)
        await self.settle()

    async def events(self, name: str) -> int:
        """Count the stored events of a kind."""
        row = await self.database.reader.row(text("SELECT count(*) FROM outbox WHERE topic = :name"), {"name": name})
        assert row is not None
        return int(row[0])


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncGenerator[Shop]:
    clock, ids = FrozenClock(), CountingIds()
    async with on_sqlite(tmp_path / "m.sqlite", clock, ids) as database:
        ground, provider = the_ground(database), InMemoryPaymentProvider(clock)
        inbox = SqlInbox(database)
        provider.connect(inbox)
        goods, files = InMemorySoldGoods(), InMemoryFileStore(clock)
        market = Marketplace(
            handlers=[
                handlers(
                    begin=ground.begin,
                    payments=InMemoryPaymentGateway(provider),
                    payouts=InMemoryPayoutGateway(provider),
                    disputes=InMemoryDisputeGateway(InMemoryCardNetwork(provider)),
                    goods=goods,
                    files=files,
                    audit=ground.audit,
                    clock=clock,
                    ids=ids,
                )
            ],
            answers=[
                answers(
                    reader=ground.reader,
                    books=ground.books,
                    audit=ground.audit,
                    goods=goods,
                    files=files,
                    clock=clock,
                )
            ],
            reactions=[],
            timers=[TIMERS],
            reconciliations=[RECONCILIATIONS],
            pipeline=Pipeline(clock=clock, keys=SqlIdempotencyKeys(database), consumed=SqlConsumedMessages(database)),
        )
        failures: list[str] = []
        dispatcher = Dispatcher(
            market=market,
            clock=clock,
            outbox=SqlOutbox(database),
            inbox=inbox,
            deadlines=SqlDueDeadlines(database),
            publisher=ReactingPublisher(market),
            report=lambda kind, name, failure: failures.append(f"{kind} {name}: {failure!r}"),
        )
        yield Shop(database, clock, provider, market, dispatcher, failures)


async def test_money_goes_from_the_card_to_the_bank_and_the_books_say_where_every_cent_is(shop: Shop) -> None:
    await shop.accounts()
    await shop.show(SUCCEEDS)
    await shop.settle()
    await shop.deliver()
    await shop.settle()
    await shop.settle(hours=1)

    books = await shop.market.ask(TrialBalance(), by=SYSTEM)
    left = {row.kind.value: row.balance.amount_minor for row in books.rows if row.balance}
    ada = await shop.market.ask(ViewBalance(seller_id=ADA), by=SYSTEM)
    journals = await shop.market.ask(ListJournals(page=PageRequest(limit=100)), by=SYSTEM)
    assert shop.failures == []
    assert left == {"psp": 975, "tax_payable": -190, "commission_revenue": -950, "psp_fees": 165}
    assert books.sums == (euros(0),)
    assert [(one.held, one.payable, one.in_payout, one.paid) for one in ada.balances] == [
        (euros(0), euros(0), euros(0), euros(5_780))
    ]
    assert [view.kind.value for view in reversed(journals.items)][:4] == [
        "payment_captured", "provider_fee", "escrow_released", "escrow_released",
    ]  # fmt: skip
    assert len(journals.items) == 10
    assert await shop.market.ask(AuditBooks(), by=SYSTEM) == ()


async def test_at_every_step_the_entries_of_the_books_sum_to_the_balance(shop: Shop) -> None:
    steps = (shop.accounts, partial(shop.show, SUCCEEDS), shop.settle, shop.deliver, shop.settle)

    for step in (*steps, partial(shop.settle, hours=1)):
        await step()
        await check_entries_sum_to_the_balance(shop.market, ADA, BOB)

    assert len(await all_entries(shop.market, ADA, BalanceHeading.PAID)) == 1


async def test_a_declined_card_leaves_no_row_in_the_books(shop: Shop) -> None:
    payment_id = await shop.show(DECLINES)
    await shop.settle()

    outcome = await shop.market.execute(CancelPayment(payment_id=payment_id), by=SYSTEM)

    row = await shop.database.reader.row(
        text("SELECT (SELECT count(*) FROM ledger_transfers) + (SELECT count(*) FROM ledger_journals)")
    )
    assert outcome.value == "cancelled"
    assert row is not None
    assert row[0] == 0


async def test_five_at_once_who_hear_that_it_is_paid_book_it_once(shop: Shop) -> None:
    payment_id = await shop.show(SUCCEEDS)

    steps = await asyncio.gather(
        *(shop.market.execute(ReconcilePayment(payment_id=payment_id), by=SYSTEM) for _ in range(5))
    )

    assert {step.state for step in steps} == {PaymentState.CAPTURED}
    assert await shop.events("PaymentCaptured") == 1
    assert await shop.market.ask(AuditBooks(), by=SYSTEM) == ()


async def test_three_workers_release_and_pay_everything_once(shop: Shop) -> None:
    await shop.accounts()
    await shop.show(SUCCEEDS)
    await shop.settle()
    await shop.deliver()

    for _ in range(3):
        await asyncio.gather(
            *(
                shop.market.execute(ReleaseEscrow(seller_order_id=share.seller_order_id), by=SYSTEM)
                for share in SHARES
                for _ in range(3)
            )
        )
        await asyncio.gather(*(shop.market.execute(SweepPayouts(), by=SYSTEM) for _ in range(3)))
    await asyncio.gather(*(shop.dispatcher.settle() for _ in range(3)))

    assert await shop.events("EscrowReleased") == 2
    assert await shop.events("PayoutPaid") == 2
    assert len(shop.provider.transfers) == 2
    assert await shop.market.ask(AuditBooks(), by=SYSTEM) == ()


async def test_a_cancellation_and_a_payment_at_once_end_one_way(shop: Shop) -> None:
    payment_id = await shop.show(SUCCEEDS)

    await asyncio.gather(
        shop.market.execute(CancelPayment(payment_id=payment_id), by=SYSTEM),
        shop.market.execute(ReconcilePayment(payment_id=payment_id), by=SYSTEM),
    )

    assert (await shop.events("PaymentCaptured"), await shop.events("PaymentCancelled")) == (1, 0)


async def test_somebody_who_edits_the_file_stops_the_payouts(shop: Shop) -> None:
    await shop.accounts()
    await shop.show(SUCCEEDS)
    await shop.settle()
    await shop.deliver()
    await shop.settle()
    async with shop.database.transaction() as opened:
        await opened.connection.run(
            text(
                "INSERT INTO payments_entries (entry_id, seller_id, currency, amount_minor, kind, booked_at)"
                " VALUES ('gift', 'sel_ada', 'EUR', 1, 'escrow_released', '2026')"
            )
        )

    with pytest.raises(BooksDoNotBalance):
        await shop.market.execute(SweepPayouts(), by=SYSTEM)

    assert shop.provider.transfers == {}


async def test_answers_take_one_statement_each(shop: Shop) -> None:
    await shop.accounts()
    await shop.show(SUCCEEDS)
    await shop.settle()
    await shop.deliver()
    await shop.settle()
    ground = the_ground(shop.database)
    page = PageRequest()

    for ask in (
        lambda: ground.reader.payment_of_order(OrderId("ord_1")),
        lambda: ground.reader.escrow(SHARES[0].seller_order_id),
        lambda: ground.reader.escrows(page, order_id=OrderId("ord_1"), seller_id=None),
        lambda: ground.reader.order_holds(OrderId("ord_1")),
        lambda: ground.reader.balance(ADA),
        lambda: ground.reader.balance_entries(page, seller_id=ADA, currency=EUR, heading=BalanceHeading.HELD),
        lambda: ground.reader.payouts(page, seller_id=ADA),
        lambda: ground.books.trial_balance(),
        lambda: ground.books.journals(page, source_id=None),
        lambda: ground.audit.violations(shop.clock.now(), limit=10),
    ):
        with counted() as count:
            await ask()
        assert count.statements == 1
