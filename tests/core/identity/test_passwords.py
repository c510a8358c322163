"""Which passwords may be used (S-05, D43)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.identity import WeakPassword
from marketplace_core.identity.domain.passwords import LENGTH_MAX, LENGTH_MIN, checked_password, normalised

CONTEXT = ("anna.berg@example.org", "Anna Berg", "Berg & Töchter")


def check(password: str, length_min: int = LENGTH_MIN) -> str:
    return checked_password(password, length_min=length_min, context=CONTEXT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"),
        ("seven77", "too_short"),
        ("e\u0301" * 7, "too_short"),
        ("x" * 64 + "y" * 65, "too_long"),
        ("no \ud800 text", "not_text"),
        ("password", "common"),
        ("Password123!", "common"),
        ("P@ssw0rd", "common"),
        ("p.a.s.s.w.o.r.d", "common"),
        ("qwertyuiop", "common"),
        ("йцукенгшщз", "common"),
        ("iloveyou2024", "common"),
        ("12345678", "common"),
        ("87654321", "common"),
        ("abcdefgh", "common"),
        ("aaaaaaaa", "common"),
        ("abcabcabcab", "common"),
        ("correct horse battery staple", "common"),
        ("anna.berg@example.org", "personal"),
        ("ANNA.BERG@EXAMPLE.ORG", "personal"),
        ("anna.berg", "personal"),
        ("AnnaBerg1990", "personal"),
        ("töchter2024", "personal"),
        ("marketplace!", "personal"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        check(password)

    assert refusal.value.facts["reason"] == reason


def test_a_refusal_does_not_repeat_the_password() -> None:
    with pytest.raises(WeakPassword) as refusal:
        check("liverpool1892")

    assert "liverpool" not in f"{refusal.value.message} {refusal.value.facts}"


@pytest.mark.parametrize(
    "password",
    [
        "eight8ch",
        "no rules about signs",
        "🦊🦊🐻🐻🦁🦁🐯🐯🐸",
        "   spaces count   ",
        "x" * 71 + "y" + "z" * 56,
        "ninety-nine red balloons",
        "passwordless is the future",
        "83920174",
        "пароль из многих разных слов",
    ],
)
def test_any_other_password_is_taken_as_it_is(password: str) -> None:
    assert check(password) == unicodedata.normalize("NFC", password)


def test_two_spellings_of_one_letter_are_one_password() -> None:
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"

    assert check(decomposed) == check(composed) == normalised(decomposed)


def test_sellers_and_operators_need_fifteen_characters() -> None:
    with pytest.raises(WeakPassword, match="15 characters"):
        check("fourteen chars", length_min=15)

    assert check("fifteen chars!!", length_min=15)


@given(st.text(min_size=0, max_size=600))
def test_a_password_is_either_refused_or_kept_whole(password: str) -> None:
    try:
        kept = check(password)
    except WeakPassword:
        return

    assert LENGTH_MIN <= len(kept) <= LENGTH_MAX
    assert unicodedata.normalize("NFC", password) == kept
