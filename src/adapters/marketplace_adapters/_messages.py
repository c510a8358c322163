"""A mail as a message (RFC 5322): as a file in UTF-8 that any editor shows, or as it travels."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

from marketplace_core.notifications.ports import OutgoingMail

POLICY: Final = SMTPUTF8.clone(linesep="\n", max_line_length=0)
"""Unfolded lines: a file is not bound to a wire's line length."""


def written(mail: OutgoingMail, *, sender: str, at: datetime) -> bytes:
    """Return the file's content. Raises ``ValueError`` for what cannot stand in a header."""
    return message_of(mail, sender=sender, at=at, message_id=mail.message_id, policy=POLICY, cte="8bit").as_bytes()


def message_of(
    mail: OutgoingMail, *, sender: str, at: datetime, message_id: str, policy: "EmailPolicy[Any]", cte: str
) -> EmailMessage:
    """Return the message: plain text first, HTML as its alternative. Raises ``ValueError``."""
    message = EmailMessage(policy=policy)
    message["Message-ID"] = f"<{message_id}>"
    message["Date"] = format_datetime(at)
    message["From"] = sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message.set_content(mail.text, cte=cte)
    message.add_alternative(mail.html, subtype="html", cte=cte)
    message["Content-Language"] = mail.locale  # last: an alternative takes the earlier Content- headers with it
    return message


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
