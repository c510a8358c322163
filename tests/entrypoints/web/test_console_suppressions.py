"""Addresses that nothing is sent to, in the console: looked at, added, let go."""

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.notifications import ListMails, TakeReturnedMail
from tests.core.notifications.reports import report
from tests.entrypoints.web.console import HOSTILE, operator
from tests.entrypoints.web.street import ADA, ANN, Street

HERE = "/console/suppressions"


async def test_an_address_that_a_mail_came_back_from_is_shown_with_its_mail_and_let_go(street: Street) -> None:
    market, olga = street.opened.market, await operator(street)
    await street.settle()
    mail = next(mail for mail in (await market.ask(ListMails(), by=SYSTEM)).items if mail.address == ANN)
    await market.execute(TakeReturnedMail(content=report(mail.mail_id, address=ANN)), by=SYSTEM)

    page = await olga.see(HERE)
    lifting = next(form for form in page.forms if form.endswith("/lifting"))
    lifted, after = await olga.send(lifting), await olga.see(HERE)
    again = await olga.send(lifting)

    assert ANN in page.words
    assert "User unknown" in page.words
    assert f"/console/mails/{mail.mail_id}" in page.links
    assert (lifted.leads_to, again.status) == (HERE, 404)
    assert "Mails go there again." in after.words
    assert "Mails go to every address." in after.words


async def test_an_operator_holds_an_address_and_reads_why_it_cannot_be_one(street: Street) -> None:
    olga = await operator(street)

    empty = await olga.send(HERE, {"address": "", "detail": ""})
    wrong = await olga.send(HERE, {"address": "nobody", "detail": HOSTILE})
    held = await olga.send(HERE, {"address": "Eve@example.org", "detail": HOSTILE})
    page = await olga.see(HERE)

    assert (empty.status, wrong.status, held.leads_to) == (422, 422, HERE)
    assert "not an e-mail address" in wrong.words
    assert "eve@example.org" in page.words
    assert "<script>alert" not in page.html + wrong.html


async def test_nobody_but_operators_sees_or_changes_it(street: Street) -> None:
    ada = await street.signed_in(ADA)

    seen = [await ada.see(HERE), await ada.send(HERE, {"address": ANN, "detail": "x"})]
    lifted = await ada.send(f"{HERE}/{ANN}/lifting")

    assert [page.status for page in (*seen, lifted)] == [403, 403, 403]
