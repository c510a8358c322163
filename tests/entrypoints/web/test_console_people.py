"""The console: users and their roles, and every mail as its reader sees it."""

from marketplace_core.identity import RegisterUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.notifications import ListMails
from tests.entrypoints.web.console import HOSTILE, OLGA, operator, user_id
from tests.entrypoints.web.street import ADA, ANN, PASSWORD, Street


async def test_the_last_operator_cannot_be_dismissed_and_the_page_says_why(street: Street) -> None:
    olga = await operator(street)
    at = f"/console/users/{await user_id(street, OLGA)}"

    refused = await olga.send(f"{at}/revocation")
    inside = await olga.see("/console")

    assert (refused.status, inside.status) == (409, 200)
    assert "Make somebody else an operator first." in refused.words


async def test_somebody_becomes_an_operator_and_is_one_no_more(street: Street) -> None:
    olga, ada = await operator(street), await street.signed_in(ADA)
    at = f"/console/users/{await user_id(street, ADA)}"

    before = await ada.see("/console")
    granted = await olga.send(f"{at}/grant", follow=True)
    inside = await ada.see("/console")
    listed = await olga.see("/console/users?role=operator")
    revoked = await olga.send(f"{at}/revocation", follow=True)
    outside = await ada.see("/console")
    herself = await olga.see(f"/console/users/{await user_id(street, OLGA)}")

    assert (before.status, inside.status, outside.status) == (403, 200, 403)
    assert "An operator now" in granted.words
    assert at in listed.links
    assert f"/console/users/{await user_id(street, ANN)}" not in listed.links
    assert "No operator any more" in revoked.words
    assert "This is you" in herself.words
    assert (await olga.see("/console/users/usr_none")).status == 404
    assert (await olga.send("/console/users/usr_none/grant")).status == 404


async def test_a_short_password_is_a_reason_against_operating(street: Street) -> None:
    market, olga = street.opened.market, await operator(street)
    await market.execute(RegisterUser(email="bob@example.com", password="violet-otter", name=HOSTILE), by=SYSTEM)

    refused = await olga.send(f"/console/users/{await user_id(street, 'bob@example.com')}/grant")

    assert refused.status == 409
    assert 'role="alert"' in refused.html
    assert "<script>alert" not in refused.html


async def test_a_mail_is_shown_and_nothing_in_it_runs_or_loads(street: Street) -> None:
    market, olga = street.opened.market, await operator(street)
    await market.execute(RegisterUser(email="eve@example.com", password=PASSWORD, name="<b>Eve</b>"), by=SYSTEM)
    await street.settle()
    mail = next(mail for mail in (await market.ask(ListMails(), by=SYSTEM)).items if mail.address == "eve@example.com")
    at = f"/console/mails/{mail.mail_id}"

    listed, page, letter = await olga.see("/console/mails"), await olga.see(at), await olga.see(f"{at}/html")
    again = await olga.send(f"{at}/retry")
    missing = [await olga.see("/console/mails/mail_none"), await olga.see("/console/mails/mail_none/html")]
    foreign = await (await street.signed_in(ANN)).see(f"{at}/html")

    assert at in listed.links
    assert f'<iframe class="letter" sandbox src="{at}/html"' in page.html
    assert "frame-src 'self'" in page.answer.headers["content-security-policy"]
    assert "<b>Eve</b>" in page.words
    policy = letter.answer.headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    assert letter.answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "&lt;b&gt;Eve&lt;/b&gt;" in letter.html
    assert again.status == 409
    assert [one.status for one in (*missing, foreign)] == [404, 404, 403]
