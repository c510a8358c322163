"""Mails in memory, and a mailer that keeps what it is given."""

from collections.abc import Sequence
from typing import Final, final

import attrs
from attrs import define, field, frozen

from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate, NotFound
from marketplace_core.kernel.ids import ClaimId, MailId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.notifications.domain.errors import MailNotFound
from marketplace_core.notifications.domain.facts import Contact, OrderFacts, OrderPage
from marketplace_core.notifications.domain.mail import Mail, MailState
from marketplace_core.notifications.domain.suppression import Suppression, same
from marketplace_core.notifications.domain.templates import Template
from marketplace_core.notifications.ports import (
    Contacts,
    Mailer,
    Mails,
    NotificationsWork,
    OrderFactsSource,
    OrderPages,
    OutgoingMail,
    Suppressions,
)
from marketplace_core.notifications.queries import MAIL_ID_PREFIX, MailReader, MailSummary, MailView, SuppressionView

_TABLE: Final = "notifications_mails"
_SUPPRESSIONS: Final = "notifications_suppressions"


@final
@frozen
class InMemoryMails(Mails):
    """Mails in a table."""

    store: Store

    @property
    def _rows(self) -> Table[Mail]:
        return self.store.table(_TABLE)

    async def get(self, mail_id: MailId) -> Mail:
        """Look it up."""
        mail = self._rows.get(mail_id)
        if mail is None:
            raise MailNotFound
        return mail

    async def find(self, fact: str, template: Template, recipient: UserId) -> Mail | None:
        """Look through all."""
        found = self._rows.find(lambda mail: (mail.fact, mail.template, mail.recipient) == (fact, template, recipient))
        return found[0] if found else None

    async def save(self, mail: Mail) -> None:
        """Store it, unless another tells the same fact."""
        same = await self.find(mail.fact, mail.template, mail.recipient)
        if same is not None and same.mail_id != mail.mail_id:
            raise ConcurrentUpdate("Somebody else wrote this mail meanwhile.")
        self.store.save(self._rows, mail.mail_id, mail)


@final
@frozen
class InMemorySuppressions(Suppressions):
    """Addresses in a table."""

    store: Store

    @property
    def _rows(self) -> Table[Suppression]:
        return self.store.table(_SUPPRESSIONS)

    async def find(self, address: str) -> Suppression | None:
        """Look it up."""
        return self._rows.get(same(address))

    async def save(self, suppression: Suppression) -> None:
        """Store it."""
        self.store.save(self._rows, suppression.address, suppression)


@final
class InMemoryNotificationsWork(InMemoryWork, NotificationsWork):
    """The unit of work of notifications on the store."""

    @property
    def suppressions(self) -> InMemorySuppressions:
        """The addresses that nothing is sent to."""
        return InMemorySuppressions(self.store)

    @property
    def mails(self) -> InMemoryMails:
        """The mails."""
        return InMemoryMails(self.store)


@final
class InMemoryMailReader(MailReader):
    """Reads the same table."""

    def __init__(self, store: Store) -> None:
        self._mails: Table[Mail] = store.table(_TABLE)
        self._suppressions: Table[Suppression] = store.table(_SUPPRESSIONS)

    async def mail(self, mail_id: MailId) -> MailView | None:
        """Look it up."""
        mail = self._mails.get(mail_id)
        if mail is None:
            return None
        return MailView(
            mail_id=mail.mail_id,
            message_id=mail.message_id,
            fact=mail.fact,
            template=mail.template,
            template_version=mail.template_version,
            recipient=mail.recipient,
            address=mail.address,
            locale=mail.locale,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            state=mail.state,
            attempts=mail.attempts,
            queued_at=mail.queued_at,
            sent_at=mail.sent_at,
            last_error=mail.last_error,
        )

    async def mails(self, recipient: UserId | None, state: MailState | None, page: PageRequest) -> Page[MailSummary]:
        """Filter, sort, cut."""
        if page.cursor is not None and not page.cursor.startswith(MAIL_ID_PREFIX):
            raise InvalidCursor("This cursor was not made by this list.")
        wanted = [
            mail
            for mail in self._mails
            if recipient in {None, mail.recipient}
            and state in {None, mail.state}
            and (page.cursor is None or mail.mail_id < page.cursor)
        ]
        wanted.sort(key=lambda mail: mail.mail_id, reverse=True)
        items = tuple(_summary(mail) for mail in wanted[: page.limit])
        return Page(items=items, next_cursor=items[-1].mail_id if len(wanted) > page.limit else None)

    async def suppressions(self, page: PageRequest) -> Page[SuppressionView]:
        """Filter, sort, cut."""
        held = [each for each in self._suppressions if each.holds and each.address > (page.cursor or "")]
        held.sort(key=lambda each: each.address)
        items = tuple(
            SuppressionView(
                address=each.address, reason=each.reason, detail=each.detail, mail_id=each.mail_id, since=each.since
            )
            for each in held[: page.limit]
        )
        return Page(items=items, next_cursor=items[-1].address if len(held) > page.limit else None)


