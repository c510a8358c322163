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
    ListSuppressions,
    ListSuppressionsHandler,
    MailReader,
    ViewMail,
    ViewMailHandler,
)
from marketplace_core.notifications.usecases.lift_suppression import LiftSuppression, LiftSuppressionHandler
from marketplace_core.notifications.usecases.notify import SEND, Notify, NotifyHandler
from marketplace_core.notifications.usecases.retry_mail import RetryMail, RetryMailHandler
from marketplace_core.notifications.usecases.send_mail import SendMail, SendMailHandler
from marketplace_core.notifications.usecases.suppress_address import SuppressAddress, SuppressAddressHandler
from marketplace_core.notifications.usecases.take_returned_mail import TakeReturnedMail, TakeReturnedMailHandler

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
        TakeReturnedMail: TakeReturnedMailHandler(begin=begin, clock=clock),
        SuppressAddress: SuppressAddressHandler(begin=begin, clock=clock),
        LiftSuppression: LiftSuppressionHandler(begin=begin, clock=clock),
    }


def answers(*, reader: MailReader) -> Answers:
    """Return the query → handler table."""
    return {
        ListMails: ListMailsHandler(reader=reader),
        ListOwnMails: ListOwnMailsHandler(reader=reader),
        ViewMail: ViewMailHandler(reader=reader),
        ListSuppressions: ListSuppressionsHandler(reader=reader),
    }
