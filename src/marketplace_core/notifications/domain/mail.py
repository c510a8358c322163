"""A mail: written once from one fact, then sent, whatever it takes within reason."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.notifications.domain.errors import MailNotFailed
from marketplace_core.notifications.domain.facts import Contact
from marketplace_core.notifications.domain.letter import Letter, html_of, subject_of, text_of
from marketplace_core.notifications.domain.letters import TEMPLATE_VERSIONS
from marketplace_core.notifications.domain.occasions import Occasion
from marketplace_core.notifications.domain.templates import Template

BACKOFF_SECONDS: Final = (30, 120, 600, 3600, 10_800, 21_600, 43_200)
"""Waits after the first, second … failed attempt; after one more the mail has failed."""
ATTEMPTS_MAX: Final = len(BACKOFF_SECONDS) + 1
ERROR_LENGTH_MAX: Final = 500


class MailState(Enum):
    """Whether it has left."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@define(kw_only=True, eq=False)
class Mail(Aggregate):
    """One letter to one person about one fact; (``fact``, ``template``, ``recipient``) is unique.

    ``message_id`` never changes, so that a mailer that is asked twice delivers once. ``template_version`` says which
    wording was used. ``last_error`` is for operators.
    """

    mail_id: MailId
    fact: str
    template: Template
    template_version: int
    recipient: UserId
    address: str
    locale: str
    subject: str
    text: str
    html: str
    queued_at: datetime
    state: MailState = MailState.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    last_error: str | None = None

    @classmethod
    def write(cls, mail_id: MailId, *, about: Occasion, contact: Contact, letter: Letter, now: datetime) -> "Mail":
        """Put a letter into its envelope."""
        return cls(
            mail_id=mail_id,
            fact=about.fact,
            template=about.template,
            template_version=TEMPLATE_VERSIONS[about.template],
            recipient=contact.user_id,
            address=contact.email,
            locale=letter.language,
            subject=subject_of(letter),
            text=text_of(letter),
            html=html_of(letter),
            queued_at=now,
        )

    @property
    def message_id(self) -> str:
        """The identifier by which a mailer recognises the mail; without angle brackets."""
        return f"{self.mail_id}@marketplace"

    def sent(self, now: datetime) -> None:
        """Note that the mailer took it."""
        self.attempts += 1
        self.state = MailState.SENT
        self.sent_at = now
        self.last_error = None

    def attempt_failed(self, error: str, now: datetime) -> datetime | None:
        """Note that the mailer was not available; return when to try again, or None when that was the last attempt."""
        self.attempts += 1
        self.last_error = error[:ERROR_LENGTH_MAX]
        if self.attempts >= ATTEMPTS_MAX:
            self.state = MailState.FAILED
            return None
        return now + timedelta(seconds=BACKOFF_SECONDS[self.attempts - 1])

    def gave_up(self, error: str) -> None:
        """Note that trying again by itself would be useless, or might deliver the mail twice."""
        self.attempts += 1
        self.last_error = error[:ERROR_LENGTH_MAX]
        self.state = MailState.FAILED

    def held_back(self, why: str) -> None:
        """Note that it does not leave, because nothing is sent to its address."""
        self.last_error = why[:ERROR_LENGTH_MAX]
        self.state = MailState.FAILED

    def came_back(self, said: str) -> bool:
        """Note that a mail that had left could not be delivered; return whether that is news."""
        if self.state is not MailState.SENT:
            return False
        self.last_error = f"It came back: {said}"[:ERROR_LENGTH_MAX]
        self.state, self.sent_at = MailState.FAILED, None
        return True

    def retry(self) -> None:
        """Queue a failed mail again, with all its attempts before it. Raises ``MailNotFailed``."""
        if self.state is not MailState.FAILED:
            raise MailNotFailed(
                f"This mail is {self.state.value}; only a failed one is sent again.", state=self.state.value
            )
        self.state = MailState.QUEUED
        self.attempts = 0
