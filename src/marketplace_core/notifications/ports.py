"""What notifications need from outside: unit of work, people, facts, and somebody who carries mails."""

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.ids import ClaimId, MailId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.notifications.domain.facts import Contact, OrderFacts, OrderPage
from marketplace_core.notifications.domain.mail import Mail
from marketplace_core.notifications.domain.suppression import Suppression
from marketplace_core.notifications.domain.templates import Template


class Mails(Protocol):
    """The mails, one per fact, template and recipient."""

    async def get(self, mail_id: MailId) -> Mail:
        """Return the mail. Raises ``MailNotFound``."""
        ...

    async def find(self, fact: str, template: Template, recipient: UserId) -> Mail | None:
        """Return the mail that tells this fact to this person; None if it was never written."""
        ...

    async def save(self, mail: Mail) -> None:
        """Store it.

        Raises ``ConcurrentUpdate`` if it changed meanwhile, or if somebody else wrote the same mail first.
        """
        ...


class Suppressions(Protocol):
    """Addresses that nothing is sent to, and those that nothing was sent to once."""

    async def find(self, address: str) -> Suppression | None:
        """Return what is known of an address, however it is written; None if nothing. Raises ``MalformedAddress``."""
        ...

    async def save(self, suppression: Suppression) -> None:
        """Store it. Raises ``ConcurrentUpdate`` if it changed meanwhile, or somebody else began it first."""
        ...


class NotificationsWork(UnitOfWork, Protocol):
    """What notifications change together."""

    @property
    def suppressions(self) -> Suppressions:
        """The addresses that nothing is sent to."""
        ...

    @property
    def mails(self) -> Mails:
        """The mails."""
        ...


class Contacts(Protocol):
    """Knows how to write to people."""

    async def user(self, user_id: UserId) -> Contact:
        """Return how to write to a user. Raises ``NotFound``."""
        ...

    async def seller(self, seller_id: SellerId) -> Contact:
        """Return how to write to the owner of a shop, with the shop's name. Raises ``NotFound``."""
        ...

    async def operators(self) -> Sequence[Contact]:
        """Return how to write to the operators, a hundred of them at most."""
        ...


class OrderFactsSource(Protocol):
    """Knows what was ordered."""

    async def order(self, order_id: OrderId) -> OrderFacts:
        """Return the whole order, for its buyer. Raises ``NotFound``."""
        ...

    async def seller_order(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Return one seller's part as an order of exactly one group. Raises ``NotFound``."""
        ...


class OrderPages(Protocol):
    """Knows where orders are read."""

    def of(self, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Return the page of an order, for a guest with all it takes to open it without signing in. Never fails."""
        ...

    def claim(self, claim_id: ClaimId, order: OrderFacts, *, guest: bool) -> OrderPage:
        """Return the page of a buyer's claim; a guest who opens it elsewhere gets to the order by it. Never fails."""
        ...

    def shops_claim(self, claim_id: ClaimId) -> OrderPage:
        """Return the page on which a shop answers a claim. Never fails."""
        ...

    def standing(self) -> OrderPage:
        """Return the page on which a shop reads what it may do and what it owes. Never fails."""
        ...


@frozen(kw_only=True)
class OutgoingMail:
    """A mail as a mailer gets it. The sender's address is the mailer's to know."""

    message_id: str
    address: str
    locale: str
    subject: str
    text: str
    html: str


class Mailer(Protocol):
    """Carries mails. A network call: never made inside a transaction."""

    async def send(self, mail: OutgoingMail) -> None:
        """Hand a mail over; handing over the same ``message_id`` again delivers nothing new.

        Raises ``MailRefused`` when it will never be delivered, ``Unavailable`` when it was not taken and may be sent
        again, and ``Unavailable`` with ``ambiguous`` when it may have been delivered and cannot be recognised.
        """
        ...
