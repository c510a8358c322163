"""Mails as answers."""

from datetime import datetime

from pydantic import Field

from marketplace_core.notifications import MailState, SuppressionReason, Template
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing


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


class ReturnedMailOut(Outgoing):
    """Which mail came back; ``failed`` is false for one that is late, ``suppressed`` is true if no mail goes there."""

    mail_id: str
    address: str
    status: str
    diagnostic: str
    failed: bool
    suppressed: bool


class SuppressionIn(Incoming):
    """Why nothing shall be sent to an address."""

    detail: str = Field(min_length=1, max_length=500, examples=["Asked us by telephone"])


class SuppressionOut(Outgoing):
    """An address that nothing is sent to; ``mail_id`` is the mail that showed it."""

    address: str
    reason: SuppressionReason
    detail: str
    mail_id: str | None
    since: datetime


class SuppressionPageOut(Outgoing):
    """A page of them."""

    items: list[SuppressionOut]
    next_cursor: str | None