@final
@define
class InMemoryContacts(Contacts):
    """An address book that is filled by hand."""

    users: dict[UserId, Contact] = field(factory=dict)
    sellers: dict[SellerId, Contact] = field(factory=dict)
    operating: tuple[UserId, ...] = ()

    async def user(self, user_id: UserId) -> Contact:
        """Look it up."""
        if user_id not in self.users:
            raise NotFound("There is no such user.")
        return self.users[user_id]

    async def seller(self, seller_id: SellerId) -> Contact:
        """Look it up."""
        if seller_id not in self.sellers:
            raise NotFound("There is no such shop.")
        return self.sellers[seller_id]

    async def operators(self) -> Sequence[Contact]:
        """Look them up."""
        return [self.users[user_id] for user_id in self.operating]


@final
@define
class InMemoryOrderFacts(OrderFactsSource):
    """Orders that are filled in by hand."""

    orders: dict[OrderId, OrderFacts] = field(factory=dict)

    async def order(self, order_id: OrderId) -> OrderFacts:
        """Look it up."""
        if order_id not in self.orders:
            raise NotFound("There is no such order.")
        return self.orders[order_id]

    async def seller_order(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Cut the one group out of its order."""
        for facts in self.orders.values():
            for group in facts.groups:
                if group.seller_order_id == seller_order_id:
                    return attrs.evolve(facts, groups=(group,), total=group.total)
        raise NotFound("There is no such order.")


@final
@frozen
class InMemoryOrderPages(OrderPages):
    """Pages that nobody serves; a guest's address ends with the order's identifier once more, for a key."""

    def claim(self, claim_id: ClaimId, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Put the address together."""
        url = f"https://market.example/claims/{claim_id}"
        if not guest:
            return OrderPage(url=url)
        return OrderPage(url=f"{url}?order={order.order_id}&key=key-of-{order.order_id}", days=90)

    def shops_claim(self, claim_id: ClaimId) -> OrderPage:
        """Put the address together."""
        return OrderPage(url=f"https://market.example/studio/claims/{claim_id}")

    def standing(self) -> OrderPage:
        """Make an address up."""
        return OrderPage(url="https://market.example/studio/money/standing")

    def of(self, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Spell the address."""
        url = f"https://market.example/orders/{order.order_id}"
        return OrderPage(url=f"{url}?key=key-of-{order.order_id}", days=90) if guest else OrderPage(url=url)


@final
@define
class InMemoryMailer(Mailer):
    """Keeps every mail once, in ``delivered``. ``troubles`` are raised one per call before anything is delivered."""

    delivered: list[OutgoingMail] = field(factory=list)
    troubles: list[Exception] = field(factory=list)

    async def send(self, mail: OutgoingMail) -> None:
        """Keep it, unless it was kept before."""
        outside_transaction("mailer.send")
        if self.troubles:
            raise self.troubles.pop(0)
        if all(mail.message_id != other.message_id for other in self.delivered):
            self.delivered.append(mail)


def _summary(mail: Mail) -> MailSummary:
    return MailSummary(
        mail_id=mail.mail_id,
        template=mail.template,
        recipient=mail.recipient,
        address=mail.address,
        subject=mail.subject,
        state=mail.state,
        queued_at=mail.queued_at,
        sent_at=mail.sent_at,
    )
