"""Whatever happens to the money, in any order: SQLite says at every step what memory says, and its audit nothing."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_adapters.sqlalchemy.tables import metadata
from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import (
    RECONCILIATIONS,
    TIMERS,
    BalanceHeading,
    DisputeLost,
    DisputeWon,
    ListEscrows,
    ListPayouts,
    PaymentPolicy,
    Proof,
    SweepPayouts,
    TrialBalance,
    ViewBalance,
    answers,
    handlers,
)
from marketplace_core.payments.comparing import (
    CompareBooks,
)
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.payments import ADA, BOB, NOW, a_share
from tests.adapters.sqlalchemy.test_payments import the_ground
from tests.core.payments.balances import all_entries
from tests.core.payments.till import OPERATOR, Desk, a_till
from tests.core.payments.walk import Walk
from tests.databases import BESIDE, OURS, PostgresPlace, books_of, on_postgres, on_sqlite

POLICY: Final = PaymentPolicy(release_per_shipment=True, reserve_bps=500)
STEPS: Final = 60
SEEDS: Final = (3, 5, 8, 9)
"""Walks in which disputes are won and lost."""


@asynccontextmanager
async def a_desk(path: Path, terms: Terms) -> AsyncGenerator[Desk]:
    """Open a desk whose money is kept in a file."""
    clock = FrozenClock()
    async with on_sqlite(path, clock, CountingIds()) as database:
        provider = InMemoryPaymentProvider(clock, terms=terms)
        yield desk_on(database, clock, provider, InMemoryCardNetwork(provider))


def desk_on(
    database: Database, clock: FrozenClock, provider: InMemoryPaymentProvider, network: InMemoryCardNetwork
) -> Desk:
    """Return a desk whose money is kept in a database."""
    ids, ground, inbox = database.ids, the_ground(database), SqlInbox(database)
    provider.connect(inbox)
    goods, files = InMemorySoldGoods(), InMemoryFileStore(clock)
    market = Marketplace(
        handlers=[
            handlers(
                begin=ground.begin,
                payments=InMemoryPaymentGateway(provider),
                payouts=InMemoryPayoutGateway(provider),
                disputes=InMemoryDisputeGateway(network),
                goods=goods,
                files=files,
                audit=ground.audit,
                clock=clock,
                ids=ids,
                policy=POLICY,
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
                provider_books=InMemoryProviderBooks(network),
            )
        ],
        reactions=[],
        timers=[TIMERS],
        reconciliations=[RECONCILIATIONS],
        pipeline=Pipeline(
            clock=clock,
            keys=SqlIdempotencyKeys(database),
            consumed=SqlConsumedMessages(database),
            begin=ground.begin,
        ),
    )
    failures: list[str] = []
    dispatcher = Dispatcher(
        market=market,
        clock=clock,
        outbox=SqlOutbox(database),
        inbox=inbox,
        deadlines=SqlDueDeadlines(database),
        publisher=ReactingPublisher(market),
        report=lambda kind, name, failure: failures.append(f"{kind} {name}: {failure}"),
    )
    return Desk(
        clock=clock,
        provider=provider,
        network=network,
        market=market,
        dispatcher=dispatcher,
        failures=failures,
    )


async def told(desk: Desk) -> dict[str, object]:
    """Return everything that a desk says about its money."""
    ask, page = desk.market.ask, PageRequest(limit=100)
    return {
        "books": await ask(TrialBalance(), by=OPERATOR),
        "holds": await ask(ListEscrows(page=page), by=OPERATOR),
        "payouts": await ask(ListPayouts(page=page), by=OPERATOR),
        "balances": [await ask(ViewBalance(seller_id=seller_id), by=OPERATOR) for seller_id in (ADA, BOB)],
        "beside the provider's": attrs.evolve(await ask(CompareBooks(), by=OPERATOR), compared_at=NOW),
        "failures": list(desk.failures),
    }


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_database_and_memory_agree_on_every_cent(seed: int, tmp_path: Path) -> None:
    terms = Terms(bank_delay=timedelta(hours=1), holds_refunds=seed % 2 == 0)
    till = a_till(policy=POLICY, terms=terms)
    async with a_desk(tmp_path / "m.sqlite", terms) as desk:
        mine, theirs = (Walk(one, random.Random(seed), by_parcel=True) for one in (desk, till))
        for walk in (mine, theirs):
            await walk.desk.accounts()
            await walk.order()

        for _ in range(STEPS):
            await mine.step()
            await theirs.step()
            assert await told(desk) == await told(till)
            assert await desk.sound()

        for seller_id in (ADA, BOB):
            for heading in BalanceHeading:
                in_the_file = await all_entries(desk.market, seller_id, heading, limit=100)
                assert in_the_file == await all_entries(till.market, seller_id, heading, limit=100)
        assert till.events(DisputeWon)
        assert till.events(DisputeLost)


ALIKE_STEPS: Final = 300


@pytest.mark.slow
async def test_300_steps_end_in_the_same_state_on_both_databases(postgres_place: PostgresPlace, tmp_path: Path) -> None:
    terms, clock = Terms(bank_delay=timedelta(hours=1), holds_refunds=True), FrozenClock()
    folders = tmp_path / "file", tmp_path / "server"
    folders[1].mkdir()
    (folders[1] / BESIDE).write_text(postgres_place.server.at(postgres_place.name))
    async with (
        a_desk(folders[0] / OURS, terms) as in_a_file,
        on_postgres(postgres_place, clock, CountingIds()) as there,
    ):
        provider = InMemoryPaymentProvider(clock, terms=terms)
        on_a_server = desk_on(there, clock, provider, InMemoryCardNetwork(provider))
        walks = [Walk(desk, random.Random(300)) for desk in (in_a_file, on_a_server)]
        for walk in walks:
            await walk.desk.accounts()
            await walk.order()
            for _ in range(ALIKE_STEPS):
                await walk.step()
            assert await walk.desk.sound()

        assert await told(on_a_server) == await told(in_a_file)
        in_the_file, on_the_server = map(everything, folders)
        for name, rows in in_the_file.items():
            assert sorted(set(rows) ^ set(on_the_server[name]))[:4] == [], name
        assert len(in_the_file["the books"]) > ALIKE_STEPS


NUMBERS: Final = {
    "id",
    "journal_id",
    "debit_account_id",
    "credit_account_id",
    "last_transfer_id",
    "event_id",
    "taken_until",
    "trace",
}
"""What is counted: PostgreSQL does not give back the number of what was refused, and timers that are due at the same
moment fire in any order, which events are numbered by. Only where there may be several workers is anything taken;
traces are drawn by lot."""
QUESTIONS: Final = {
    name: f"SELECT {', '.join(column.name for column in table.c if column.name not in NUMBERS)} FROM {name}"
    for name, table in metadata.tables.items()
} | {
    "the books": "SELECT j.kind, j.source_id, j.leg, j.posted_at, d.code, c.code, t.amount_minor"
    " FROM ledger_transfers AS t JOIN ledger_journals AS j ON j.id = t.journal_id"
    " JOIN ledger_accounts AS d ON d.id = t.debit_account_id JOIN ledger_accounts AS c ON c.id = t.credit_account_id"
}


def everything(data: Path) -> dict[str, list[str]]:
    """Return all rows of all tables, documents read, and the books with the names of their accounts."""
    with books_of(data) as books:
        return {name: sorted(map(_said, books.execute(question))) for name, question in QUESTIONS.items()}


def _said(row: tuple[Any, ...]) -> str:
    return json.dumps([_read(value) for value in row], sort_keys=True, default=repr)


def _read(value: Any) -> Any:
    is_document = isinstance(value, str) and value[:1] in {"{", "["}
    return json.loads(value) if is_document else value


async def test_three_schedulers_at_once_pay_a_seller_everything_once(postgres_place: PostgresPlace) -> None:
    clock, ids = FrozenClock(), CountingIds()
    provider = InMemoryPaymentProvider(clock)
    network = InMemoryCardNetwork(provider)
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(on_postgres(postgres_place, clock, ids)) for _ in range(3)]
        first, *others = (desk_on(database, clock, provider, network) for database in opened)
        await first.accounts()
        for number in range(1, 6):
            await first.paid((a_share(f"sor_{number}", ADA, 1_000),), OrderId(f"ord_{number}"))
            await first.deliver(SellerOrderId(f"sor_{number}"), Proof.BUYER)
        clock.advance(timedelta(days=30))

        desks = (first, *others)
        for _ in range(3):
            await asyncio.gather(*(desk.market.execute(SweepPayouts(), by=SYSTEM) for desk in desks))
            await asyncio.gather(*(desk.dispatcher.settle() for desk in desks))

        paid = (await first.market.ask(ListPayouts(page=PageRequest()), by=OPERATOR)).items
        entries = [f"sor_{number}:1" for number in range(1, 6)]
        assert sorted(item.entry_id for one in paid for item in one.items) == entries
        assert {one.seller_id for one in paid} == {ADA}
        assert len(provider.transfers) == len(paid)  # a run that comes between two releases leaves one to the next
        assert await first.sound()
