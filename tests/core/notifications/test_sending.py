"""One fact, one mail, whatever happens (NOTE-2, NOTE-5)."""

import asyncio
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from attrs import define

from marketplace_core.inmemory.notifications import InMemoryMailer
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn, Unavailable
from marketplace_core.kernel.ids import MailId, OrderId, PayoutId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.notifications import (
    AccountExists,
    ListMails,
    ListOwnMails,
    MailNotFailed,
    MailNotFound,
    MailRefused,
    MailState,
    NewOrder,
    Notify,
    Occasion,
    OrderConfirmation,
    PaidOut,
    RetryMail,
    SendMail,
    SessionEnded,
    Shipped,
    ViewMail,
    Welcome,
)
from marketplace_core.notifications.domain.mail import ATTEMPTS_MAX
from marketplace_core.notifications.ports import Mailer, OutgoingMail
from marketplace_core.testing.conformance.notifications import ANN, BEN, GUS, TEAS
from tests.core.notifications.examples import ASKED, BACK, BOUNCED, DISPUTED, DUE, OWED, REJECTED, SENT, STUCK, WON
from tests.core.notifications.post_office import OPERATOR, PostOffice, open_post_office

MAIL = MailId("mail_0001")
WELCOME = Welcome(user_id=ANN.user_id)
TEAS_ORDER = NewOrder(seller_order_id=SellerOrderId("sor_0001"), seller_id=SellerId("sel_0001"))
CUPS_ORDER = NewOrder(seller_order_id=SellerOrderId("sor_0002"), seller_id=SellerId("sel_0002"))


def paid(attempt: int) -> PaidOut:
    return PaidOut(payout_id=PayoutId("pyt_1"), seller_id=SellerId("sel_0001"), amount=Money(1, "EUR"), attempt=attempt)


async def test_a_payout_that_came_back_and_is_paid_again_is_told_again(office: PostOffice) -> None:
    for about in (paid(1), BACK, paid(2), paid(2)):
        await office.notify(about)

    assert [mail.template.value for mail in reversed(await office.mails())] == [
        "paid_out",
        "payout_returned",
        "paid_out",
    ]


async def test_a_refund_is_told_to_the_guest_who_bought_with_a_link_to_the_order(office: PostOffice) -> None:
    await office.notify(attrs.evolve(SENT, order_id=OrderId("ord_0002")))
    await office.dispatcher.settle()

    (sent,) = office.mailer.delivered
    assert (sent.address, "?key=key-of-ord_0002" in sent.text) == (GUS.email, True)


@define
class PowerCut(Mailer):
    """Delivers, and the first time nobody hears of it."""

    carrier: InMemoryMailer
    cuts: int = 1

    async def send(self, mail: OutgoingMail) -> None:
        await self.carrier.send(mail)
        if self.cuts:
            self.cuts -= 1
            raise RuntimeError("power cut")


def as_user(user_id: UserId) -> Actor:
    return Actor(principal=user_id, roles=frozenset({Role.BUYER}), user_id=user_id)


@pytest.mark.parametrize(
    "about",
    [
        Welcome(user_id=UserId("usr_none")),
        OrderConfirmation(order_id=OrderId("ord_none")),
        NewOrder(seller_order_id=SellerOrderId("sor_none"), seller_id=SellerId("sel_0001")),
        PaidOut(payout_id=PayoutId("pyt_1"), seller_id=SellerId("sel_none"), amount=Money(1, "EUR"), attempt=1),
    ],
)
async def test_nothing_is_written_about_what_does_not_exist(office: PostOffice, about: Occasion) -> None:
    with pytest.raises(NotFound):
        await office.notify(about)

    assert await office.mails() == ()


@pytest.mark.parametrize(
    "about",
    [
        Welcome(user_id=GUS.user_id),
        AccountExists(user_id=GUS.user_id, attempted_at=datetime(2026, 1, 1, tzinfo=UTC)),
        SessionEnded(user_id=GUS.user_id, session_id="fam_1"),
    ],
)
async def test_a_guest_hears_nothing_about_an_account(office: PostOffice, about: Occasion) -> None:
    await office.notify(about)

    assert await office.mails() == ()


@pytest.mark.parametrize(
    ("order_id", "said", "not_said"),
    [
        (OrderId("ord_0001"), "https://market.example/orders/ord_0001\n", "?key="),
        (OrderId("ord_0002"), "https://market.example/orders/ord_0002?key=key-of-ord_0002\n", "ord_0001"),
    ],
)
async def test_a_confirmation_links_an_account_to_signing_in_and_a_guest_to_the_order(
    office: PostOffice, order_id: OrderId, said: str, not_said: str
) -> None:
    await office.notify(OrderConfirmation(order_id=order_id))
    await office.dispatcher.settle()

    (sent,) = office.mailer.delivered
    assert said in sent.text
    assert not_said not in sent.text


