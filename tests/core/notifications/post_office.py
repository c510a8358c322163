"""Notifications alone behind the one door, in memory, at a moment that stands still."""

import attrs
from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.notifications import (
    InMemoryContacts,
    InMemoryMailer,
    InMemoryMailReader,
    InMemoryNotificationsWork,
    InMemoryOrderFacts,
    InMemoryOrderPages,
)
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OrderId, SellerId, UserId
from marketplace_core.notifications import MailSummary, Notify, Occasion
from marketplace_core.notifications.handlers import TIMERS, answers, handlers
from marketplace_core.notifications.ports import Mailer
from marketplace_core.notifications.queries import ListMails
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.notifications import ANN, BEN, CUPS, GUS, TEAS, a_group, an_order

OPERATOR = Actor(principal="operator", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_operator"))
ORDER = an_order(
    a_group(1, "Ann's Teas", "Green tea", "Oolong <b>tea</b>"), a_group(2, "Cups & Co", "Cup", delivery_minor=0)
)

GUEST_ORDER = attrs.evolve(
    an_order(a_group(3, "Cups & Co", "Bowl")), order_id=OrderId("ord_0002"), buyer_id=GUS.user_id
)


@frozen(kw_only=True)
class PostOffice:
    """What the tests need."""

    market: Marketplace
    dispatcher: Dispatcher
    clock: FrozenClock
    mailer: InMemoryMailer

    async def notify(self, about: Occasion) -> None:
        await self.market.execute(Notify(about=about), by=SYSTEM)

    async def mails(self) -> tuple[MailSummary, ...]:
        return (await self.market.ask(ListMails(), by=OPERATOR)).items


def open_post_office(carrier: Mailer | None = None) -> PostOffice:
    """Wire notifications over an empty store, with Ann, Ben, their shops and an order of both."""
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    mailer = InMemoryMailer()
    market = Marketplace(
        handlers=[
            handlers(
                begin=store.begin(InMemoryNotificationsWork),
                contacts=InMemoryContacts(
                    users={each.user_id: each for each in (ANN, BEN, GUS)},
                    sellers={SellerId("sel_0001"): TEAS, SellerId("sel_0002"): CUPS},
                    operating=(ANN.user_id, BEN.user_id),
                ),
                orders=InMemoryOrderFacts(orders={each.order_id: each for each in (ORDER, GUEST_ORDER)}),
                pages=InMemoryOrderPages(),
                mailer=carrier or mailer,
                clock=clock,
                ids=ids,
            )
        ],
        answers=[answers(reader=InMemoryMailReader(store))],
        reactions=(),
        timers=(TIMERS,),
        reconciliations=(),
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    dispatcher = Dispatcher(
        market=market,
        clock=clock,
        outbox=InMemoryOutbox(store),
        inbox=InMemoryInbox(store),
        deadlines=InMemoryDueDeadlines(store),
        publisher=ReactingPublisher(market),
    )
    return PostOffice(market=market, dispatcher=dispatcher, clock=clock, mailer=mailer)
