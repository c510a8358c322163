"""Reports of mails that came back, as servers write them."""

from typing import Final

POSTFIX: Final = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: no-reply@market.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="7AB1C2.1767268800/mail.example"
Message-Id: <20260101120000.7AB1C2@mail.example>

--7AB1C2.1767268800/mail.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mail.example. I'm sorry to have to inform you that your message could not be delivered.

--7AB1C2.1767268800/mail.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
X-Postfix-Queue-ID: 7AB1C2
Arrival-Date: Thu,  1 Jan 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 {status} <{address}>:
    Recipient address rejected: User unknown

--7AB1C2.1767268800/mail.example
Content-Description: Undelivered Message
{returned}
--7AB1C2.1767268800/mail.example--
"""
WHOLE: Final = """\
Content-Type: message/rfc822

Message-ID: <{mail}@market.example>
From: Passage <no-reply@market.example>
To: {address}
Subject: Welcome

Hello
"""
HEAD: Final = """\
Content-Type: text/rfc822-headers

Message-ID: <{mail}@market.example>
Subject: Welcome
"""


def report(
    mail: str = "mail_0001",
    *,
    address: str = "Ann@example.org",
    status: str = "5.1.1",
    action: str = "failed",
    returned: str = WHOLE,
) -> bytes:
    """Return what Postfix sends back."""
    back = returned.format(mail=mail, address=address)
    text = POSTFIX.format(address=address, status=status, action=action, returned=back)
    return text.replace("\n", "\r\n").encode()
