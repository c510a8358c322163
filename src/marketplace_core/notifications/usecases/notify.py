"""Write a mail about something that happened."""

from datetime import datetime
from typing import ClassVar, Final, assert_never

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId, IdFactory, MailId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.domain import alarms, letters
from marketplace_core.notifications.domain.facts import Contact, OrderFacts, OrderPage
from marketplace_core.notifications.domain.letter import Letter
from marketplace_core.notifications.domain.mail import Mail
from marketplace_core.notifications.domain.occasions import (
    ABOUT_ACCOUNTS,
    AccountExists,
    CalledOff,
    ClaimAnswered,
    ClaimClosed,
    ClaimOver,
    ClaimRaised,
    DebtArose,
    NewOrder,
    NothingToSend,
    Occasion,
    OfDispute,
    OfOperators,
    OfRefund,
    OfShop,
    OrderConfirmation,
    PaidOut,
    PayoutReturned,
    RefundAsked,
    RefundRejected,
    RefundReturned,
    RefundSent,
    SellingStopped,
    SessionEnded,
    Shipped,
    ShopClosed,
    ToOne,
    Welcome,
)
from marketplace_core.notifications.domain.troubles import (
    BooksDiffer,
    DisputeDecided,
    DisputeOnShop,
    EventsAreStuck,
    EvidenceIsDue,
    HoldIsOverdue,
    MoneyStandsStill,
    PayoutWaits,
    RefundIsOwed,
    WebhookStopped,
)
from marketplace_core.notifications.ports import Contacts, NotificationsWork, OrderFactsSource, OrderPages

SEND: Final = "notifications.send"
"""The kind of deadline at which a mail is handed to the mailer."""


