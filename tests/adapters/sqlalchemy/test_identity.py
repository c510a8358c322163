"""Accounts, sessions and shops on a real SQLite file."""

import asyncio
from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.engine import Database, counted, open_database
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.identity import SqlIdentityReader, SqlIdentityWork
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_adapters.sqlalchemy.tables import machinery
from marketplace_adapters.sqlalchemy.tables.identity import refresh_tokens, sellers, token_families, users
from marketplace_adapters.sqlalchemy.types import metadata
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.app import Marketplace
from marketplace_core.identity import (
    FamilyId,
    IdentifyActor,
    OpenShop,
    RefreshRaced,
    RefreshSession,
    RegisterUser,
    Session,
    SessionEnded,
    SignIn,
    SlugTaken,
    answers,
    handlers,
)
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.identity import InMemoryGuestTrade, InMemoryShopTrade
from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.identity import (
    ANN,
    NOW,
    IdentityGround,
    SellersConformance,
    UsersConformance,
    a_family,
    a_seller,
    a_user,
    store,
)
from marketplace_core.testing.conformance.identity_reader import IdentityReaderConformance
from marketplace_core.testing.conformance.identity_sessions import TokenFamiliesConformance

TABLES = [users, sellers, token_families, refresh_tokens, machinery.outbox, machinery.consumed_messages]
PASSWORD = "a long walk by the sea"


@pytest.fixture
def ground(database: Database) -> IdentityGround:
    return IdentityGround(
        begin=begin(database, SqlIdentityWork), reader=SqlIdentityReader(database), outbox=SqlOutbox(database)
    )


