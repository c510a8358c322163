"""Mails on a real SQLite file."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.engine import Database, counted
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.notifications import SqlMailReader, SqlNotificationsWork
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages
from marketplace_adapters.sqlalchemy.tables import machinery
from marketplace_adapters.sqlalchemy.tables.notifications import mails, suppressions
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.app import Marketplace
from marketplace_core.inmemory.notifications import (
    InMemoryContacts,
    InMemoryMailer,
    InMemoryOrderFacts,
    InMemoryOrderPages,
)
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.notifications import MailState, Notify, Welcome, answers, handlers
from marketplace_core.notifications.handlers import TIMERS
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.conformance.notifications import (
    ANN,
    MailGround,
    MailReaderConformance,
    MailsConformance,
    a_mail,
)
from marketplace_core.testing.conformance.suppressions import SuppressionsConformance
from marketplace_core.testing.queues import all_begun

TABLES = [mails, suppressions, machinery.outbox, machinery.consumed_messages, machinery.deadlines]


@pytest.fixture
def ground(database: Database) -> MailGround:
    return MailGround(begin=begin(database, SqlNotificationsWork), reader=SqlMailReader(database))


class TestSqlMails(MailsConformance):
    @pytest.fixture
    def ground(self, ground: MailGround) -> MailGround:
        return ground


class TestSqlSuppressions(SuppressionsConformance):
    @pytest.fixture
    def ground(self, ground: MailGround) -> MailGround:
        return ground


class TestSqlMailReader(MailReaderConformance):
    @pytest.fixture
    def ground(self, ground: MailGround) -> MailGround:
        return ground


async def test_a_fact_told_ten_times_at_once_is_one_row_one_deadline_and_one_mail(database: Database) -> None:
    mailer = InMemoryMailer()
    market = Marketplace(
        handlers=[
            handlers(
                begin=begin(database, SqlNotificationsWork),
                contacts=InMemoryContacts(users={ANN.user_id: ANN}),
                orders=InMemoryOrderFacts(),
                pages=InMemoryOrderPages(),
                mailer=mailer,
                clock=database.clock,
                ids=database.ids,
            )
        ],
        answers=[answers(reader=SqlMailReader(database))],
        reactions=(),
        timers=(TIMERS,),
        reconciliations=(),
        pipeline=Pipeline(
            clock=database.clock, keys=SqlIdempotencyKeys(database), consumed=SqlConsumedMessages(database)
        ),
    )
    notify = Notify(about=Welcome(user_id=ANN.user_id))

    await asyncio.gather(*(market.execute(notify, by=SYSTEM) for _ in range(10)))
    due = [begun.item for begun in await all_begun(SqlDueDeadlines(database), database.clock.now())]
    for deadline in due:
        await market.fire(deadline)
        await market.fire(deadline)

    (row,) = await database.reader.rows(select(mails.c.mail_id, mails.c.state, mails.c.attempts))
    assert [deadline.subject for deadline in due] == [row.mail_id]
    assert (row.state, row.attempts) == ("sent", 1)
    assert len(mailer.delivered) == 1


async def test_every_answer_is_one_statement_and_lists_carry_no_contents(ground: MailGround) -> None:
    await ground.save(a_mail())

    with counted() as count:
        await ground.reader.mail(MailId("mail_0001"))
        await ground.reader.mails(ANN.user_id, MailState.QUEUED, PageRequest(cursor="mail_9999"))
        await ground.reader.suppressions(PageRequest(cursor="a"))

    assert count.statements == 3


@pytest.mark.parametrize("change", [{"state": "lost"}, {"state": "sent"}, {"attempts": -1}, {"fact": None}])
async def test_the_table_refuses_a_mail_that_cannot_be(
    database: Database, ground: MailGround, change: dict[str, object]
) -> None:
    await ground.save(a_mail())

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(mails).values(**change))
