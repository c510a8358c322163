"""SMTP keeps the promises of a mailer, at a real server that takes mails, refuses them, hangs and goes away."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from importlib.metadata import version

import attrs
import pytest
from pydantic import ValidationError

from features.drivers.names import free_port
from marketplace_adapters._messages import parsed
from marketplace_adapters.smtp.connection import SmtpConnection, SmtpSettings, SmtpUnavailable
from marketplace_adapters.smtp.mailer import SmtpMailer
from marketplace_core.notifications import MailRefused
from marketplace_core.notifications.ports import OutgoingMail
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.notifications import MailerConformance, MailerGround
from tests.adapters.smtp.server import CERTIFICATE, PASSWORD, USERNAME, MailServer
from tests.conformance import Met
from tests.outages.proxy import Fault, Wire

MAIL = OutgoingMail(
    message_id="mail_0001@marketplace",
    address="ann@example.org",
    locale="ru",
    subject="Заказ подтверждён",
    text="Здравствуйте, Анна!\n.\nFrom here on\n",
    html="<p>Здравствуйте, <b>Анна</b>!</p>\n",
)


@asynccontextmanager
async def mailing(server: MailServer, **changes: object) -> AsyncIterator[SmtpMailer]:
    """Open a mailer to a server."""
    given = {
        "port": server.port,
        "security": "none",
        "sender": "Passage <no-reply@market.example>",
        "timeout_seconds": 5,
        "pause_seconds": 0,
        **changes,
    }
    connection = SmtpConnection(SmtpSettings.model_validate(given))
    try:
        yield SmtpMailer(connection, FrozenClock())
    finally:
        await connection.close()


@pytest.fixture
async def server(met: Met) -> AsyncIterator[MailServer]:
    met("aiosmtpd", version("aiosmtpd"))
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def mailer(server: MailServer) -> AsyncIterator[SmtpMailer]:
    async with mailing(server) as mailer:
        yield mailer


def another(number: int) -> OutgoingMail:
    return attrs.evolve(MAIL, message_id=f"mail_{number:04}@marketplace")


def arrived(message: EmailMessage) -> OutgoingMail:
    """Return what a mail program shows, under the marketplace's own message id."""
    mail = parsed(message.as_bytes())
    return attrs.evolve(
        mail,
        message_id=mail.message_id.replace("@market.example", "@marketplace"),
        text=mail.text.replace("\r\n", "\n"),
        html=mail.html.replace("\r\n", "\n"),
    )


class TestSmtpMailer(MailerConformance):
    @pytest.fixture
    def ground(self, server: MailServer, mailer: SmtpMailer) -> MailerGround:
        async def delivered() -> Sequence[OutgoingMail]:
            return [arrived(message) for message in server.messages()]

        return MailerGround(mailer=mailer, delivered=delivered)


async def test_a_mail_is_plain_text_first_and_html_beside_and_says_where_it_comes_from(
    server: MailServer, mailer: SmtpMailer
) -> None:
    await mailer.send(MAIL)

    (message,), (envelope,) = server.messages(), server.taken
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (message["From"], message["To"]) == ("Passage <no-reply@market.example>", "ann@example.org")
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<mail_0001@market.example>", "auto-generated")
    assert (envelope.mail_from, envelope.rcpt_tos) == ("no-reply@market.example", ["ann@example.org"])
    assert isinstance(envelope.content, bytes)
    assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 78
    assert envelope.content.isascii()


async def test_names_and_subjects_in_any_script_keep_every_blank(server: MailServer) -> None:
    subject = f"{'Заказ — ' * 20}1\u00a0234,50\u00a0€ {'x' * 30} 🧀 и чай"
    async with mailing(server, sender='"Пассаж — рынок для всех, кто любит чай" <no-reply@market.example>') as mailer:
        await mailer.send(attrs.evolve(MAIL, subject=subject))

    (message,) = server.messages()
    assert message["Subject"] == subject
    assert isinstance(server.taken[0].content, bytes)
    sender = message_from_bytes(server.taken[0].content)["From"]  # the newer way of reading adds blanks
    assert str(make_header(decode_header(sender))) == "Пассаж — рынок для всех, кто любит чай <no-reply@market.example>"


async def test_mails_come_back_where_the_operator_says(server: MailServer) -> None:
    async with mailing(server, bounces="bounces@market.example") as mailer:
        await mailer.send(MAIL)

    assert server.taken[0].mail_from == "bounces@market.example"


async def test_the_next_mail_goes_over_the_same_line_until_it_is_used_up(server: MailServer) -> None:
    async with mailing(server, mails_max=3) as mailer:
        for number in range(7):
            await mailer.send(another(number))

    assert (len(server.taken), server.lines) == (7, 3)


async def test_a_line_that_the_server_has_ended_meanwhile_costs_no_mail(server: MailServer, mailer: SmtpMailer) -> None:
    await mailer.send(another(1))
    await server.stop()
    server.answers["RSET"] = []
    await server.start()
    line = mailer._connection._line
    assert line is not None
    line.close()

    await mailer.send(another(2))

    assert len(server.taken) == 2


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_what_the_server_does_not_take_now_may_be_sent_again(
    server: MailServer, mailer: SmtpMailer, command: str
) -> None:
    server.answers[command] = ["451 4.3.0 The disk is full"]

    with pytest.raises(SmtpUnavailable, match=r"451 4\.3\.0 The disk is full") as refusal:
        await mailer.send(MAIL)
    await mailer.send(MAIL)

    assert not refusal.value.ambiguous
    assert len(server.taken) == 1


