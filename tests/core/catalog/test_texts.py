"""What people write is normalised, bounded, and spelled for addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.catalog import MalformedProduct
from marketplace_core.catalog.domain.plain_text import text_of
from marketplace_core.catalog.domain.slugs import SLUG_LENGTH_MAX, checked_slug, free_slug, slug_of
from marketplace_core.catalog.domain.texts import one_line, paragraphs


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 11, "a\0b", "a\x1b[31m", "safe\u202egnp.exe", "\ud800"])
def test_a_line_that_cannot_be_shown_is_refused(text: str) -> None:
    with pytest.raises(MalformedProduct) as refusal:
        one_line(text, field="title", length_max=10)

    assert refusal.value.field == "title"


def test_a_line_is_folded_and_composed() -> None:
    folded = one_line("  Cafe\u0301 \r\n au\tlait ", field="title", length_max=40)

    assert folded == "Café au lait"


def test_markup_in_a_line_is_kept_as_text() -> None:
    text = "<script>alert(1)</script> & 🎸"

    assert one_line(text, field="title", length_max=60) == text


def test_paragraphs_keep_their_breaks() -> None:
    assert paragraphs(" a\r\nb\rc\n\nd ", field="description", length_max=10) == "a\nb\nc\n\nd"
    assert paragraphs("", field="description", length_max=10) == ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Blue Cup", "blue-cup"),
        ("  --Blue__Cup!  ", "blue-cup"),
        ("Café Größe Øre Łódź", "cafe-grosse-ore-lodz"),
        ("Электрогитара «Щука»", "elektrogitara-shchuka"),
        ("Їжак і ґанок", "yizhak-i-ganok"),
        ("Ada's cup", "adas-cup"),
        ("½ price", "12-price"),
        ("吉他", ""),
        ("!!!", ""),
    ],
)
def test_a_title_becomes_an_address(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = slug_of("word " * 40)

    assert len(slug) <= SLUG_LENGTH_MAX
    assert slug.endswith("-word")
    assert len(slug_of("x" * 200)) == SLUG_LENGTH_MAX


@given(st.text(max_size=200))
def test_whatever_the_title_its_slug_is_a_slug_or_nothing(text: str) -> None:
    slug = slug_of(text)

    assert slug == "" or checked_slug(slug, field="handle") == slug


@pytest.mark.parametrize("slug", ["", "A", "a_b", "-a", "a-", "a--b", "a b", "ä", "a/b", "x" * 81])
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(MalformedProduct):
        checked_slug(slug, field="handle")


def test_a_taken_slug_is_numbered() -> None:
    assert free_slug("cup", ()) == "cup"
    assert free_slug("cup", {"cup", "cup-2", "cup-4"}) == "cup-3"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain & simple ", "plain & simple"),
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>1 &lt; 2 &amp;&nbsp;3&eacute;</p>", "1 < 2 & 3é"),
        ("<script>alert(1)</script>kept<style>p{}</style>", "kept"),
        ("<b>bold</b><i>er</i>", "bolder"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("a\n  b", "a b"),
        ("", ""),
    ],
)
def test_html_is_reduced_to_its_words(html: str, text: str) -> None:
    assert text_of(html) == text
