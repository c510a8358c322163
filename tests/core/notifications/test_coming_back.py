"""Mails that come back, and addresses that nothing is sent to (NOTE-4)."""

from contextlib import suppress

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.notifications import (
    LiftSuppression,
    ListSuppressions,
    MailNotFound,
    MailRefused,
    MailState,
    MailView,
    MalformedAddress,
    MalformedReturn,
    NotSuppressed,
    RetryMail,
    ReturnedMail,
    SendMail,
    SuppressAddress,
    SuppressionReason,
    TakeReturnedMail,
    ViewMail,
    Welcome,
)
from marketplace_core.notifications.domain.returned import read_returned
from marketplace_core.testing.conformance.notifications import ANN, BEN
from tests.core.notifications.post_office import OPERATOR, PostOffice
from tests.core.notifications.reports import HEAD, WHOLE, report

MAIL = MailId("mail_0001")


async def sent(office: PostOffice, user_id: UserId = ANN.user_id) -> None:
    await office.notify(Welcome(user_id=user_id))
    await office.dispatcher.settle()


async def mail(office: PostOffice, mail_id: MailId = MAIL) -> MailView:
    return await office.market.ask(ViewMail(mail_id=mail_id), by=OPERATOR)


async def came_back(office: PostOffice, content: bytes) -> ReturnedMail:
    return await office.market.execute(TakeReturnedMail(content=content), by=OPERATOR)


async def held(office: PostOffice) -> list[str]:
    return [one.address for one in (await office.market.ask(ListSuppressions(), by=OPERATOR)).items]


@pytest.mark.parametrize("returned", [WHOLE, HEAD])
async def test_a_mail_to_nobody_has_failed_and_the_next_one_is_not_tried(office: PostOffice, returned: str) -> None:
    await sent(office)

    told = await came_back(office, report(returned=returned))
    await office.notify(attrs.evolve(Welcome(user_id=BEN.user_id)))
    await office.dispatcher.settle()

    view = await mail(office)
    assert (told.mail_id, told.address, told.failed, told.suppressed) == (MAIL, ANN.email, True, True)
    assert (view.state, view.sent_at) == (MailState.FAILED, None)
    assert view.last_error == (
        "It came back: 5.1.1 550 5.1.1 <Ann@example.org>: Recipient address rejected: User unknown"
    )
    assert await held(office) == ["ann@example.org"]
    assert [each.address for each in office.mailer.delivered] == [ANN.email, BEN.email]


async def test_nothing_leaves_for_an_address_that_nobody_is_at_until_that_is_lifted(office: PostOffice) -> None:
    await office.market.execute(SuppressAddress(address="ANN@example.org", detail="She asked us to"), by=OPERATOR)
    await sent(office)
    waiting = await mail(office)
    await office.market.execute(LiftSuppression(address="ann@Example.org"), by=OPERATOR)
    await office.market.execute(RetryMail(mail_id=MAIL), by=OPERATOR)
    await office.dispatcher.settle()

    assert (waiting.state, waiting.attempts) == (MailState.FAILED, 0)
    assert waiting.last_error == "Nothing is sent to this address since 2026-01-01: She asked us to"
    assert (await mail(office)).state is MailState.SENT
    assert await held(office) == []


@pytest.mark.parametrize(
    ("status", "action", "failed", "suppressed"),
    [
        ("5.1.1", "failed", True, True),
        ("5.1.10", "failed", True, True),
        ("5.2.1", "failed", True, True),
        ("5.2.2", "failed", True, False),
        ("5.7.1", "failed", True, False),
        ("5.3.4", "failed", True, False),
        ("4.4.1", "delayed", False, False),
        ("4.2.2", "failed", False, False),
        ("5.1.1", "delayed", False, False),
        ("2.0.0", "relayed", False, False),
    ],
)
async def test_only_what_says_that_nobody_is_there_keeps_the_next_mail_back(
    office: PostOffice, status: str, action: str, failed: bool, suppressed: bool
) -> None:
    await sent(office)

    told = await came_back(office, report(status=status, action=action))

    assert (told.failed, told.suppressed) == (failed, suppressed)
    assert (await mail(office)).state is (MailState.FAILED if failed else MailState.SENT)


async def test_the_same_report_again_changes_nothing_even_after_it_was_lifted(office: PostOffice) -> None:
    await sent(office)
    first, second = await came_back(office, report()), await came_back(office, report())
    await office.market.execute(LiftSuppression(address=ANN.email), by=OPERATOR)
    third = await came_back(office, report())

    assert (first.suppressed, second.suppressed, third.suppressed) == (True, True, False)
    assert await held(office) == []


