"""A mail as a message file (RFC 5322, UTF-8 throughout) that any mail program opens and any editor shows."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime
from typing import Final

from marketplace_core.notifications.ports import OutgoingMail

POLICY: Final = SMTPUTF8.clone(linesep="\n", max_line_length=0)
"""Unfolded lines: a file is not bound to a wire's line length."""


def written(mail: OutgoingMail, *, sender: str, at: datetime) -> bytes:
    """Return the file's content: plain text first, HTML as its alternative."""
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Date"] = format_datetime(at)
    message["From"] = sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message.set_content(mail.text, cte="8bit")
    message.add_alternative(mail.html, subtype="html", cte="8bit")
    message["Content-Language"] = mail.locale  # last: an alternative takes the earlier Content- headers with it
    return message.as_bytes()


def parsed(content: bytes) -> OutgoingMail:
    """Return the mail that a file holds."""
    message = message_from_bytes(content, _class=EmailMessage, policy=POLICY)
    return OutgoingMail(
        message_id=str(message["Message-ID"]).strip("<>"),
        address=str(message["To"]),
        locale=str(message["Content-Language"]),
        subject=str(message["Subject"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    content: str = part.get_content() if isinstance(part, EmailMessage) else ""
    return content
