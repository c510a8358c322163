"""What a mail that came back says: which one it was, and what became of it (RFC 3464).

A report names the mail by the message id in what it returns of it. Answering machines, out-of-office notices and
complaints in words are no reports.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import MailId
from marketplace_core.notifications.domain.errors import MalformedReturn

REPORT_BYTES_MAX: Final = 1024 * 1024
PARTS_MAX: Final = 50
DIAGNOSTIC_LENGTH_MAX: Final = 300
_MESSAGE_ID: Final = re.compile(r"<\s*(mail_[A-Za-z0-9]{1,60})@[^<>\s]{1,255}\s*>")
_STATUS: Final = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_NOBODY_THERE: Final = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 0), (2, 1), (4, 4), (0, 0)})
"""Subject and detail of what says that an address is of no use. A full mailbox and an unwelcome mail do not."""


@frozen(kw_only=True)
class Returned:
    """A mail that a server could not deliver, or not yet. ``status`` is its code, such as ``5.1.1``."""

    mail_id: MailId
    status: str
    diagnostic: str

    @property
    def failed(self) -> bool:
        """Tell whether it will never be delivered."""
        return self.status.startswith("5.")

    @property
    def nobody_there(self) -> bool:
        """Tell whether no mail will ever be delivered there."""
        _, subject, detail = self.status.split(".")
        return self.failed and (int(subject), int(detail)) in _NOBODY_THERE


def read_returned(content: bytes) -> Returned:
    """Read a report. Raises ``MalformedReturn``."""
    if len(content) > REPORT_BYTES_MAX:
        raise MalformedReturn(f"A report holds at most {REPORT_BYTES_MAX} bytes.")
    try:
        parts = list(_parts(message_from_bytes(content)))
        mail_id, fields = _mail_id(parts), _fields(parts)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        raise MalformedReturn("The report cannot be read.") from wrong
    if fields is None:
        raise MalformedReturn("This is no report about the delivery of a mail (message/delivery-status).")
    if mail_id is None:
        raise MalformedReturn("The report names no mail of ours: it returns no Message-ID that we have written.")
    status, diagnostic = fields
    return Returned(mail_id=mail_id, status=status, diagnostic=diagnostic)


def _parts(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    for number, part in enumerate(message.walk()):
        if number >= PARTS_MAX:
            raise ValueError("It has too many parts.")
        yield part


def _fields(parts: list["Message[str, str]"]) -> tuple[str, str] | None:
    """Return status and diagnostic of the first recipient that is spoken of: our mails have one."""
    if not any(part.get_content_type() == "message/delivery-status" for part in parts):
        return None
    for part in parts:
        action, status = str(part.get("Action", "")).strip().casefold(), _STATUS.match(str(part.get("Status", "")))
        if action in {"failed", "delayed", "delivered", "relayed", "expanded"} and status is not None:
            said = str(part.get("Diagnostic-Code", "")).partition(";")[2] or str(part.get("Diagnostic-Code", ""))
            code = ".".join(str(int(digits)) for digits in status.groups())
            if action != "failed" and code.startswith("5"):
                code = f"4{code[1:]}"
            words = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
            return code, words[:DIAGNOSTIC_LENGTH_MAX]
    return None


def _mail_id(parts: list["Message[str, str]"]) -> MailId | None:
    """Return our identifier out of what is returned of the mail: the mail itself, or its head."""
    for part in parts[1:]:
        found = _MESSAGE_ID.search(str(part.get("Message-ID", "")))
        if found is None and part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            head = message_from_bytes(payload if isinstance(payload, bytes) else b"")
            found = _MESSAGE_ID.search(str(head.get("Message-ID", "")))
        if found is not None:
            return MailId(found.group(1))
    return None
