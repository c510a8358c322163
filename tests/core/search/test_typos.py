"""What somebody probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.search import corrections, damerau_levenshtein

WORDS = ("design", "drum", "guitar", "guitars", "гитара", "recharge", "rechargeable")
ALPHABET = "abc"


def exact_distance(one: str, other: str) -> int:
    """Search breadth-first for the fewest single-letter slips; slow and plainly right."""
    seen, front, steps = {one}, {one}, 0
    while other not in front:
        steps += 1
        after = set()
        for word in front:
            for i in range(len(word) + 1):
                after |= {word[:i] + letter + word[i:] for letter in ALPHABET if len(word) < 6}
                after |= {word[:i] + letter + word[i + 1 :] for letter in ALPHABET}
                after.add(word[:i] + word[i + 1 :])
                after.add(word[:i] + word[i : i + 2][::-1] + word[i + 2 :])
        front = after - seen
        seen |= front
    return steps


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gutiar", ("guitar",)),
        ("guitra", ("guitar",)),
        ("gitar", ("guitar",)),
        ("ugitar", ("guitar",)),
        ("гитора", ("гитара",)),
        ("rechargabel", ("rechargeable",)),
        ("desk", ()),
        ("drm", ()),
        ("guxxar", ()),
        ("quitar", ()),
        ("dr1m", ()),
        ("", ()),
    ],
)
def test_a_word_is_corrected_to_the_closest_beginnings(word: str, expected: tuple[str, ...]) -> None:
    assert corrections(word, WORDS) == expected


def test_only_the_closest_words_are_meant() -> None:
    assert corrections("electirc", ("elective", "electric")) == ("electric",)
    assert corrections("electirc", ("electric", "elective")) == ("electric",)
    assert corrections("electirc", ("elective",)) == ("elective",)


def test_at_most_five_corrections_are_offered() -> None:
    vocabulary = [f"lam{letter}p" for letter in "abcdefgh"]

    assert len(corrections("lamp", vocabulary)) == 5


@given(st.text(ALPHABET, max_size=4), st.text(ALPHABET, max_size=4))
def test_the_distance_is_the_fewest_slips(one: str, other: str) -> None:
    assert damerau_levenshtein(one, other, 9) == exact_distance(one, other)


@given(st.text(max_size=8), st.text(max_size=8), st.integers(0, 3))
def test_beyond_the_limit_it_is_only_known_to_be_beyond(one: str, other: str, limit: int) -> None:
    whole = damerau_levenshtein(one, other, 100)

    assert damerau_levenshtein(one, other, limit) == min(whole, limit + 1)
    assert damerau_levenshtein(other, one, 100) == whole
    assert (whole == 0) == (one == other)
