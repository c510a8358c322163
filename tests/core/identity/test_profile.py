"""Addresses, names and slugs (S-34, SELL-8)."""

import pytest

from marketplace_core.identity import InvalidEmail, InvalidProfile, InvalidSlug
from marketplace_core.identity.domain.email import checked_email, email_key
from marketplace_core.identity.domain.profile import (
    checked_country,
    checked_currency,
    checked_label,
    checked_locale,
    checked_name,
)
from marketplace_core.identity.domain.slug import RESERVED, checked_slug


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@localhost",
        "ann@example..org",
        "ann@-example.org",
        "ann.@example.org",
        "a b@example.org",
        "ann@example.org\nBcc: all@example.org",
        "ann@exa\u200bmple.org",
        "аnn@example.org",
        "ann@bücher.example",
        '"ann"@example.org',
        "<ann@example.org>",
        "a" * 65 + "@example.org",
        "ann@" + "a." * 130 + "org",
    ],
)
def test_what_cannot_receive_mail_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmail) as refusal:
        checked_email(text)

    assert refusal.value.facts["errors"] == [{"field": "email", "message": refusal.value.message}]


@pytest.mark.parametrize("text", ["ann@example.org", "Ann+Shop@Mail.Example.ORG", "o'neil.x_y@a-b.example", "1@2.io"])
def test_an_address_is_kept_as_typed_and_compared_without_case(text: str) -> None:
    assert checked_email(f"  {text}\t") == text
    assert email_key(text.upper()) == email_key(f" {text.lower()} ")


@pytest.mark.parametrize("text", ["", "   ", "\u200d", "—", "Ann\x00", "Ann\x1b[31m", "evil\u202egnp.exe", "x" * 101])
def test_a_name_that_cannot_be_shown_is_refused(text: str) -> None:
    with pytest.raises(InvalidProfile):
        checked_name(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Ann   Berg\n", "Ann Berg"),
        ("Zoe\u0308", "Zoë"),
        ("李小龍", "李小龍"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>Ann</b>", "<b>Ann</b>"),
        ("X" * 100, "X" * 100),
    ],
)
def test_a_name_of_any_script_is_kept(text: str, kept: str) -> None:
    assert checked_name(text) == kept


@pytest.mark.parametrize("text", ["", "EN", "english", "en-us", "en_US", "../../etc", "e"])
def test_a_malformed_locale_is_refused(text: str) -> None:
    with pytest.raises(InvalidProfile):
        checked_locale(text)


def test_codes_are_taken_only_in_their_own_form() -> None:
    assert (checked_locale("ru-RU"), checked_country("DE"), checked_currency("EUR")) == ("ru-RU", "DE", "EUR")
    for check, text in (
        (checked_country, "de"),
        (checked_country, "DEU"),
        (checked_currency, "€"),
        (checked_currency, "eu"),
    ):
        with pytest.raises(InvalidProfile):
            check(text)


def test_a_label_may_be_empty_but_not_endless() -> None:
    assert checked_label("", "device", 10) == ""
    with pytest.raises(InvalidProfile):
        checked_label("x" * 11, "device", 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab",
        "Anns-Teas",
        "anns_teas",
        "anns teas",
        "-anns",
        "anns-",
        "anns--teas",
        "аnns-teas",
        "änns",
        "a" * 41,
        "a/b",
    ],
)
def test_a_malformed_slug_is_refused_and_not_corrected(text: str) -> None:
    with pytest.raises(InvalidSlug):
        checked_slug(text)


@pytest.mark.parametrize("text", ["admin", "checkout", "support", "well-known", "www"])
def test_a_reserved_slug_is_refused(text: str) -> None:
    with pytest.raises(InvalidSlug, match="belongs to the marketplace"):
        checked_slug(text)


def test_every_reserved_word_would_be_a_slug() -> None:
    assert all(word == word.lower() and word.isascii() for word in RESERVED)
    assert checked_slug("anns-teas-2") == "anns-teas-2"
