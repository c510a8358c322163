"""How a search is said in SQL: one statement for hits and facets, one for what somebody probably meant."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from attrs import frozen
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import (
    CTE,
    ColumnElement,
    Executable,
    Label,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from marketplace_adapters.sqlalchemy.search_words import IndexWords, words_on
from marketplace_adapters.sqlalchemy.statements import in_words, value_of
from marketplace_adapters.sqlalchemy.tables.search import categories, documents, vocabulary
from marketplace_core.search import (
    FACET_VALUES_MAX,
    SearchFilters,
    SearchRequest,
    Sort,
    Term,
    corrections,
    slips_allowed,
)

CANDIDATES_MAX: Final = 50_000
"""How many known words are looked at to correct a query."""
_NO_TEXT: Final = cast(null(), Text)
_LAST: Final = "\U0010ffff"
_NO_CURRENCY: Final = "~~~"
"""Sorts after every currency: what has no price comes last."""
DESCENDING: Final = frozenset({Sort.RELEVANCE, Sort.NEWEST})


@frozen
class Shape:
    """What the statement of a search looks like, whatever its values."""

    by_words: bool
    category: bool
    seller: bool
    price_min: bool
    price_max: bool
    in_stock: bool
    has_video: bool
    sort: Sort
    goes_on: bool


def shape_of(request: SearchRequest) -> Shape:
    """Return the shape of a request."""
    filters = request.filters
    return Shape(
        by_words=bool(request.terms),
        category=filters.category is not None,
        seller=filters.seller is not None,
        price_min=filters.price_min is not None,
        price_max=filters.price_max is not None,
        in_stock=filters.in_stock,
        has_video=filters.has_video,
        sort=request.sort,
        goes_on=request.after is not None,
    )


def values_of(request: SearchRequest) -> dict[str, Any]:
    """Return the values that go with the shape, but for the words."""
    filters: SearchFilters = request.filters
    values: dict[str, Any] = {"page_size": request.limit + 1}
    values |= {"category": filters.category, "seller": filters.seller, "currency": filters.currency}
    values |= {
        "price_min": filters.price_min.amount_minor if filters.price_min is not None else None,
        "price_max": filters.price_max.amount_minor if filters.price_max is not None else None,
    }
    for place, value in enumerate(request.after.values if request.after else ()):
        values[f"after_{place}"] = value
    return values


@cache
def statement_of(shape: Shape, dialect: str) -> Executable:
    """Return the statement that answers a search of this shape.

    Its rows are ``(kind, value, label, first, second)``: hits with their sort values, then facets.
    """
    matched = _matched(shape, words_on(dialect))
    return union_all(_page(matched, shape), *_facets(matched))


def _matched(shape: Shape, words: IndexWords) -> CTE:
    """Return all hits, once, with what they are sorted and counted by."""
    score: ColumnElement[Any] = literal_column("0.0")
    found = documents.select().with_only_columns(documents.c.number)
    conditions: list[ColumnElement[bool]] = []
    if shape.by_words:
        if shape.sort is Sort.RELEVANCE:
            score = _score(words)
        found = select(documents.c.number).select_from(words.table).join(documents, documents.c.number == words.number)
        conditions.append(words.matches("match"))
    if shape.category:
        named = or_(categories.c.slug == bindparam("category"), categories.c.category_id == bindparam("category"))
        conditions.append(documents.c.number.in_(select(categories.c.number).where(named)))
    if shape.seller:
        seller: ColumnElement[Any] = bindparam("seller")
        conditions.append(or_(documents.c.seller_id == seller, documents.c.seller_slug == seller))
    if shape.price_min or shape.price_max:
        conditions.append(documents.c.currency == bindparam("currency"))
    if shape.price_min:
        conditions.append(documents.c.price_to_minor >= bindparam("price_min"))
    if shape.price_max:
        conditions.append(documents.c.price_from_minor <= bindparam("price_max"))
    if shape.in_stock:
        conditions.append(documents.c.in_stock.is_(True))
    if shape.has_video:
        conditions.append(documents.c.has_video.is_(True))
    kept = (
        documents.c[name]
        for name in ("product_id", "seller_slug", "currency", "price_from_minor", "price_to_minor", "published_at")
    )
    flags = (type_coerce(documents.c[name], documents.c.number.type).label(name) for name in ("in_stock", "has_video"))
    return (
        found.add_columns(*kept, *flags, documents.c.seller_name, score.label("score"))
        .where(*conditions)
        .cte("matched")
        .prefix_with("MATERIALIZED")
    )


def _score(words: IndexWords) -> ColumnElement[Any]:
    """Return how well a row matches: where all words are decides, then BM25, squeezed between 0 and 1.

    BM25 alone lets a short text about anything win over the right title above a long description.
    """
    closeness = words.closeness()
    place = case(
        (words.also_matches("match_title"), literal_column("2.0")),
        (words.also_matches("match_keywords"), literal_column("1.0")),
        else_=literal_column("0.0"),
    )
    return place + closeness / (literal_column("1.0") + closeness)


def _page(matched: CTE, shape: Shape) -> Select[Any]:
    """Return one page of hits and one more, to see whether others follow."""
    keys = _sort_keys(matched, shape.sort)
    columns = [*keys, matched.c.product_id]
    page = select(matched.c.number, *(key.label(f"key_{place}") for place, key in enumerate(keys)))
    if shape.goes_on:
        after = tuple_(*(bindparam(f"after_{place}") for place in range(len(columns))))
        here = tuple_(*columns)
        page = page.where(here < after if shape.sort in DESCENDING else here > after)
    ordered = page.order_by(*(column.desc() if shape.sort in DESCENDING else column for column in columns))
    cut = ordered.limit(bindparam("page_size")).subquery("page")
    second: ColumnElement[Any] = cut.c.key_1 if len(keys) > 1 else null()
    return select(
        literal_column("'hit'").label("kind"),
        cast(documents.c.hit, Text).label("value"),
        documents.c.product_id.label("label"),
        value_of(cut.c.key_0).label("first"),
        value_of(second).label("second"),
    ).join_from(cut, documents, documents.c.number == cut.c.number)


def _sort_keys(matched: CTE, sort: Sort) -> list[ColumnElement[Any]]:
    if sort is Sort.RELEVANCE:
        return [matched.c.score]
    if sort is Sort.NEWEST:
        return [in_words(matched.c.published_at)]
    price = func.coalesce(matched.c.price_from_minor, 0)
    return [func.coalesce(matched.c.currency, _NO_CURRENCY), price if sort is Sort.PRICE_UP else -price]


def _facets(matched: CTE) -> tuple[Select[Any], ...]:
    count = func.count()
    of_category = (
        select(*_facet("category", categories.c.slug, func.max(categories.c.name), count))
        .join_from(matched, categories, categories.c.number == matched.c.number)
        .group_by(categories.c.slug)
        .order_by(count.desc(), categories.c.slug)
        .limit(FACET_VALUES_MAX)
        .subquery("by_category")
    )
    of_seller = (
        select(*_facet("seller", matched.c.seller_slug, func.max(matched.c.seller_name), count))
        .group_by(matched.c.seller_slug)
        .order_by(count.desc(), matched.c.seller_slug)
        .limit(FACET_VALUES_MAX)
        .subquery("by_seller")
    )
    lowest, highest = func.min(matched.c.price_from_minor), func.max(matched.c.price_to_minor)
    of_currency = (
        select(*_facet("price", matched.c.currency, _NO_TEXT, lowest, highest))
        .where(matched.c.currency.is_not(None))
        .group_by(matched.c.currency)
    )
    in_stock, has_video = (
        func.coalesce(func.sum(matched.c.in_stock), 0),
        func.coalesce(func.sum(matched.c.has_video), 0),
    )
    in_all = select(*_facet("total", _NO_TEXT, _NO_TEXT, count)).select_from(matched)
    conditions = select(*_facet("condition", _NO_TEXT, _NO_TEXT, in_stock, has_video)).select_from(matched)
    return (select(of_category), select(of_seller), of_currency, in_all, conditions)


def _facet(
    kind: str,
    value: ColumnElement[Any],
    label: ColumnElement[Any],
    first: ColumnElement[Any],
    second: ColumnElement[Any] | None = None,
) -> tuple[Label[Any], ...]:
    other: ColumnElement[Any] = null() if second is None else second
    named = {
        "kind": literal_column(f"'{kind}'"),
        "value": value,
        "label": label,
        "first": value_of(first),
        "second": value_of(other),
    }
    return tuple(part.label(name) for name, part in named.items())


def known_words(terms: Sequence[Term]) -> Executable:
    """Return the statement that tells which terms any word begins with, and lists what the others may have meant.

    Its rows are ``(place, word)``: the place of the term, and a candidate, or None for a term that is known.
    """
    parts = []
    for place, term in enumerate(terms):
        known = exists(select(vocabulary.c.term).where(_begins(term.stem)))
        parts.append(select(literal(place).label("place"), _NO_TEXT.label("word")).where(known))
        slips = slips_allowed(term.stem)
        for letter in sorted({*term.stem[:2]}) if slips else ():
            long_enough = func.length(vocabulary.c.term) >= len(term.stem) - slips
            parts.append(select(literal(place), vocabulary.c.term).where(~known, _begins(letter), long_enough))
    return union_all(*parts).limit(CANDIDATES_MAX)


def _begins(beginning: str) -> ColumnElement[bool]:
    return and_(vocabulary.c.term >= beginning, vocabulary.c.term < beginning + _LAST)


def meant(terms: Sequence[Term], rows: Sequence[tuple[int, str | None]]) -> list[tuple[Term, Sequence[str]]] | None:
    """Return the terms with what they match, some of them corrected; None if correcting changes nothing."""
    known = {place for place, word in rows if word is None}
    if len(known) == len(terms):
        return None
    alternatives: list[tuple[Term, Sequence[str]]] = []
    for place, term in enumerate(terms):
        beginnings: Sequence[str] = (term.stem,)
        if place not in known:
            candidates = sorted({word for at, word in rows if at == place and word is not None})
            beginnings = corrections(term.stem, candidates, _distance)
            if not beginnings:
                return None
        alternatives.append((term, beginnings))
    return alternatives


def _distance(one: str, other: str, limit: int) -> int:
    return DamerauLevenshtein.distance(one, other, score_cutoff=limit)