async def test_only_the_system_writes_mails(office: PostOffice) -> None:
    with pytest.raises(NotAllowed):
        await office.market.execute(Notify(about=WELCOME), by=OPERATOR)
    with pytest.raises(NotSignedIn):
        await office.market.execute(SendMail(mail_id=MAIL), by=ANONYMOUS)


async def test_a_mail_is_queued_first_and_sent_afterwards(office: PostOffice) -> None:
    await office.notify(WELCOME)
    assert office.mailer.delivered == []

    await office.dispatcher.settle()

    (sent,) = office.mailer.delivered
    view = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (sent.address, sent.subject, sent.text, sent.html) == (view.address, view.subject, view.text, view.html)
    assert (sent.message_id, view.message_id) == ("mail_0001@marketplace", "mail_0001@marketplace")
    assert (view.state, view.attempts, view.sent_at) == (MailState.SENT, 1, office.clock.now())
    assert (view.template_version, view.fact, view.recipient) == (1, "registered:usr_0001", ANN.user_id)


@pytest.mark.parametrize(
    "about",
    [
        WELCOME,
        AccountExists(user_id=ANN.user_id, attempted_at=datetime(2026, 1, 1, tzinfo=UTC)),
        SessionEnded(user_id=ANN.user_id, session_id="fam_1"),
        OrderConfirmation(order_id=OrderId("ord_0001")),
        TEAS_ORDER,
        Shipped(seller_order_id=SellerOrderId("sor_0001"), carrier="DHL", tracking="42"),
        PaidOut(payout_id=PayoutId("pyt_1"), seller_id=SellerId("sel_0001"), amount=Money(1, "EUR"), attempt=1),
        BACK,
        ASKED,
        SENT,
        REJECTED,
        BOUNCED,
    ],
)
async def test_one_fact_makes_one_mail_however_often_it_is_told(office: PostOffice, about: Occasion) -> None:
    await asyncio.gather(*(office.notify(about) for _ in range(5)))
    await office.dispatcher.settle()
    await office.notify(about)
    await office.dispatcher.settle()

    assert len(await office.mails()) == 1
    assert [mail.address for mail in office.mailer.delivered] == [ANN.email]


@pytest.mark.parametrize("about", [DUE, STUCK, OWED])
async def test_every_operator_is_told_once_what_waits_for_them(office: PostOffice, about: Occasion) -> None:
    for _ in range(3):
        await office.notify(about)
    await office.dispatcher.settle()

    assert sorted(mail.address for mail in office.mailer.delivered) == sorted([ANN.email, BEN.email])
    assert {mail.template for mail in await office.mails()} == {about.template}


@pytest.mark.parametrize("about", [DISPUTED, WON, attrs.evolve(WON, won=False)])
async def test_a_shop_is_told_of_a_dispute_once(office: PostOffice, about: Occasion) -> None:
    for _ in range(3):
        await office.notify(about)
    await office.dispatcher.settle()

    assert [mail.address for mail in office.mailer.delivered] == [TEAS.email]


async def test_what_was_lost_and_is_won_after_all_is_told_twice(office: PostOffice) -> None:
    for won in (False, True, True, False):
        await office.notify(attrs.evolve(WON, won=won))

    assert len(await office.mails()) == 2


async def test_repeated_registrations_make_one_mail_a_day(office: PostOffice) -> None:
    for hour in (0, 12, 23, 24, 47):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        await office.notify(AccountExists(user_id=ANN.user_id, attempted_at=at))

    assert len(await office.mails()) == 2


async def test_a_mailer_that_is_down_is_asked_again_later(office: PostOffice) -> None:
    office.mailer.troubles = [Unavailable("asleep"), Unavailable("still asleep")]
    await office.notify(WELCOME)

    await office.dispatcher.settle()
    queued = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    office.clock.advance(timedelta(seconds=30))
    await office.dispatcher.settle()
    office.clock.advance(timedelta(seconds=120))
    await office.dispatcher.settle()

    sent = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (queued.state, queued.attempts, queued.last_error) == (MailState.QUEUED, 1, "asleep")
    assert (sent.state, sent.attempts, sent.last_error) == (MailState.SENT, 3, None)
    assert len(office.mailer.delivered) == 1


async def test_after_the_last_attempt_a_mail_has_failed_and_rests(office: PostOffice) -> None:
    office.mailer.troubles = [Unavailable("asleep") for _ in range(100)]
    await office.notify(WELCOME)

    for _ in range(ATTEMPTS_MAX + 3):
        await office.dispatcher.settle()
        office.clock.advance(timedelta(days=1))

    view = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (view.state, view.attempts) == (MailState.FAILED, ATTEMPTS_MAX)
    assert len(office.mailer.troubles) == 100 - ATTEMPTS_MAX


