"""One's own account: as a guest, as a buyer, as a shop; the password, the mails."""

import pytest

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.identity import IdentifyActor, RefreshSession, SessionEnded
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import NotSignedIn
from tests.entrypoints.web.console import user_id
from tests.entrypoints.web.street import ADA, ANN, PASSWORD, Street
from tests.entrypoints.web.test_checkout import HOSTILE
from tests.entrypoints.web.test_orders import ordered, paid

NEW = "a much longer sentence of mine"


async def test_nobody_has_an_account_page(street: Street) -> None:
    somebody = street.visitor()

    pages = [await somebody.see(path) for path in ("/account", "/orders", "/account/mails/mail_none")]
    sent = await somebody.send("/account/password", {"current_password": "x", "new_password": "y"})

    assert [page.leads_to.partition("?")[0] for page in (*pages, sent)] == ["/sign-in"] * 4


async def test_a_buyer_sees_who_they_are_and_what_is_theirs(street: Street) -> None:
    ann = await street.signed_in(ANN)
    empty = await ann.see("/account")
    order = await ordered(street, ann)
    await paid(street, ann, order)
    await street.settle()

    page = await ann.see("/account")
    mail = await ann.see(next(link for link in page.links if link.startswith("/account/mails/")))
    letter = await ann.see(f"{mail.answer.url.path}/html")
    ada = await street.signed_in(ADA)
    others = [await ada.see(mail.answer.url.path), await ada.see(f"{mail.answer.url.path}/html")]

    assert "Nothing ordered yet." in empty.words
    assert ANN in page.words
    assert order in page.links
    assert "/sell" in page.links
    assert ANN in mail.words
    assert f'<iframe class="letter" sandbox src="{mail.answer.url.path}/html"' in mail.html
    assert "default-src 'none'" in letter.answer.headers["content-security-policy"]
    assert "Your payment has arrived" in letter.words
    assert [other.status for other in others] == [404, 404]


async def test_a_shop_finds_its_studio(street: Street) -> None:
    ada = await street.signed_in(ADA)

    page = await ada.see("/account")

    assert "Ada's" in page.words
    assert "/shops/adas" in page.links
    assert "Sell here yourself" not in page.words


async def test_the_session_of_a_guest_ends_when_they_sign_in_and_so_does_one_of_another_account(street: Street) -> None:
    guest, market = street.visitor(), street.opened.market
    await guest.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "2"})
    sessions = []
    for email in (ANN, ADA, ADA):
        sessions.append((guest.client.cookies["access"], guest.client.cookies["session"]))
        assert (await guest.sign_in(email)).status == 303

    for access, refresh in sessions:
        with pytest.raises(NotSignedIn):
            await market.ask(IdentifyActor(access_token=access), by=ANONYMOUS)
        with pytest.raises(SessionEnded):
            await market.execute(RefreshSession(refresh_token=refresh), by=ANONYMOUS)

    present = await market.ask(IdentifyActor(access_token=guest.client.cookies["access"]), by=ANONYMOUS)
    assert present.user_id == await user_id(street, ADA)
    assert guest.client.cookies["basket"] != "2"


async def test_whoever_signs_in_anew_after_the_access_token_ran_out_leaves_no_session_behind(street: Street) -> None:
    ann, market = await street.signed_in(ANN), street.opened.market
    ann.client.cookies.delete("access")
    spent = ann.client.cookies["session"]

    assert (await ann.sign_in(ANN)).status == 303

    with pytest.raises(SessionEnded):
        await market.execute(RefreshSession(refresh_token=spent), by=ANONYMOUS)
    assert (await ann.see("/account")).status == 200


async def test_a_guest_is_asked_to_stay_and_keeps_the_cart_when_joining(street: Street) -> None:
    guest = street.visitor()
    await guest.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "2"})

    page = await guest.see("/account")
    joined = await guest.send(
        "/join", {"name": "Grace", "email": "grace@example.com", "password": PASSWORD, "next": "/cart"}, follow=True
    )

    assert "Welcome, guest" in page.words
    assert "/join?next=/account" in page.links
    assert "Present password" not in page.words
    assert "Guitar" in joined.words
    assert "€20.00" in joined.words
    assert guest.client.cookies["basket"] == "2"


async def test_an_account_that_signs_in_over_another_leaves_the_others_cart_alone(street: Street) -> None:
    ada = await street.signed_in(ADA)
    await ada.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "2"})

    await ada.sign_in(ANN)
    anns = await ada.see("/cart")
    back = await street.signed_in(ADA)

    assert "Nothing in it yet" in anns.words
    assert "Guitar" in (await back.see("/cart")).words


async def test_a_password_is_changed_and_only_this_browser_stays(street: Street) -> None:
    ann, elsewhere = await street.signed_in(ANN), await street.signed_in(ANN)

    changed = await ann.send("/account/password", {"current_password": PASSWORD, "new_password": NEW}, follow=True)
    there, before = await elsewhere.see("/account"), await street.visitor().sign_in(ANN)

    assert "Your password is changed" in changed.words
    assert there.leads_to == "/sign-in?next=/account&ended=1"
    assert before.status == 401
    assert (await street.visitor().sign_in(ANN, NEW)).status == 303


async def test_a_password_that_does_not_do_is_named_at_its_field(street: Street) -> None:
    ann = await street.signed_in(ANN)

    wrong = await ann.send("/account/password", {"current_password": HOSTILE, "new_password": NEW})
    weak = await ann.send("/account/password", {"current_password": PASSWORD, "new_password": "short"})

    assert "The present password is wrong." in wrong.words
    assert 'id="new_password-error"' in weak.html
    assert "<script>alert" not in wrong.html
    assert (await ann.see("/account")).status == 200


async def test_an_account_takes_a_bounded_number_of_statements(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await ordered(street, ann)

    with counted() as count:
        await ann.see("/account")

    assert count.statements == 4