class TestSqlUsers(UsersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestSqlSellers(SellersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestSqlTokenFamilies(TokenFamiliesConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestSqlIdentityReader(IdentityReaderConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


def open_market(database: Database) -> Marketplace:
    clock, ids, tokens = database.clock, database.ids, InMemoryAccessTokens()
    return Marketplace(
        handlers=[
            handlers(
                begin=begin(database, SqlIdentityWork),
                passwords=InMemoryPasswords(),
                access_tokens=tokens,
                trade=InMemoryGuestTrade(),
                shops=InMemoryShopTrade(),
                clock=clock,
                ids=ids,
            )
        ],
        answers=[
            answers(reader=SqlIdentityReader(database), access_tokens=tokens, shops=InMemoryShopTrade(), clock=clock)
        ],
        reactions=(),
        timers=(),
        reconciliations=(),
        pipeline=Pipeline(clock=clock, keys=SqlIdempotencyKeys(database), consumed=SqlConsumedMessages(database)),
    )


async def signed_in(market: Marketplace, email: str = "ann@example.org") -> Session:
    await market.execute(RegisterUser(email=email, password=PASSWORD, name="Ann"), by=ANONYMOUS)
    return await market.execute(SignIn(email=email, password=PASSWORD), by=ANONYMOUS)


async def test_thirty_refreshes_of_one_token_mint_one_pair(database: Database) -> None:
    market = open_market(database)
    session = await signed_in(market)
    refresh = RefreshSession(refresh_token=session.refresh_token)

    outcomes = await asyncio.gather(*(market.execute(refresh, by=ANONYMOUS) for _ in range(30)), return_exceptions=True)

    assert sum(isinstance(outcome, Session) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, RefreshRaced) for outcome in outcomes) == 29
    count = await database.reader.row(select(func.count()).select_from(refresh_tokens))
    assert count is not None
    assert count[0] == 2


async def test_a_replay_ends_the_session_although_the_request_is_refused(database: Database) -> None:
    market = open_market(database)
    session = await signed_in(market)
    second = await market.execute(RefreshSession(refresh_token=session.refresh_token), by=ANONYMOUS)
    assert isinstance(database.clock, FrozenClock)
    database.clock.advance(timedelta(seconds=60))

    for token in (session.refresh_token, second.refresh_token):
        with pytest.raises(SessionEnded):
            await market.execute(RefreshSession(refresh_token=token), by=ANONYMOUS)

    row = await database.reader.row(select(token_families.c.end_reason))
    assert row is not None
    assert row.end_reason == "reuse"


async def test_ten_registrations_and_ten_shops_at_once_leave_one_of_each(database: Database) -> None:
    market = open_market(database)
    register = RegisterUser(email="ann@example.org", password=PASSWORD, name="Ann")
    registered = await asyncio.gather(*(market.execute(register, by=ANONYMOUS) for _ in range(10)))
    owners = [(await signed_in(market, f"u{number}@example.org")).user_id for number in range(10)]

    shops = await asyncio.gather(
        *(
            market.execute(
                OpenShop(name="Teas", slug="anns-teas", country="DE"),
                by=Actor(principal=owner, roles=frozenset({Role.BUYER}), user_id=owner),
            )
            for owner in owners
        ),
        return_exceptions=True,
    )

    assert sum(each.user_id is not None for each in registered) == 1
    assert sum(isinstance(shop, SlugTaken) for shop in shops) == 9


async def test_every_answer_is_one_statement(database: Database, ground: IdentityGround) -> None:
    family = a_family()
    await store(ground, a_user(), a_seller(), family)
    reader = ground.reader
    questions = (
        lambda: reader.standing(ANN, family.family_id, NOW),
        lambda: reader.user(ANN),
        lambda: reader.user_by_email("ann@example.org"),
        lambda: reader.users(Role.SELLER, PageRequest(cursor="usr_9999")),
        lambda: reader.seller("anns-teas"),
        lambda: reader.sellers(None, PageRequest()),
        lambda: reader.seller_cards((SellerId("sel_0001"),)),
        lambda: reader.contact(ANN),
        lambda: reader.contacts((ANN,)),
    )

    for question in questions:
        with counted() as count:
            assert await question()
        assert count.statements == 1


async def test_identifying_an_actor_is_one_statement(database: Database) -> None:
    market = open_market(database)
    session = await signed_in(market)

    with counted() as count:
        await market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)

    assert count.statements == 1


@pytest.mark.parametrize(
    "change",
    [
        {"email_key": "Ann@Example.org"},
        {"session_version": 0},
        {"is_operator": True, "long_password": False},
    ],
)
async def test_the_table_refuses_an_account_that_cannot_be(
    database: Database, ground: IdentityGround, change: dict[str, object]
) -> None:
    await store(ground, a_user())

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(users).values(**change))


async def test_a_shop_of_nobody_is_a_bug_and_not_a_race(ground: IdentityGround) -> None:
    with pytest.raises(IntegrityError):
        await store(ground, a_seller())


@pytest.mark.parametrize("change", [{"status": "famous"}, {"slug": "Anns-Teas"}, {"slug": "ab"}, {"country": "DEU"}])
async def test_the_table_refuses_a_shop_that_cannot_be(
    database: Database, ground: IdentityGround, change: dict[str, object]
) -> None:
    await store(ground, a_user(), a_seller())

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(sellers).values(**change))


async def test_a_token_cannot_outlive_its_family_nor_share_its_number(
    database: Database, ground: IdentityGround
) -> None:
    await store(ground, a_user(), a_family())

    for row in (
        {"token_hash": "x", "family_id": "fam_none", "sequence": 1},
        {"token_hash": "x", "family_id": "fam_0001", "sequence": 1},
    ):
        with pytest.raises(IntegrityError):
            async with database.transaction() as opened:
                await opened.connection.run(insert(refresh_tokens).values(**row))
    async with ground.begin() as work:
        await work.families.trim(ANN, keep=0, now=NOW)

    left = await database.reader.row(select(func.count()).select_from(refresh_tokens))
    assert left is not None
    assert left[0] == 0


async def test_an_aggregate_survives_the_file_being_closed_and_opened(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    kept: list[dict[str, object]] = []
    for _ in range(2):
        async with open_database(path, clock=FrozenClock(), ids=CountingIds()) as database:
            metadata.create_all(database.engine, tables=TABLES)
            async with begin(database, SqlIdentityWork)() as work:
                if not kept:
                    await work.users.save(a_user(UserId("usr_0007"), "émile@example.org".replace("é", "e")))
                    await work.families.save(a_family(user_id=UserId("usr_0007")))
                family = await work.families.find(FamilyId("fam_0001"))
                assert family is not None
                kept.append(attrs.asdict(await work.users.get(UserId("usr_0007"))) | attrs.asdict(family))

    assert kept[0] == kept[1]
