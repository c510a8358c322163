"""The mailbox keeps the promises of a mailer, in files that people can read."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import pytest

from marketplace_adapters.mailbox.mailer import MailboxMailer, MailboxUnavailable
from marketplace_adapters.mailbox.plugin import MailboxSettings, plugin
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.notifications import MailNotFound, MailRefused
from marketplace_core.notifications.domain.letter import html_of, subject_of, text_of
from marketplace_core.notifications.domain.letters import order_confirmation, paid_out
from marketplace_core.notifications.ports import OutgoingMail
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.notifications import (
    BEN,
    CUPS,
    MailerConformance,
    MailerGround,
    a_group,
    an_order,
)
from tests.core.notifications.examples import KEYED, PAID

MAIL = OutgoingMail(
    message_id="mail_0001@marketplace",
    address="ann@example.org",
    locale="en",
    subject="Welcome",
    text="Hello\n",
    html="<p>Hello</p>\n",
)


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[MailboxMailer]:
    around = Surroundings(
        data=tmp_path, clock=FrozenClock(), ids=CountingIds(), base_url="", secret=lambda name: b"", opened={}
    )
    async with plugin.open(MailboxSettings(), around) as opened:
        assert isinstance(opened, MailboxMailer)
        yield opened


class TestMailboxMailer(MailerConformance):
    @pytest.fixture
    def ground(self, mailbox: MailboxMailer) -> MailerGround:
        return MailerGround(mailer=mailbox, delivered=mailbox.delivered)


async def test_a_file_is_readable_with_the_naked_eye_and_by_nobody_else(mailbox: MailboxMailer) -> None:
    await mailbox.send(attrs.evolve(MAIL, subject="Заказ подтверждён", text="Здравствуйте, Анна!\n", locale="ru"))

    path = mailbox.folder / "mail_0001@marketplace.eml"
    content = path.read_text(encoding="utf-8")
    assert "Subject: Заказ подтверждён\n" in content
    assert "\nЗдравствуйте, Анна!\n" in content
    assert "Message-ID: <mail_0001@marketplace>\n" in content
    assert "Date: Thu, 01 Jan 2026 12:00:00 +0000\n" in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(mailbox.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_real_letters_come_back_to_the_letter(mailbox: MailboxMailer, language: str) -> None:
    lines = [f"Long title number {number} " + "of a thing that is hard to describe " * 40 for number in range(50)]
    order = an_order(a_group(1, "Cups & Co", *lines))
    for number, letter in enumerate(
        (
            order_confirmation(attrs.evolve(BEN, locale=language), order, KEYED),
            paid_out(attrs.evolve(CUPS, locale=language), PAID),
        )
    ):
        mail = attrs.evolve(
            MAIL,
            message_id=f"mail_{number}@marketplace",
            locale=letter.language,
            subject=subject_of(letter),
            text=text_of(letter),
            html=html_of(letter),
        )

        await mailbox.send(mail)

        assert await mailbox.read(mail.message_id) == mail


async def test_a_long_subject_comes_back_whole(mailbox: MailboxMailer) -> None:
    mail = attrs.evolve(MAIL, subject=f"{'слово ' * 30}1\u00a0234,50\u00a0€ {'x' * 100}")

    await mailbox.send(mail)

    assert await mailbox.read(mail.message_id) == mail


async def test_mails_are_listed_newest_first_and_at_most_as_many_as_asked(mailbox: MailboxMailer) -> None:
    for number in range(1, 6):
        await mailbox.send(attrs.evolve(MAIL, message_id=f"mail_000{number}@marketplace"))

    listed = await mailbox.delivered(3)

    assert [mail.message_id[8] for mail in listed] == ["5", "4", "3"]


async def test_an_empty_mailbox_lists_nothing(mailbox: MailboxMailer) -> None:
    assert list(await mailbox.delivered()) == []


async def test_ten_deliveries_of_one_mail_at_once_leave_one_file_and_nothing_beside_it(mailbox: MailboxMailer) -> None:
    await asyncio.gather(*(mailbox.send(attrs.evolve(MAIL, text=f"{number}\n")) for number in range(10)))

    assert os.listdir(mailbox.folder) == ["mail_0001@marketplace.eml"]  # noqa: PTH208 - hidden files count
    assert len(await mailbox.delivered()) == 1


@pytest.mark.parametrize("message_id", ["", "../evil", "a/b", ".hidden", "x" * 300, "a\x00b", "a b"])
async def test_a_message_id_never_leaves_the_folder(mailbox: MailboxMailer, message_id: str) -> None:
    with pytest.raises(MailRefused):
        await mailbox.send(attrs.evolve(MAIL, message_id=message_id))
    with pytest.raises(MailNotFound):
        await mailbox.read(message_id)


@pytest.mark.parametrize("field", ["subject", "address"])
async def test_a_line_break_in_a_header_is_refused(mailbox: MailboxMailer, field: str) -> None:
    with pytest.raises(MailRefused):
        await mailbox.send(attrs.evolve(MAIL, **{field: "ann@example.org\r\nBcc: all@example.org"}))

    assert list(await mailbox.delivered()) == []


async def test_an_unknown_mail_is_not_found(mailbox: MailboxMailer) -> None:
    with pytest.raises(MailNotFound):
        await mailbox.read("mail_none@marketplace")


async def test_a_folder_that_cannot_be_written_is_said_and_may_be_tried_again(mailbox: MailboxMailer) -> None:
    mailbox.folder.write_text("in the way")

    with pytest.raises(MailboxUnavailable) as refusal:
        await mailbox.send(MAIL)
    mailbox.folder.unlink()
    await mailbox.send(MAIL)

    assert not refusal.value.ambiguous
    assert len(await mailbox.delivered()) == 1
