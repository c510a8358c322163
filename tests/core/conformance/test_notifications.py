"""Notifications in memory pass the conformance classes of notifications."""

from collections.abc import Sequence

import pytest

from marketplace_core.bridges.identity_for_notifications import IdentityContacts
from marketplace_core.bridges.orders_for_notifications import OrdersFactsSource, OrdersPages
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.notifications import (
    InMemoryContacts,
    InMemoryMailer,
    InMemoryMailReader,
    InMemoryNotificationsWork,
    InMemoryOrderFacts,
    InMemoryOrderPages,
)
from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.ids import SellerId
from marketplace_core.notifications import GroupFacts, LineFacts, OrderFacts
from marketplace_core.notifications.ports import OutgoingMail
from marketplace_core.orders.ports import SignedOrderLinks
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.identity import a_guest, a_seller, a_user
from marketplace_core.testing.conformance.notifications import (
    ANN,
    BEN,
    GUS,
    TEAS,
    ContactsConformance,
    FactsGround,
    MailerConformance,
    MailerGround,
    MailGround,
    MailReaderConformance,
    MailsConformance,
    OrderFactsSourceConformance,
    OrderPagesConformance,
    a_group,
    an_order,
)
from marketplace_core.testing.conformance.orders import a_placed_order
from marketplace_core.testing.conformance.suppressions import SuppressionsConformance


def mail_ground() -> MailGround:
    store = Store(FrozenClock(), CountingIds())
    return MailGround(begin=store.begin(InMemoryNotificationsWork), reader=InMemoryMailReader(store))


class TestInMemoryMails(MailsConformance):
    @pytest.fixture
    def ground(self) -> MailGround:
        return mail_ground()


class TestInMemorySuppressions(SuppressionsConformance):
    @pytest.fixture
    def ground(self) -> MailGround:
        return mail_ground()


class TestInMemoryMailReader(MailReaderConformance):
    @pytest.fixture
    def ground(self) -> MailGround:
        return mail_ground()


class TestInMemoryContacts(ContactsConformance):
    @pytest.fixture
    def contacts(self) -> InMemoryContacts:
        return InMemoryContacts(
            users={each.user_id: each for each in (ANN, BEN, GUS)},
            sellers={SellerId("sel_0001"): TEAS},
            operating=(BEN.user_id,),
        )


class TestIdentityContacts(ContactsConformance):
    @pytest.fixture
    async def contacts(self) -> IdentityContacts:
        store = Store(FrozenClock(), CountingIds())
        async with store.begin(InMemoryIdentityWork)() as work:
            for contact in (ANN, BEN):
                user = a_user(contact.user_id, contact.email, contact.name)
                user.locale = contact.locale
                if contact is BEN:
                    user.grant(Role.OPERATOR)
                await work.users.save(user)
            guest = a_guest(GUS.user_id, GUS.email, GUS.name)
            guest.locale = GUS.locale
            await work.users.save(guest)
            shop = a_seller()
            shop.name = "Ann's Teas"
            await work.sellers.save(shop)
        return IdentityContacts(InMemoryIdentityReader(store))


class TestInMemoryOrderFacts(OrderFactsSourceConformance):
    @pytest.fixture
    def ground(self) -> FactsGround:
        order = an_order(a_group(1, "Ann's Teas", "Green tea"), a_group(2, "Cups & Co", "Cup", "Saucer"))
        return FactsGround(source=InMemoryOrderFacts(orders={order.order_id: order}), order=order)


class TestOrdersFactsSource(OrderFactsSourceConformance):
    @pytest.fixture
    async def ground(self) -> FactsGround:
        store = Store(FrozenClock(), CountingIds())
        order, parts = a_placed_order()
        async with store.begin(InMemoryOrdersWork)() as work:
            await work.orders.save(order)
            for part in parts:
                await work.seller_orders.save(part)
        told = OrderFacts(
            order_id=order.order_id,
            buyer_id=order.buyer_id,
            placed_at=order.placed_at,
            groups=tuple(
                GroupFacts(
                    seller_order_id=part.seller_order_id,
                    seller_id=part.seller_id,
                    seller_name=part.seller_name,
                    lines=tuple(
                        LineFacts(
                            title=line.title,
                            variant_title=line.variant_title,
                            quantity=line.quantity,
                            total=line.unit_price * line.quantity,
                        )
                        for line in part.lines
                    ),
                    delivery=part.delivery,
                    total=part.total,
                )
                for part in parts
            ),
            total=order.total,
        )
        return FactsGround(source=OrdersFactsSource(InMemoryOrdersReader(store)), order=told)


class TestInMemoryOrderPages(OrderPagesConformance):
    @pytest.fixture
    def pages(self) -> InMemoryOrderPages:
        return InMemoryOrderPages()


class TestOrdersPages(OrderPagesConformance):
    @pytest.fixture
    def pages(self) -> OrdersPages:
        return OrdersPages(links=SignedOrderLinks(b"a secret of the test"), base_url="https://market.example")


class TestInMemoryMailer(MailerConformance):
    @pytest.fixture
    def ground(self) -> MailerGround:
        mailer = InMemoryMailer()

        async def delivered() -> Sequence[OutgoingMail]:
            return mailer.delivered

        return MailerGround(mailer=mailer, delivered=delivered)
