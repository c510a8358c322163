"""What is the same on every page: languages, sessions, refusals, protection."""

import re

import pytest

from marketplace_entrypoints.web.guard import local
from tests.entrypoints.web.street import ADDRESS, ANN, PASSWORD, Street


async def test_the_first_page_shows_what_is_for_sale_to_everybody(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.see("/")

    assert page.status == 200
    assert "Гитара" in page.words
    assert f"/products/{street.shop.products[0]}" in page.links


async def test_a_page_speaks_the_language_of_its_reader(street: Street) -> None:
    english, russian = street.visitor("en-GB,en;q=0.9"), street.visitor("ru-RU,ru;q=0.9,en;q=0.5")

    pages = [await each.see("/sign-in") for each in (english, russian)]

    assert ['<html lang="en"' in pages[0].html, '<html lang="ru"' in pages[1].html] == [True, True]
    assert pages[0].words != pages[1].words


async def test_a_chosen_language_and_theme_are_remembered(street: Street) -> None:
    somebody = street.visitor("en")

    sent = await somebody.send("/preferences", {"language": "ru", "theme": "dark", "back": "/sign-in"})
    page = await somebody.see("/sign-in")

    assert sent.leads_to == "/sign-in"
    assert '<html lang="ru" data-theme="dark"' in page.html


async def test_a_wrong_password_says_so_and_keeps_what_was_typed(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.send("/sign-in", {"email": ANN, "password": "something else", "next": "/cart"})

    assert page.status == 401
    assert "do not go together" in page.words
    assert (page.value("email"), page.value("next")) == (ANN, "/cart")


async def test_whoever_signs_in_goes_on_where_they_were(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.send("/sign-in", {"email": ANN, "password": PASSWORD, "next": "/categories/music"})

    assert (page.status, page.leads_to) == (303, "/categories/music")


async def test_whoever_joins_is_signed_in_and_welcomed_once(street: Street) -> None:
    somebody = street.visitor()

    joined = await somebody.send("/join", {"name": "Cleo", "email": "cleo@example.com", "password": PASSWORD})
    first, second = await somebody.see("/"), await somebody.see("/")

    assert joined.status == 303
    assert "Welcome!" in first.words
    assert "Welcome!" not in second.words


async def test_joining_with_a_known_address_tells_nothing(street: Street) -> None:
    somebody = street.visitor()

    joined = await somebody.send("/join", {"name": "Mallory", "email": ANN, "password": "some other password"})

    assert (joined.status, joined.leads_to) == (303, "/sign-in?next=%2F")


async def test_a_weak_password_is_named_at_its_field(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.send("/join", {"name": "Cleo", "email": "cleo@example.com", "password": "short"})

    assert page.status == 422
    assert 'id="password-error"' in page.html
    assert page.value("name") == "Cleo"


async def test_an_access_token_that_is_over_is_renewed_without_a_word(street: Street) -> None:
    ann = await street.signed_in(ANN)
    ann.client.cookies.delete("access")

    page = await ann.see("/")

    assert page.status == 200
    assert "Sign in" not in page.words
    assert "access" in ann.client.cookies


async def test_a_session_that_ended_is_said_to_have_ended(street: Street) -> None:
    ann = await street.signed_in(ANN)
    ann.client.cookies.set("access", "gone", domain="passage.example", path="/")
    ann.client.cookies.set("session", "gone", domain="passage.example", path="/")

    page = await ann.see("/sign-in?ended=1")

    assert "Your session has ended" in page.words
    assert "session" not in page.answer.cookies


async def test_a_form_from_another_site_does_nothing(street: Street) -> None:
    ann = await street.signed_in(ANN)

    refused = await ann.send("/sign-out", headers={"sec-fetch-site": "cross-site"})
    old_browser = await ann.send("/sign-out", headers={"sec-fetch-site": "", "origin": "https://evil.example"})
    page = await ann.see("/")

    assert (refused.status, old_browser.status) == (403, 403)
    assert "Account" in page.words


async def test_every_page_carries_a_policy_without_exceptions(street: Street) -> None:
    somebody = street.visitor()

    for path in ("/", "/sign-in", "/nowhere", f"/products/{street.shop.products[0]}"):
        page = await somebody.see(path)
        policy = page.answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert not re.search(r'<style|\sstyle="|\son[a-z]+="|<script(?![^>]*(src=|ld\+json))', page.html)


async def test_an_unknown_path_says_so_with_a_way_on(street: Street) -> None:
    somebody = street.visitor()

    page, gone = await somebody.see("/nowhere"), await somebody.see("/products/prd_none")

    assert (page.status, gone.status) == (404, 404)
    assert "/" in page.links
    assert page.answer.headers["content-type"].startswith("text/html")


async def test_programs_keep_their_own_answers(street: Street) -> None:
    program = street.visitor()

    answers = [await program.see(path) for path in ("/v1/nowhere", "/health/nowhere", "/media/videos/none/x.m3u8")]

    assert [answer.status for answer in answers] == [404, 404, 404]
    assert {answer.answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


async def test_assets_are_kept_for_good_under_the_digest_that_names_them(street: Street) -> None:
    somebody = street.visitor()
    page = await somebody.see("/")
    sheet = re.search(r'href="(/static/[0-9a-f]{12}/site\.css)"', page.html)
    assert sheet is not None

    named, stale = await somebody.see(sheet.group(1)), await somebody.see("/static/000000000000/site.css")
    missing = await somebody.see("/static/000000000000/../app.py", follow=True)

    assert "immutable" in named.answer.headers["cache-control"]
    assert stale.answer.headers["cache-control"] == "no-cache"
    assert missing.status == 404


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""]
)
def test_nobody_is_sent_to_another_site(target: str) -> None:
    assert local(target, "/safe") == "/safe"


def test_a_path_of_ours_is_followed() -> None:
    assert local("/orders/ord_1?key=x") == "/orders/ord_1?key=x"
    assert ADDRESS


@pytest.mark.parametrize(
    ("path", "accept", "language", "told"),
    [
        ("/sign-in", "text/html,application/xhtml+xml,*/*;q=0.8", "en", "A form holds at most 1 MB."),
        ("/cart/lines", "text/html", "ru", "В форму помещается не больше 1 МБ."),
    ],
)
async def test_a_form_that_is_too_large_is_refused_on_a_page_with_the_way_back(
    street: Street, path: str, accept: str, language: str, told: str
) -> None:
    sent = {"accept": accept, "referer": f"{ADDRESS}/where?it=stood"}

    page = await street.visitor(language).send(path, {"email": "x" * 1_100_000}, headers=sent)

    assert (page.status, page.answer.headers["connection"]) == (413, "close")
    assert told in page.words
    assert "/where?it=stood" in page.links


async def test_whoever_must_sign_in_first_is_sent_there_whatever_they_sent(street: Street) -> None:
    headers = {"accept": "text/html"}

    page = await street.visitor().send("/studio/page", {"headline": "x" * 1_100_000}, headers=headers)

    assert page.leads_to.startswith("/sign-in")
    assert page.answer.headers["connection"] == "close"


@pytest.mark.parametrize(("path", "accept"), [("/sign-in", "*/*"), ("/v1/sessions", "text/html")])
async def test_programs_are_told_in_a_document_that_a_body_is_too_large(street: Street, path: str, accept: str) -> None:
    page = await street.visitor().send(path, {"email": "x" * 1_100_000}, headers={"accept": accept})

    assert (page.status, page.answer.json()["code"]) == (413, "http.body_too_large")