async def test_another_mail_that_comes_back_after_that_counts_anew(office: PostOffice) -> None:
    await sent(office)
    await came_back(office, report())
    await office.market.execute(LiftSuppression(address=ANN.email), by=OPERATOR)
    await office.market.execute(SuppressAddress(address=ANN.email, detail="again"), by=OPERATOR)

    (one,) = (await office.market.ask(ListSuppressions(), by=OPERATOR)).items

    assert (one.reason, one.detail, one.mail_id) == (SuppressionReason.BY_HAND, "again", None)


async def test_an_address_that_the_mail_server_knows_to_be_nobodys_is_not_tried_again(office: PostOffice) -> None:
    office.mailer.troubles.append(MailRefused("550 5.1.1 No such user", address_is_dead=True))
    await sent(office)

    (one,) = (await office.market.ask(ListSuppressions(), by=OPERATOR)).items

    assert (one.address, one.reason, one.mail_id) == ("ann@example.org", SuppressionReason.REFUSED, MAIL)
    assert (await mail(office)).state is MailState.FAILED


async def test_a_mail_that_was_not_welcome_says_nothing_about_its_address(office: PostOffice) -> None:
    office.mailer.troubles.append(MailRefused("554 5.7.1 This is spam", address_is_dead=False))
    await sent(office)

    assert await held(office) == []


async def test_a_mail_that_was_not_sent_yet_is_left_alone_by_a_report(office: PostOffice) -> None:
    await office.notify(Welcome(user_id=ANN.user_id))

    await came_back(office, report(status="5.7.1"))
    await office.market.execute(SendMail(mail_id=MAIL), by=SYSTEM)

    assert (await mail(office)).state is MailState.SENT


async def test_a_report_about_a_mail_that_was_never_written_is_refused(office: PostOffice) -> None:
    with pytest.raises(MailNotFound):
        await came_back(office, report("mail_9999"))


async def test_only_operators_hand_reports_in(office: PostOffice) -> None:
    somebody = Actor(principal="usr_0001", roles=frozenset({Role.BUYER}), user_id=ANN.user_id)
    for command in (
        TakeReturnedMail(content=report()),
        SuppressAddress(address=BEN.email, detail="x"),
        LiftSuppression(address=BEN.email),
    ):
        with pytest.raises(NotAllowed):
            await office.market.execute(command, by=somebody)


async def test_what_is_not_held_cannot_be_lifted_and_what_is_no_address_cannot_be_held(office: PostOffice) -> None:
    with pytest.raises(NotSuppressed):
        await office.market.execute(LiftSuppression(address=ANN.email), by=OPERATOR)
    await office.market.execute(SuppressAddress(address=ANN.email, detail="x"), by=OPERATOR)
    await office.market.execute(LiftSuppression(address=ANN.email), by=OPERATOR)
    with pytest.raises(NotSuppressed):
        await office.market.execute(LiftSuppression(address=ANN.email), by=OPERATOR)
    with pytest.raises(MalformedAddress):
        await office.market.execute(SuppressAddress(address="ann", detail="x"), by=OPERATOR)


OUT_OF_OFFICE = (
    b"From: ann@example.org\r\nIn-Reply-To: <mail_0001@market.example>\r\nSubject: Away\r\n\r\nI am away.\r\n"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        OUT_OF_OFFICE,
        report(returned=HEAD.replace("{mail}", "somebody-elses")),
        report(returned="Content-Type: text/plain\n\nnothing of it\n"),
        report(status="nonsense"),
        report(action="eaten"),
        report() + b"x" * (1024 * 1024),
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        report().replace(b"message/delivery-status", b"text/plain"),
    ],
)
async def test_what_is_no_report_is_refused_and_changes_nothing(office: PostOffice, content: bytes) -> None:
    await sent(office)

    with pytest.raises(MalformedReturn):
        await came_back(office, content)

    assert (await mail(office)).state is MailState.SENT


@given(st.binary(max_size=2_000), st.integers(0, 1_500), st.integers(0, 40))
def test_no_report_whatever_is_broken_in_it_is_more_than_refused(junk: bytes, at: int, gone: int) -> None:
    whole = report()
    for content in (junk, whole[:at] + junk + whole[at + gone :], whole[:at]):
        with suppress(MalformedReturn):
            assert read_returned(content).mail_id.startswith("mail_")
