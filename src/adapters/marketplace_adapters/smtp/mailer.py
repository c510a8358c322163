"""The mailer on SMTP: what the server takes is sent, what it will never take is refused, all else is tried again."""

from collections import OrderedDict
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from typing import Final, final

from aiosmtplib import SMTP, SMTPNotSupported, SMTPResponseException

from marketplace_adapters._messages import message_of
from marketplace_adapters.smtp.connection import AWAY, TROUBLE, SmtpConnection, SmtpUnavailable, one_address, told
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.notifications import MailRefused
from marketplace_core.notifications.ports import Mailer, OutgoingMail

REMEMBERED_MAX: Final = 10_000
NOT_ABOUT_THIS_MAIL: Final = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
"""Answers about how we speak to the server, not about the mail: somebody has to set us up rightly first."""


@final
class SmtpMailer(Mailer):
    """Hands mails to the server, one after the other on one connection.

    The message id on the wire is the mail's own in the sender's domain, so that whoever gets a mail twice can tell.
    What the server has taken while this process runs is not handed over again.
    """

    def __init__(self, connection: SmtpConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._taken: OrderedDict[str, None] = OrderedDict()

    async def send(self, mail: OutgoingMail) -> None:
        """Hand it over. Raises ``MailRefused``, ``SmtpUnavailable`` (``ambiguous`` when the answer is lost)."""
        outside_transaction("mailer.send")
        if mail.message_id in self._taken:
            return
        settings = self._connection.settings
        try:
            address = _wire_address(mail.address)
            message = message_of(
                mail,
                sender=settings.sender,
                at=self._clock.now(),
                message_id=f"{mail.message_id.partition('@')[0]}@{settings.domain}",
                policy=WIRE,
                cte="quoted-printable",
            )
            message["Auto-Submitted"] = "auto-generated"
            content = _as_it_travels(message)
        except (ValueError, IndexError) as wrong:
            raise MailRefused("This mail cannot be written as a message.") from wrong
        await self._hand_over(address, content)
        self._taken[mail.message_id] = None
        if len(self._taken) > REMEMBERED_MAX:
            self._taken.popitem(last=False)

    async def about(self) -> str:
        """Return what the server says it is. Raises ``SmtpUnavailable``."""
        return await self._connection.about()

    async def _hand_over(self, address: str, content: bytes) -> None:
        on_its_way = False
        try:
            async with self._connection.line() as line:
                await self._introduce(line, address)
                on_its_way = True
                await line.data(content)
        except SMTPResponseException as answer:
            raise self._said(answer, on_its_way=on_its_way) from answer
        except SMTPNotSupported as lacking:
            raise MailRefused("The mail server does not take addresses that are not ASCII.") from lacking
        except TROUBLE as trouble:
            if isinstance(trouble, AWAY):
                self._connection.note_away()
            raise SmtpUnavailable(
                f"The mail server did not answer as it should: {told(trouble)}.", ambiguous=on_its_way
            ) from trouble

    async def _introduce(self, line: SMTP, address: str) -> None:
        options = []
        if not address.isascii():
            if not line.supports_extension("smtputf8"):
                raise SMTPNotSupported("SMTPUTF8")
            options.append("SMTPUTF8")
        encoding = "utf-8" if options else "ascii"
        await line.mail(self._connection.settings.envelope, options=options, encoding=encoding)
        try:
            await line.rcpt(address, encoding=encoding)
        except SMTPResponseException as answer:
            if _is_for_good(answer):
                raise MailRefused(
                    f"The mail server refuses the address: {told(answer)}", address_is_dead=_is_dead(answer)
                ) from answer
            raise

    def _said(self, answer: SMTPResponseException, *, on_its_way: bool) -> MailRefused | SmtpUnavailable:
        if on_its_way and _is_for_good(answer):
            return MailRefused(f"The mail server refuses the mail: {told(answer)}")
        rubbish = not 400 <= answer.code < 600
        return SmtpUnavailable(
            f"The mail server does not take it now: {told(answer)}", ambiguous=on_its_way and rubbish
        )


def _as_it_travels(message: EmailMessage) -> bytes:
    """Return the message as bytes.

    Words that are not ASCII are written by the older of Python's two ways: the newer one loses blanks between them.
    """
    head = b""
    for name in ("From", "Subject"):
        words = str(message[name])
        if not words.isascii():
            address = ""
            if name == "From":
                words, address = message[name].addresses[0].display_name, f" <{one_address(words)}>"
            del message[name]
            line = Header(words, "utf-8", header_name=name).encode(linesep="\r\n")
            head += f"{name}: {line}{address}\r\n".encode("ascii")
    return head + message.as_bytes()


def _is_for_good(answer: SMTPResponseException) -> bool:
    return 500 <= answer.code < 600 and answer.code not in NOT_ABOUT_THIS_MAIL


def _is_dead(answer: SMTPResponseException) -> bool:
    """Tell whether there is nobody at the address (RFC 3463), rather than that nobody there wants this."""
    said = str(answer.message).strip()
    return said.startswith(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"))


def _wire_address(address: str) -> str:
    """Return one address as it travels. Raises ``ValueError``."""
    parts = Address(addr_spec=address)
    if not parts.username or not parts.domain:
        raise ValueError("An address has a name and a domain.")
    domain = parts.domain if parts.domain.isascii() else parts.domain.encode("idna").decode()
    return Address(username=parts.username, domain=domain).addr_spec
