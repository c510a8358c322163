"""What can be asked about mails, and the port that knows."""

from datetime import datetime
from typing import ClassVar, Final, Protocol

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.notifications.domain.errors import MailNotFound
from marketplace_core.notifications.domain.mail import MailState
from marketplace_core.notifications.domain.suppression import SuppressionReason
from marketplace_core.notifications.domain.templates import Template

MAIL_ID_PREFIX: Final = "mail_"


@frozen(kw_only=True)
class MailSummary:
    """A mail in a list, without its contents."""

    mail_id: MailId
    template: Template
    recipient: UserId
    address: str
    subject: str
    state: MailState
    queued_at: datetime
    sent_at: datetime | None


@frozen(kw_only=True)
class MailView:
    """A mail with its contents, and what became of it."""

    mail_id: MailId
    message_id: str
    fact: str
    template: Template
    template_version: int
    recipient: UserId
    address: str
    locale: str
    subject: str
    text: str
    html: str
    state: MailState
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    last_error: str | None


@frozen(kw_only=True)
class SuppressionView:
    """An address that nothing is sent to, since when and why."""

    address: str
    reason: SuppressionReason
    detail: str
    mail_id: MailId | None
    since: datetime


class MailReader(Protocol):
    """Reads mails, one statement per method. Lists are newest first and page by identifier."""

    async def mail(self, mail_id: MailId) -> MailView | None:
        """Return the mail; None if there is none."""
        ...

    async def mails(self, recipient: UserId | None, state: MailState | None, page: PageRequest) -> Page[MailSummary]:
        """Return mails, only those to the recipient and in the state if these are given. Raises ``InvalidCursor``."""
        ...

    async def suppressions(self, page: PageRequest) -> Page[SuppressionView]:
        """Return the addresses that nothing is sent to now, in their order; the cursor is the last of a page."""
        ...


@frozen(kw_only=True)
class ListSuppressions(Query[Page[SuppressionView]]):
    """List the addresses that nothing is sent to."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListSuppressionsHandler:
    """List the addresses that nothing is sent to now, in alphabetical order."""

    reader: MailReader

    async def __call__(self, query: ListSuppressions, by: Actor) -> Page[SuppressionView]:
        """Answer it."""
        return await self.reader.suppressions(query.page)


@frozen(kw_only=True)
class ListMails(Query[Page[MailSummary]]):
    """List mails, newest first."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    state: MailState | None = None
    recipient: UserId | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListMailsHandler:
    """List all mails for operators, newest first, only those in a state or to a person if asked for."""

    reader: MailReader

    async def __call__(self, query: ListMails, by: Actor) -> Page[MailSummary]:
        """Answer it. Raises ``InvalidCursor``."""
        return await self.reader.mails(query.recipient, query.state, query.page)


@frozen(kw_only=True)
class ListOwnMails(Query[Page[MailSummary]]):
    """List the mails that were written to the actor, newest first."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListOwnMailsHandler:
    """List the mails that were written to the actor, newest first."""

    reader: MailReader

    async def __call__(self, query: ListOwnMails, by: Actor) -> Page[MailSummary]:
        """Answer it. Raises ``InvalidCursor``."""
        return await self.reader.mails(by.own_user, None, query.page)


@frozen(kw_only=True)
class ViewMail(Query[MailView]):
    """Show a mail."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    mail_id: MailId


@frozen(kw_only=True)
class ViewMailHandler:
    """Show a mail to whom it was written, or to an operator; to anybody else it does not exist."""

    reader: MailReader

    async def __call__(self, query: ViewMail, by: Actor) -> MailView:
        """Answer it. Raises ``MailNotFound``."""
        mail = await self.reader.mail(query.mail_id)
        if mail is None or not (by.may(Permission.OPERATOR) or mail.recipient == by.user_id):
            raise MailNotFound
        return mail
