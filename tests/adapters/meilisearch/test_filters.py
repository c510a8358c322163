"""No text of anybody's is ever more than a value in a filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_adapters.meilisearch.documents import Attribute
from marketplace_adapters.meilisearch.filters import Any, Compared, Condition, Every, OneOf
from marketplace_core.search import SearchFilters
from tests.adapters.meilisearch.standin.filters import FilterRefused, read

FILTERABLE = [attribute.value for attribute in Attribute]
SHOP = {"seller": ["sel_1", "old-town"], "categories": ["cat_1"], "currency": "EUR", "price_from": 5, "in_stock": True}
HOSTILE = (
    'x" OR seller = "sel_1',
    'x\\" OR seller = "sel_1',
    "x\\",
    '\\"',
    'x") OR (seller = "sel_1"',
    "x' OR seller EXISTS OR seller = 'x",
    '"',
    "",
    " ",
    "sel_1 OR 1 = 1",
    "NOT x",
    "x\n OR seller = sel_1",
    "x\x00",
    "_geoRadius(0,0,1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_lets_nothing_pass_that_is_not_equal_to_it(text: str) -> None:
    condition = str(Every([Compared(Attribute.SELLER, "=", text), OneOf(Attribute.CATEGORIES, ["cat_1", text])]))

    assert not read(condition, FILTERABLE)(SHOP)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_asked_for_is_one_value_between_its_quotes(wanted: str, other: str) -> None:
    passes = read(str(Every([Compared(Attribute.SELLER, "=", wanted)])), FILTERABLE)
    inverted = read(f"NOT {Any([Compared(Attribute.SELLER, '=', wanted)])}", FILTERABLE)
    same = wanted.lower() == other.lower()

    assert passes({"seller": wanted}) == ("\\" not in wanted)
    if "\\" not in wanted:
        assert passes({"seller": other}) == same
    assert inverted({"seller": other}) != passes({"seller": other})


@given(st.lists(st.text("\\\"' OR=()[],", max_size=8), min_size=1, max_size=4))
def test_a_list_of_whatever_stays_a_list(values: list[str]) -> None:
    passes = read(str(OneOf(Attribute.VOCABULARY, values)), FILTERABLE)

    assert not passes({"vocabulary": ["guitar"]})


def test_conditions_are_joined_as_they_are_nested() -> None:
    def said(condition: Condition) -> bool:
        return read(str(condition), FILTERABLE)(SHOP)

    yes, no = Compared(Attribute.PRICE_FROM, "<=", 5), Compared(Attribute.IN_STOCK, "=", False)

    assert said(Any([no, Every([yes, Any([no, yes])])]))
    assert not said(Every([yes, Any([no, no])]))
    assert said(Compared(Attribute.CURRENCY, ">", "EUQ"))
    assert not said(Compared(Attribute.CURRENCY, ">", "EUR"))


def test_the_reader_refuses_what_meilisearch_refuses() -> None:
    for text in ('seller = "x', "seller", "secret = 1", 'seller = "x" "y"', "(seller = x", "seller IN x"):
        with pytest.raises(FilterRefused):
            read(text, FILTERABLE)


def test_a_filter_of_ours_has_no_field_for_a_text_of_a_filter() -> None:
    assert {field.name for field in SearchFilters.__attrs_attrs__} == {
        *("category", "seller", "price_min", "price_max", "in_stock", "has_video")
    }
