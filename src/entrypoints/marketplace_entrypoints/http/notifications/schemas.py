"""Mails as answers."""

from datetime import datetime

from marketplace_core.notifications import MailState, Template
from marketplace_entrypoints.http.dependencies import Outgoing


class MailSummaryOut(Outgoing):
    """A mail in a list."""

    mail_id: str
    template: Template
    recipient: str
    address: str
    subject: str
    state: MailState
    queued_at: datetime
    sent_at: datetime | None


class MailPageOut(Outgoing):
    """A page of mails."""

    items: list[MailSummaryOut]
    next_cursor: str | None


class MailOut(MailSummaryOut):
    """A mail with its contents. ``html`` loads nothing and links to our own pages only."""

    locale: str
    text: str
    html: str


class SentMailOut(MailOut):
    """A mail with what operators look at: the fact it tells, its wording's version, what became of it."""

    message_id: str
    fact: str
    template_version: int
    attempts: int
    last_error: str | None