@frozen(kw_only=True)
class Notify(Command[None]):
    """Write to whom an occasion concerns."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    about: Occasion


@frozen(kw_only=True)
class NotifyHandler:
    """Write to whom an occasion concerns.

    - One fact makes one mail per template and person, however often the fact is told.
    - The mail is in the person's language, English if we do not speak theirs, and keeps the words it was written with.
    - A buyer gets one mail about the whole order; each seller gets one about their own part and sees nothing else.
    - A guest's confirmation carries a link that opens the order; an account signs in to read it.
    - What operators have to see to, every operator is told once.
    - A guest hears of orders only: there is no account to welcome or to protect.
    - Sending happens afterwards, so that no order waits for a mailer.
    """

    begin: Begin[NotificationsWork]
    contacts: Contacts
    orders: OrderFactsSource
    pages: OrderPages
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: Notify, by: Actor) -> None:
        """Carry it out. Raises ``NotFound`` when the person or the order does not exist."""
        match command.about:
            case (
                EvidenceIsDue()
                | MoneyStandsStill()
                | PayoutWaits()
                | RefundIsOwed()
                | EventsAreStuck()
                | BooksDiffer()
                | HoldIsOverdue() as about
            ):
                written = [(contact, self._for_operator(contact, about)) for contact in await self.contacts.operators()]
            case DisputeOnShop() | DisputeDecided() as about:
                contact = await self.contacts.seller(about.seller_id)
                written = [(contact, self._of_dispute(contact, about))]
            case WebhookStopped(seller_id=seller_id) as about:
                owners = (
                    await self.contacts.operators() if seller_id is None else [await self.contacts.seller(seller_id)]
                )
                written = [(contact, letters.webhook_stopped(contact, about)) for contact in owners]
            case about:
                written = [await self._written(about)]
        now = self.clock.now()
        async with self.begin() as work:
            for contact, letter in written:
                await self._write(work, command.about, contact, letter, now)

    async def _write(
        self, work: NotificationsWork, about: Occasion, contact: Contact, letter: Letter, now: datetime
    ) -> None:
        if contact.guest and about.template in ABOUT_ACCOUNTS:
            return
        if await work.mails.find(about.fact, about.template, contact.user_id) is not None:
            return
        mail = Mail.write(MailId(self.ids.new("mail")), about=about, contact=contact, letter=letter, now=now)
        await work.mails.save(mail)
        await work.deadlines.set(SEND, mail.mail_id, now)

    @staticmethod
    def _of_dispute(contact: Contact, about: OfDispute) -> Letter:
        match about:
            case DisputeOnShop():
                return letters.dispute_opened(contact, about)
            case DisputeDecided():
                return letters.dispute_decided(contact, about)

    @staticmethod
    def _for_operator(contact: Contact, about: OfOperators) -> Letter:
        match about:
            case EvidenceIsDue():
                return letters.evidence_due(contact, about)
            case MoneyStandsStill():
                return letters.money_stands_still(contact, about)
            case PayoutWaits():
                return letters.payout_stuck(contact, about)
            case RefundIsOwed():
                return letters.refund_owed(contact, about)
            case EventsAreStuck():
                return alarms.events_stuck(contact, about)
            case BooksDiffer():
                return alarms.books_differ(contact, about)
            case HoldIsOverdue():
                return alarms.hold_overdue(contact, about)

    async def _about_money(self, about: OfShop) -> tuple[Contact, Letter]:
        contact = await self.contacts.seller(about.seller_id)
        match about:
            case PaidOut():
                return contact, letters.paid_out(contact, about)
            case PayoutReturned():
                return contact, letters.payout_returned(contact, about)
            case RefundAsked():
                return contact, letters.refund_asked(contact, about)
            case ClaimRaised():
                return contact, letters.claim_raised(contact, about, self.pages.shops_claim(about.claim_id))
            case ClaimOver():
                return contact, letters.claim_over(contact, about, self.pages.shops_claim(about.claim_id))
            case DebtArose():
                return contact, letters.debt_arose(contact, about, self.pages.standing())
            case SellingStopped():
                return contact, letters.selling_stopped(contact, about, self.pages.standing())
            case NothingToSend():
                return contact, letters.nothing_to_send(contact, about)
            case ShopClosed():
                return contact, letters.shop_closed(contact)

    async def _about_refund(self, about: OfRefund) -> tuple[Contact, Letter]:
        order = await self.orders.order(about.order_id)
        contact = await self.contacts.user(order.buyer_id)
        page = self.pages.of(order, guest=contact.guest)
        match about:
            case RefundSent():
                return contact, letters.refund_sent(contact, about, page)
            case RefundRejected():
                return contact, letters.refund_rejected(contact, about, page)
            case RefundReturned():
                return contact, letters.refund_returned(contact, about)
            case ClaimAnswered():
                return contact, letters.claim_answered(contact, about, self._claim(about.claim_id, order, contact))
            case ClaimClosed():
                return contact, letters.claim_closed(contact, about, self._claim(about.claim_id, order, contact))
            case CalledOff():
                return contact, letters.called_off(contact, about, page)

    def _claim(self, claim_id: ClaimId, order: OrderFacts, contact: Contact) -> OrderPage:
        return self.pages.claim(claim_id, order, guest=contact.guest)

    async def _written(self, about: ToOne) -> tuple[Contact, Letter]:
        match about:
            case Welcome(user_id=user_id):
                contact = await self.contacts.user(user_id)
                return contact, letters.welcome(contact)
            case AccountExists(user_id=user_id):
                contact = await self.contacts.user(user_id)
                return contact, letters.registration_repeated(contact)
            case SessionEnded(user_id=user_id):
                contact = await self.contacts.user(user_id)
                return contact, letters.session_ended(contact)
            case OrderConfirmation(order_id=order_id):
                order = await self.orders.order(order_id)
                contact = await self.contacts.user(order.buyer_id)
                return contact, letters.order_confirmation(contact, order, self.pages.of(order, guest=contact.guest))
            case NewOrder(seller_order_id=seller_order_id, seller_id=seller_id):
                order = await self.orders.seller_order(seller_order_id)
                contact = await self.contacts.seller(seller_id)
                return contact, letters.new_order(contact, order.groups[0])
            case Shipped(seller_order_id=seller_order_id):
                order = await self.orders.seller_order(seller_order_id)
                contact = await self.contacts.user(order.buyer_id)
                return contact, letters.shipped(contact, order.groups[0], about)
            case (
                PaidOut()
                | PayoutReturned()
                | RefundAsked()
                | ClaimRaised()
                | ClaimOver()
                | DebtArose()
                | SellingStopped()
                | NothingToSend()
                | ShopClosed()
            ):
                return await self._about_money(about)
            case RefundSent() | RefundRejected() | RefundReturned() | ClaimAnswered() | ClaimClosed() | CalledOff():
                return await self._about_refund(about)
            case _:
                assert_never(about)
