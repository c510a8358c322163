"""Notifications: telling people what concerns them, once."""

from marketplace_core.notifications.domain.errors import MailNotFailed, MailNotFound, MailRefused
from marketplace_core.notifications.domain.facts import Contact, GroupFacts, LineFacts, OrderFacts, OrderPage
from marketplace_core.notifications.domain.mail import Mail, MailState
from marketplace_core.notifications.domain.occasions import (
    AccountExists,
    ClaimAnswered,
    ClaimClosed,
    ClaimOver,
    ClaimRaised,
    DebtArose,
    NewOrder,
    Occasion,
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
    Template,
    Welcome,
)
from marketplace_core.notifications.handlers import TIMERS, answers, handlers
from marketplace_core.notifications.queries import (
    ListMails,
    ListOwnMails,
    MailReader,
    MailSummary,
    MailView,
    ViewMail,
)
from marketplace_core.notifications.usecases.notify import Notify
from marketplace_core.notifications.usecases.retry_mail import RetryMail
from marketplace_core.notifications.usecases.send_mail import SendMail

__all__ = [
    "TIMERS",
    "AccountExists",
    "ClaimAnswered",
    "ClaimClosed",
    "ClaimOver",
    "ClaimRaised",
    "Contact",
    "DebtArose",
    "GroupFacts",
    "LineFacts",
    "ListMails",
    "ListOwnMails",
    "Mail",
    "MailNotFailed",
    "MailNotFound",
    "MailReader",
    "MailRefused",
    "MailState",
    "MailSummary",
    "MailView",
    "NewOrder",
    "Notify",
    "Occasion",
    "OrderConfirmation",
    "OrderFacts",
    "OrderPage",
    "PaidOut",
    "PayoutReturned",
    "RefundAsked",
    "RefundRejected",
    "RefundReturned",
    "RefundSent",
    "RetryMail",
    "SellingStopped",
    "SendMail",
    "SessionEnded",
    "Shipped",
    "Template",
    "ViewMail",
    "Welcome",
    "answers",
    "handlers",
]
