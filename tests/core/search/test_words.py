"""How texts and queries are taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.search import QueryTooLong, terms_of
from marketplace_core.search.domain.words import TERMS_MAX, WORD_LENGTH_MAX, stem_of, words_of


def test_more_than_two_hundred_characters_are_refused() -> None:
    assert len(terms_of("a" * 200)) == 1

    with pytest.raises(QueryTooLong):
        terms_of("a" * 201)
    with pytest.raises(QueryTooLong):
        terms_of(" " * 10_000)


def test_words_beyond_the_sixteenth_and_repeated_ones_are_not_looked_at() -> None:
    query = " ".join(f"w{number}" for number in range(40))

    assert len(terms_of(query)) == TERMS_MAX
    assert [term.word for term in terms_of("one two one")] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("!!! ... \x00 🎸 \ud800", ()),
        ("Café-Crème (2 kg)", ("cafe", "creme", "2", "kg")),
        ("Straße", ("strasse",)),
        ("women's Women’s", ("womens", "womens")),
        ("Ёжик Йога", ("ежик", "иога")),
        ("①②", ("12",)),
        ("हिन्दी", ("हिनदी",)),
        ("ギター", ("キター",)),
    ],
)
def test_a_text_becomes_words_without_case_and_accents(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("guitars", "guitar"),
        ("dresses", "dress"),
        ("boxes", "box"),
        ("watches", "watch"),
        ("batteries", "batter"),
        ("battery", "batter"),
        ("bus", "bus"),
        ("cars", "cars"),
        ("гитары", "гитар"),
        ("гитарами", "гитар"),
        ("новогодняя", "новогодн"),
        ("стол", "стол"),
        ("guitar", "guitar"),
    ],
)
def test_a_query_word_is_shortened_by_its_ending(word: str, stem: str) -> None:
    assert stem_of(word) == stem


@given(st.text(max_size=200))
def test_taking_apart_what_was_taken_apart_changes_nothing(text: str) -> None:
    words = words_of(text)

    assert words_of(" ".join(words)) == words
    assert all(0 < len(word) <= WORD_LENGTH_MAX and " " not in word for word in words)
    assert all(word.startswith(stem_of(word)) for word in words)
