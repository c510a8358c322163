"""Which handler carries out which command of notifications, answers which query, and fires at which deadline."""

from typing import Final

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, MailId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.ports import Contacts, Mailer, NotificationsWork, OrderFactsSource, OrderPages
from marketplace_core.notifications.queries import (
    ListMails,
    ListMailsHandler,
    ListOwnMails,
    ListOwnMailsHandler,
    MailReader,
    ViewMail,
    ViewMailHandler,
)
from marketplace_core.notifications.usecases.notify import SEND, Notify, NotifyHandler
from marketplace_core.notifications.usecases.retry_mail import RetryMail, RetryMailHandler
from marketplace_core.notifications.usecases.send_mail import SendMail, SendMailHandler

TIMERS: Final[Timers] = {SEND: lambda subject: SendMail(mail_id=MailId(subject))}


def handlers(
    *,
    begin: Begin[NotificationsWork],
    contacts: Contacts,
    orders: OrderFactsSource,
    pages: OrderPages,
    mailer: Mailer,
    clock: Clock,
    ids: IdFactory,
) -> Handlers:
    """Return the command → handler table."""
    return {
        Notify: NotifyHandler(begin=begin, contacts=contacts, orders=orders, pages=pages, clock=clock, ids=ids),
        SendMail: SendMailHandler(begin=begin, mailer=mailer, clock=clock),
        RetryMail: RetryMailHandler(begin=begin, clock=clock),
    }


def answers(*, reader: MailReader) -> Answers:
    """Return the query → handler table."""
    return {
        ListMails: ListMailsHandler(reader=reader),
        ListOwnMails: ListOwnMailsHandler(reader=reader),
        ViewMail: ViewMailHandler(reader=reader),
    }
