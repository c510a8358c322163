"""Whatever happens to the money, in any order: SQLite says at every step what memory says, and its audit nothing."""

import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import attrs
import pytest

from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
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
from marketplace_core.testing.payments import ADA, BOB, NOW
from tests.adapters.sqlalchemy.test_payments import the_ground
from tests.core.payments.balances import all_entries
from tests.core.payments.till import OPERATOR, Desk, a_till
from tests.core.payments.walk import Walk
from tests.databases import on_sqlite

POLICY: Final = PaymentPolicy(release_per_shipment=True, reserve_bps=500)
STEPS: Final = 60
SEEDS: Final = (3, 5, 8, 9)
"""Walks in which disputes are won and lost."""


@asynccontextmanager
async def a_desk(path: Path, terms: Terms) -> AsyncGenerator[Desk]:
    """Open a desk whose money is kept in a file."""
    clock, ids = FrozenClock(), CountingIds()
    async with on_sqlite(path, clock, ids) as database:
        ground, provider, inbox = the_ground(database), InMemoryPaymentProvider(clock, terms=terms), SqlInbox(database)
        provider.connect(inbox)
        network = InMemoryCardNetwork(provider)
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
        yield Desk(
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
