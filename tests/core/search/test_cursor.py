"""Cursors of a search."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor
from marketplace_core.search import Position, SearchFilters, Sort
from marketplace_core.search.domain.cursor import cursor_of, position_of, search_digest

DIGEST = search_digest("guitar", SearchFilters(), Sort.RELEVANCE)


def written(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!!",
        "é",
        "a" * 513,
        written([]),
        written({}),
        written(7),
        written([DIGEST]),
        written([DIGEST, 1.5]),
        written([DIGEST, 1.5, "prd_1", "more"]),
        written([DIGEST, "1.5", "prd_1"]),
        written([DIGEST, 1, "prd_1"]),
        written([DIGEST, True, "prd_1"]),
        written([DIGEST, None, "prd_1"]),
        written([DIGEST, float("nan"), "prd_1"]),
        written([DIGEST, float("inf"), "prd_1"]),
        written([DIGEST, 1.5, 7]),
        written(["0" * 16, 1.5, "prd_1"]),
        written([[DIGEST], 1.5, "prd_1"]),
        base64.urlsafe_b64encode(b"[" * 380).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_what_this_search_did_not_write_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        position_of(cursor, DIGEST, Sort.RELEVANCE)


def test_an_amount_that_no_database_holds_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        position_of(written([DIGEST, "EUR", 2**63, "prd_1"]), DIGEST, Sort.PRICE_UP)


@pytest.mark.parametrize(
    "other",
    [
        search_digest("guitars", SearchFilters(), Sort.RELEVANCE),
        search_digest("guitar", SearchFilters(category="drums"), Sort.RELEVANCE),
        search_digest("guitar", SearchFilters(price_max=Money(5, "EUR")), Sort.RELEVANCE),
        search_digest("guitar", SearchFilters(in_stock=True), Sort.RELEVANCE),
        search_digest("guitar", SearchFilters(), Sort.NEWEST),
    ],
)
def test_another_searchs_cursor_is_refused(other: str) -> None:
    cursor = cursor_of(Position((1.5, "prd_1")), other)

    with pytest.raises(InvalidCursor):
        position_of(cursor, DIGEST, Sort.RELEVANCE)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text("abcdef_0123456789", max_size=40))
def test_a_position_comes_back_as_it_was_written(score: float, product_id: str) -> None:
    position = Position((score, product_id))

    assert position_of(cursor_of(position, DIGEST), DIGEST, Sort.RELEVANCE) == position


@given(st.text(max_size=40))
def test_no_text_whatever_does_more_than_be_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        position_of(cursor, DIGEST, Sort.RELEVANCE)
