"""What every store of mails, every address book, every source of order facts and every mailer must do."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate, NotFound
from marketplace_core.kernel.ids import ClaimId, MailId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.kernel.work import Begin, transaction_open
from marketplace_core.notifications.domain.errors import MailNotFound
from marketplace_core.notifications.domain.facts import Contact, GroupFacts, LineFacts, OrderFacts
from marketplace_core.notifications.domain.letters import welcome
from marketplace_core.notifications.domain.mail import Mail, MailState
from marketplace_core.notifications.domain.occasions import Welcome
from marketplace_core.notifications.domain.templates import Template
from marketplace_core.notifications.ports import (
    Contacts,
    Mailer,
    NotificationsWork,
    OrderFactsSource,
    OrderPages,
    OutgoingMail,
)
from marketplace_core.notifications.queries import MailReader

NOW = datetime(2026, 1, 1, 12, 30, 15, 250_000, tzinfo=UTC)
ANN = Contact(user_id=UserId("usr_0001"), email="Ann@example.org", name="Ann", locale="en")
BEN = Contact(user_id=UserId("usr_0002"), email="ben@example.org", name="Бен", locale="ru-RU")
GUS = Contact(user_id=UserId("usr_0003"), email="gus@example.org", name="Gus", locale="en", guest=True)
TEAS = attrs.evolve(ANN, shop_name="Ann's Teas")
CUPS = attrs.evolve(BEN, shop_name="Cups & Co")


def a_group(number: int, shop: str, *titles: str, delivery_minor: int = 490) -> GroupFacts:
    """Describe one seller's part: two of each title at 10.00."""
    lines = tuple(
        LineFacts(title=title, variant_title="Blue", quantity=2, total=Money(2_000, "EUR")) for title in titles
    )
    return GroupFacts(
        seller_order_id=SellerOrderId(f"sor_{number:04d}"),
        seller_id=SellerId(f"sel_{number:04d}"),
        seller_name=shop,
        lines=lines,
        delivery=Money(delivery_minor, "EUR"),
        total=Money(2_000 * len(lines) + delivery_minor, "EUR"),
    )


def an_order(*groups: GroupFacts) -> OrderFacts:
    """Describe an order of Ann's."""
    return OrderFacts(
        order_id=OrderId("ord_0001"),
        buyer_id=ANN.user_id,
        placed_at=NOW,
        groups=groups,
        total=Money(sum(group.total.amount_minor for group in groups), "EUR"),
    )


def a_mail(mail_id: str = "mail_0001", contact: Contact = ANN, now: datetime = NOW) -> Mail:
    """Write a welcome."""
    about = Welcome(user_id=contact.user_id)
    return Mail.write(MailId(mail_id), about=about, contact=contact, letter=welcome(contact), now=now)


@frozen(kw_only=True)
class MailGround:
    """One empty store of mails, to write and to read."""

    begin: Begin[NotificationsWork]
    reader: MailReader

    async def save(self, *mails: Mail) -> None:
        """Save each in one transaction."""
        async with self.begin() as work:
            for mail in mails:
                await work.mails.save(mail)