@pytest.mark.parametrize(("answer", "dead"), [("550 5.1.1 No such user", True), ("550 5.7.1 Not from you", False)])
async def test_an_address_that_is_refused_for_good_is_told_with_the_servers_words(
    server: MailServer, mailer: SmtpMailer, answer: str, dead: bool
) -> None:
    server.answers["RCPT"] = [answer]

    with pytest.raises(MailRefused) as refusal:
        await mailer.send(MAIL)
    await mailer.send(another(2))

    assert answer in refusal.value.message
    assert refusal.value.facts == {"address_is_dead": dead}
    assert [message["Message-ID"] for message in server.messages()] == ["<mail_0002@market.example>"]


async def test_a_mail_that_is_refused_for_good_is_told_with_the_servers_words(
    server: MailServer, mailer: SmtpMailer
) -> None:
    server.answers["DATA"] = ["554 5.6.0 This is spam"]

    with pytest.raises(MailRefused, match="This is spam"):
        await mailer.send(MAIL)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_we_have_to_be_set_up_for_first_loses_no_mail(
    server: MailServer, mailer: SmtpMailer, command: str
) -> None:
    server.answers[command] = ["530 5.7.0 Sign in first"]

    with pytest.raises(SmtpUnavailable, match="Sign in first"):
        await mailer.send(MAIL)


async def test_an_answer_that_is_lost_leaves_open_whether_it_was_delivered(
    server: MailServer, mailer: SmtpMailer
) -> None:
    server.drops_after_data = True

    with pytest.raises(SmtpUnavailable) as refusal:
        await mailer.send(MAIL)

    assert refusal.value.ambiguous


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
async def test_a_broken_wire_costs_one_timeout_and_no_mail(server: MailServer, fault: Fault) -> None:
    wire = Wire(free_port(), server.port)
    await wire.open()
    try:
        async with mailing(server, port=wire.port, timeout_seconds=0.5, pause_seconds=60) as mailer:
            await mailer.send(another(1))
            await wire.suffer(fault)
            began = time.monotonic()
            for number in range(2, 12):
                with pytest.raises(SmtpUnavailable) as refusal:
                    await mailer.send(another(number))
                assert not refusal.value.ambiguous
            took = time.monotonic() - began
            await wire.suffer(Fault.NONE)
            mailer._connection._failed_at = None
            for number in range(2, 12):
                await mailer.send(another(number))

        assert took < 3
        assert len(server.taken) == 11
    finally:
        await wire.close()


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hi\r\nBcc: all@example.org"},
        {"address": "ann@example.org\r\nBcc: all@example.org"},
        {"address": "ann@example.org, eve@example.org"},
        {"address": "ann@example.org> RCPT TO:<eve@example.org"},
        {"address": "ann"},
        {"address": ""},
        {"message_id": "x>\r\nBcc: all@example.org"},
    ],
)
async def test_nobody_writes_headers_or_recipients_of_their_own(
    server: MailServer, mailer: SmtpMailer, changes: dict[str, str]
) -> None:
    with pytest.raises(MailRefused):
        await mailer.send(attrs.evolve(MAIL, **changes))

    assert server.taken == []


async def test_an_address_in_another_script_travels_as_the_network_writes_it(
    server: MailServer, mailer: SmtpMailer
) -> None:
    await mailer.send(attrs.evolve(MAIL, address="ann@пример.example"))

    assert server.taken[0].rcpt_tos == ["ann@xn--e1afmkfd.example"]


@pytest.mark.parametrize("safety", ["starttls", "tls"])
async def test_a_password_travels_in_safety_to_a_server_that_is_known(safety: str) -> None:
    server = MailServer(safety=safety, password=safety == "starttls")
    await server.start()
    known = {"security": safety, "ca": CERTIFICATE, "host": "localhost"}
    named = {"username": USERNAME, "password": PASSWORD} if server.password else {}
    try:
        async with mailing(server, **known, **named) as mailer:
            await mailer.send(MAIL)
            about = await mailer.about()
        async with mailing(server, **{**known, "ca": None}, **named) as mailer:
            with pytest.raises(SmtpUnavailable):
                await mailer.send(another(2))
    finally:
        await server.stop()

    assert len(server.taken) == 1
    assert about == f"SMTP mail.example at localhost:{server.port}, {safety.upper()}"


async def test_a_wrong_password_loses_no_mail_and_is_not_repeated() -> None:
    server = MailServer(safety="starttls", password=True)
    await server.start()
    wrong = {"username": USERNAME, "password": "close sesame"}
    try:
        async with mailing(server, security="starttls", ca=CERTIFICATE, host="localhost", **wrong) as mailer:
            with pytest.raises(SmtpUnavailable, match="535") as refusal:
                await mailer.send(MAIL)
    finally:
        await server.stop()

    assert "sesame" not in refusal.value.message


async def test_a_server_without_safety_gets_nothing_when_it_is_insisted_on(server: MailServer) -> None:
    async with mailing(server, security="starttls") as mailer:
        with pytest.raises(SmtpUnavailable):
            await mailer.send(MAIL)

    assert server.taken == []


async def test_ten_mails_at_once_take_turns_on_one_line(server: MailServer, mailer: SmtpMailer) -> None:
    await asyncio.gather(*(mailer.send(another(number)) for number in range(10)))

    assert (len(server.taken), server.lines) == (10, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"security": "none", "host": "mail.example", "username": "a", "password": "b"},
        {"username": "a"},
        {"sender": "nobody"},
        {"sender": "a@b.example\r\nBcc: c@d.example"},
        {"bounces": "x"},
        {"port": 0},
        {"security": "ssl"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SmtpSettings.model_validate(given)


def test_the_password_is_not_shown() -> None:
    assert "sesame" not in repr(SmtpSettings(username=USERNAME, password=PASSWORD))