async def test_a_mail_that_is_sent_again_gets_all_its_attempts(office: PostOffice) -> None:
    office.mailer.troubles = [Unavailable("asleep") for _ in range(ATTEMPTS_MAX + 1)]
    await office.notify(WELCOME)
    for _ in range(ATTEMPTS_MAX):
        await office.dispatcher.settle()
        office.clock.advance(timedelta(days=1))

    await office.market.execute(RetryMail(mail_id=MAIL), by=OPERATOR)
    await office.dispatcher.settle()

    view = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (view.state, view.attempts) == (MailState.QUEUED, 1)
    office.clock.advance(timedelta(days=1))
    await office.dispatcher.settle()
    assert len(office.mailer.delivered) == 1


@pytest.mark.parametrize("trouble", [MailRefused("no such address"), Unavailable("cut off", ambiguous=True)])
async def test_a_refused_or_perhaps_delivered_mail_is_not_sent_again_by_itself(
    office: PostOffice, trouble: Exception
) -> None:
    office.mailer.troubles = [trouble]
    await office.notify(WELCOME)

    for _ in range(3):
        await office.dispatcher.settle()
        office.clock.advance(timedelta(days=1))

    view = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (view.state, view.attempts, view.last_error) == (MailState.FAILED, 1, str(trouble))
    assert office.mailer.delivered == []


async def test_an_operator_sends_a_failed_mail_again_under_its_own_name(office: PostOffice) -> None:
    office.mailer.troubles = [MailRefused("no such address")]
    await office.notify(WELCOME)
    await office.dispatcher.settle()

    with pytest.raises(NotAllowed):
        await office.market.execute(RetryMail(mail_id=MAIL), by=as_user(ANN.user_id))
    await office.market.execute(RetryMail(mail_id=MAIL), by=OPERATOR)
    await office.dispatcher.settle()

    assert [mail.message_id for mail in office.mailer.delivered] == ["mail_0001@marketplace"]
    with pytest.raises(MailNotFailed):
        await office.market.execute(RetryMail(mail_id=MAIL), by=OPERATOR)
    with pytest.raises(MailNotFound):
        await office.market.execute(RetryMail(mail_id=MailId("mail_none")), by=OPERATOR)


async def test_a_crash_between_sending_and_noting_it_delivers_once() -> None:
    carrier = InMemoryMailer()
    office = open_post_office(PowerCut(carrier))
    await office.notify(WELCOME)

    await office.dispatcher.settle()
    before = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    office.clock.advance(timedelta(minutes=10))
    await office.dispatcher.settle()

    after = await office.market.ask(ViewMail(mail_id=MAIL), by=OPERATOR)
    assert (before.state, after.state) == (MailState.QUEUED, MailState.SENT)
    assert len(carrier.delivered) == 1


async def test_one_buyer_mail_and_one_mail_per_seller_without_the_others_data(office: PostOffice) -> None:
    for about in (OrderConfirmation(order_id=OrderId("ord_0001")), TEAS_ORDER, CUPS_ORDER):
        await office.notify(about)

    await office.dispatcher.settle()

    buyer, teas, cups = office.mailer.delivered
    assert [mail.address for mail in (buyer, teas, cups)] == [ANN.email, ANN.email, BEN.email]
    for words in ("Green tea", "Cup", "Cups & Co", "€64.90"):
        assert words in buyer.text
    for words in ("Cup", "64.90", "64,90", "ord_0001", "sor_0002", "sel_0002", "Ann's Teas"):
        assert words not in teas.subject + teas.text + teas.html
    for words in ("tea", "64.90", "64,90", "ord_0001", "sor_0001", "sel_0001", "Ann"):
        assert words not in cups.subject + cups.text + cups.html


async def test_people_see_their_own_mails_and_operators_all(office: PostOffice) -> None:
    await office.notify(WELCOME)
    await office.notify(Welcome(user_id=BEN.user_id))

    own = await office.market.ask(ListOwnMails(), by=as_user(BEN.user_id))
    every = await office.market.ask(ListMails(state=MailState.QUEUED), by=OPERATOR)
    anns = await office.market.ask(ListMails(recipient=ANN.user_id), by=OPERATOR)

    assert [mail.recipient for mail in own.items] == [BEN.user_id]
    assert [mail.recipient for mail in every.items] == [BEN.user_id, ANN.user_id]
    assert [mail.recipient for mail in anns.items] == [ANN.user_id]
    assert (await office.market.ask(ViewMail(mail_id=MAIL), by=as_user(ANN.user_id))).address == ANN.email
    for mail_id in (MAIL, MailId("mail_none")):
        with pytest.raises(MailNotFound):
            await office.market.ask(ViewMail(mail_id=mail_id), by=as_user(BEN.user_id))
    with pytest.raises(NotAllowed):
        await office.market.ask(ListMails(), by=as_user(BEN.user_id))
    with pytest.raises(NotSignedIn):
        await office.market.ask(ListOwnMails(), by=SYSTEM)