@pytest.mark.conformance
class MailsConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> MailGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_mail_is_not_found(self, ground: MailGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(MailNotFound):
                await work.mails.get(MailId("mail_none"))
            assert await work.mails.find("registered:usr_0001", Template.WELCOME, ANN.user_id) is None

    async def test_a_mail_comes_back_as_saved(self, ground: MailGround) -> None:
        mail = a_mail(contact=BEN)

        await ground.save(mail)

        async with ground.begin() as work:
            kept = await work.mails.get(mail.mail_id)
        assert attrs.asdict(kept) == attrs.asdict(mail)
        assert kept.message_id == mail.message_id

    async def test_a_mail_is_found_by_fact_template_and_recipient(self, ground: MailGround) -> None:
        mail = a_mail()
        await ground.save(mail)

        async with ground.begin() as work:
            found = await work.mails.find(mail.fact, Template.WELCOME, ANN.user_id)
            others = [
                await work.mails.find("registered:usr_9999", Template.WELCOME, ANN.user_id),
                await work.mails.find(mail.fact, Template.SHIPPED, ANN.user_id),
                await work.mails.find(mail.fact, Template.WELCOME, BEN.user_id),
            ]

        assert found is not None
        assert found.mail_id == mail.mail_id
        assert others == [None, None, None]

    async def test_one_fact_makes_one_mail_per_template_and_person(self, ground: MailGround) -> None:
        await ground.save(a_mail())

        with pytest.raises(ConcurrentUpdate):
            await ground.save(a_mail("mail_0002"))

        await ground.save(a_mail("mail_0003", BEN))

    async def test_what_became_of_a_mail_is_kept(self, ground: MailGround) -> None:
        await ground.save(a_mail(), a_mail("mail_0002", BEN))

        async with ground.begin() as work:
            sent, failing = await work.mails.get(MailId("mail_0001")), await work.mails.get(MailId("mail_0002"))
            sent.sent(NOW + timedelta(seconds=1))
            failing.attempt_failed("the mailer sleeps", NOW)
            await work.mails.save(sent)
            await work.mails.save(failing)

        async with ground.begin() as work:
            sent, failing = await work.mails.get(MailId("mail_0001")), await work.mails.get(MailId("mail_0002"))
        assert (sent.state, sent.attempts, sent.sent_at) == (MailState.SENT, 1, NOW + timedelta(seconds=1))
        assert (failing.state, failing.attempts, failing.last_error) == (MailState.QUEUED, 1, "the mailer sleeps")

    async def test_the_second_of_two_changes_to_one_reading_fails(self, ground: MailGround) -> None:
        await ground.save(a_mail())
        async with ground.begin() as work:
            one, other = await work.mails.get(MailId("mail_0001")), await work.mails.get(MailId("mail_0001"))
        await ground.save(one)

        with pytest.raises(ConcurrentUpdate):
            await ground.save(other)


@pytest.mark.conformance
class MailReaderConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> MailGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_empty_store_has_no_mail(self, ground: MailGround) -> None:
        assert await ground.reader.mail(MailId("mail_none")) is None
        assert (await ground.reader.mails(None, None, PageRequest())).items == ()

    async def test_a_mail_is_shown_with_its_contents(self, ground: MailGround) -> None:
        mail = a_mail()
        await ground.save(mail)

        view = await ground.reader.mail(mail.mail_id)

        assert view is not None
        shown = {name: getattr(view, name) for name in (field.name for field in attrs.fields(type(view)))}
        assert shown == {name: getattr(mail, name) for name in shown}

    async def test_lists_page_newest_first_and_filter(self, ground: MailGround) -> None:
        for number in range(1, 6):
            mail = a_mail(f"mail_000{number}", attrs.evolve(ANN, user_id=UserId(f"usr_000{number % 2}{number}")))
            if number == 4:
                mail.sent(NOW)
            await ground.save(mail)

        first = await ground.reader.mails(None, MailState.QUEUED, PageRequest(limit=3))
        second = await ground.reader.mails(None, MailState.QUEUED, PageRequest(limit=3, cursor=first.next_cursor))
        own = await ground.reader.mails(UserId("usr_00004"), None, PageRequest(limit=1))

        assert [mail.mail_id[-1] for mail in first.items] == ["5", "3", "2"]
        assert ([mail.mail_id[-1] for mail in second.items], second.next_cursor) == (["1"], None)
        assert ([mail.state for mail in own.items], own.next_cursor) == ([MailState.SENT], None)
        assert (own.items[0].template, own.items[0].address, own.items[0].queued_at, own.items[0].sent_at) == (
            Template.WELCOME,
            "Ann@example.org",
            NOW,
            NOW,
        )

    async def test_a_foreign_cursor_is_refused(self, ground: MailGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.mails(None, None, PageRequest(cursor="usr_0001"))


@pytest.mark.conformance
class ContactsConformance:
    """Override ``contacts``: Ann has a shop, Ben has none and is an operator, Gus is a guest."""

    @pytest.fixture
    def contacts(self) -> Contacts:
        """Return a book with ``ANN``, ``BEN``, ``GUS``, and the shop ``sel_0001`` that is ``TEAS``."""
        raise NotImplementedError

    async def test_a_user_and_a_shop_are_known_with_address_and_language(self, contacts: Contacts) -> None:
        assert await contacts.user(ANN.user_id) == ANN
        assert await contacts.user(BEN.user_id) == BEN
        assert await contacts.user(GUS.user_id) == GUS
        assert await contacts.seller(SellerId("sel_0001")) == TEAS

    async def test_operators_are_known_and_nobody_else_is_one(self, contacts: Contacts) -> None:
        assert list(await contacts.operators()) == [BEN]

    async def test_nobody_else_is_known(self, contacts: Contacts) -> None:
        with pytest.raises(NotFound):
            await contacts.user(UserId("usr_none"))
        with pytest.raises(NotFound):
            await contacts.seller(SellerId("sel_none"))


@frozen(kw_only=True)
class FactsGround:
    """A source and an order of two sellers in it, in the source's own amounts and titles."""

    source: OrderFactsSource
    order: OrderFacts


@pytest.mark.conformance
class OrderFactsSourceConformance:
    """Override ``ground`` with a source that knows one order of two sellers."""

    @pytest.fixture
    def ground(self) -> FactsGround:
        """Return the source, and the order as it should be told."""
        raise NotImplementedError

    async def test_a_buyer_is_told_the_whole_order(self, ground: FactsGround) -> None:
        assert await ground.source.order(ground.order.order_id) == ground.order

    async def test_a_seller_is_told_their_own_part_and_its_total_only(self, ground: FactsGround) -> None:
        for group in ground.order.groups:
            told = await ground.source.seller_order(group.seller_order_id)

            assert told == attrs.evolve(ground.order, groups=(group,), total=group.total)

    async def test_an_unknown_order_is_not_found(self, ground: FactsGround) -> None:
        with pytest.raises(NotFound):
            await ground.source.order(OrderId("ord_none"))
        with pytest.raises(NotFound):
            await ground.source.seller_order(SellerOrderId("sor_none"))


@pytest.mark.conformance
class OrderPagesConformance:
    """Override ``pages``."""

    @pytest.fixture
    def pages(self) -> OrderPages:
        """Return the port."""
        raise NotImplementedError

    def test_every_order_has_a_page_of_its_own_that_takes_signing_in(self, pages: OrderPages) -> None:
        one, other = an_order(), attrs.evolve(an_order(), order_id=OrderId("ord_0002"))

        page = pages.of(one, guest=False)

        assert page.url.endswith("/orders/ord_0001")
        assert page.days is None
        assert pages.of(other, guest=False).url.endswith("/orders/ord_0002")

    def test_a_guests_page_carries_a_key_to_this_order_for_some_days(self, pages: OrderPages) -> None:
        one, other = an_order(), attrs.evolve(an_order(), order_id=OrderId("ord_0002"))

        page = pages.of(one, guest=True)
        address, _, key = page.url.partition("?key=")

        assert address == pages.of(one, guest=False).url
        assert key
        assert key not in pages.of(other, guest=True).url
        assert page.days
        assert key not in repr(page)
        assert pages.of(one, guest=True) == page

    def test_a_claim_has_a_page_for_its_buyer_and_one_for_the_shop(self, pages: OrderPages) -> None:
        claim_id, order = ClaimId("clm_0001"), an_order()

        own, guests, shops = (
            pages.claim(claim_id, order, guest=False),
            pages.claim(claim_id, order, guest=True),
            pages.shops_claim(claim_id),
        )
        address, _, question = guests.url.partition("?")
        key = pages.of(order, guest=True).url.partition("?key=")[2]

        assert own.url.endswith("/claims/clm_0001")
        assert shops.url.endswith("/studio/claims/clm_0001")
        assert (own.days, shops.days, bool(guests.days)) == (None, None, True)
        assert (address, question) == (own.url, f"order=ord_0001&key={key}")
        assert key not in repr(guests)

    def test_a_shop_has_a_page_about_its_standing(self, pages: OrderPages) -> None:
        assert pages.standing().url.endswith("/studio/money/standing")


@frozen(kw_only=True)
class MailerGround:
    """A mailer, and a way to look at what it delivered."""

    mailer: Mailer
    delivered: Callable[[], Awaitable[Sequence[OutgoingMail]]]


@pytest.mark.conformance
class MailerConformance:
    """Override ``ground`` with a mailer that has delivered nothing yet."""

    @pytest.fixture
    def ground(self) -> MailerGround:
        """Return a fresh mailer."""
        raise NotImplementedError

    @pytest.fixture
    def mail(self) -> OutgoingMail:
        """Return something to send."""
        return OutgoingMail(
            message_id="mail_0001@marketplace",
            address="ann@example.org",
            locale="ru",
            subject="Заказ ord_0001 подтверждён — €1,234.50",
            text="Здравствуйте, Анна!\n\n2 × Чай\n.\nFrom here on\n",
            html="<p>Здравствуйте, <b>Анна</b>!</p>\n",
        )

    async def test_a_mail_arrives_as_it_was_written(self, ground: MailerGround, mail: OutgoingMail) -> None:
        await ground.mailer.send(mail)

        assert list(await ground.delivered()) == [mail]

    async def test_the_same_mail_sent_again_is_delivered_once(self, ground: MailerGround, mail: OutgoingMail) -> None:
        await ground.mailer.send(mail)
        await ground.mailer.send(mail)
        await ground.mailer.send(attrs.evolve(mail, text="Something else.\n"))

        assert list(await ground.delivered()) == [mail]

    async def test_mails_with_equal_words_are_two_mails(self, ground: MailerGround, mail: OutgoingMail) -> None:
        await ground.mailer.send(mail)
        await ground.mailer.send(attrs.evolve(mail, message_id="mail_0002@marketplace"))

        assert sorted(each.message_id for each in await ground.delivered()) == [
            "mail_0001@marketplace",
            "mail_0002@marketplace",
        ]

    async def test_sending_inside_a_transaction_is_a_loud_mistake(
        self, ground: MailerGround, mail: OutgoingMail
    ) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await ground.mailer.send(mail)

        assert list(await ground.delivered()) == []
