"""A real mail server of our own (aiosmtpd) that keeps what it takes, and says no when it is told to."""

import asyncio
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from pathlib import Path
from typing import Any, Final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import define, field

from features.drivers.names import free_port

CERTIFICATE: Final = Path(__file__).with_name("localhost.pem")
KEY: Final = Path(__file__).with_name("localhost.key")
USERNAME, PASSWORD = "market", "open sesame"


class _Counting(SMTP):
    """Counts lines."""

    def __init__(self, server: "MailServer", **options: Any) -> None:
        super().__init__(server, hostname="mail.example", ident="ESMTP", **options)
        self._of = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note a line; one that was made safe in between is still one."""
        if self.transport is None:
            self._of.lines += 1
        super().connection_made(transport)


@define
class MailServer:
    """Keeps envelopes. ``answers`` are given, once each, to the command of that name; the last one stays."""

    port: int = field(factory=free_port)
    safety: str = "none"
    password: bool = False
    taken: list[Envelope] = field(factory=list)
    lines: int = 0
    answers: dict[str, list[str]] = field(factory=dict)
    drops_after_data: bool = False
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE, KEY)
        options: dict[str, Any] = {"enable_SMTPUTF8": False}
        if self.safety == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if self.password:
            options |= {"auth_required": True, "auth_require_tls": self.safety != "none", "authenticator": _authentic}
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Counting(self, **options),
            "127.0.0.1",
            self.port,
            ssl=context if self.safety == "tls" else None,
        )

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def messages(self) -> list[EmailMessage]:
        """Return what was taken."""
        return [
            message_from_bytes(envelope.content or b"", _class=EmailMessage, policy=WIRE)
            for envelope in self.taken
            if isinstance(envelope.content, bytes)
        ]

    def _answer(self, command: str) -> str | None:
        answers = self.answers.get(command, [])
        return answers.pop(0) if answers else None

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender."""
        if answer := self._answer("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address."""
        if answer := self._answer("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        if answer := self._answer("DATA"):
            return answer
        self.taken.append(envelope)
        if self.drops_after_data:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"


def _authentic(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    fine = isinstance(given, LoginPassword) and (given.login, given.password) == (USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=fine, handled=fine)
