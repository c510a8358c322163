"""Searching: one request for hits and counts, a few more only where nothing has the words as they are."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, final

from meilisearch import Client

from marketplace_adapters.meilisearch.connection import Connection, Failed
from marketplace_adapters.meilisearch.documents import HIT, NO_CURRENCY, Attribute, hit_of, in_words, micros
from marketplace_adapters.meilisearch.filters import Any as AnyOf
from marketplace_adapters.meilisearch.filters import Compared, Condition, Every, OneOf
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor
from marketplace_core.search import (
    FACET_VALUES_MAX,
    Facets,
    FacetValue,
    Found,
    Position,
    PriceSpan,
    SearchFilters,
    SearchHit,
    SearchRequest,
    SearchUnavailable,
    Sort,
    Term,
    corrections,
    slips_allowed,
)
from marketplace_core.search.ports import SearchEngine

WORDS_MAX: Final = 10
"""Meilisearch looks at so many words of a query."""
ALTERNATIVES_MAX: Final = 1_000
_SORTS: Final[Mapping[Sort, Sequence[str]]] = {
    Sort.RELEVANCE: (),
    Sort.NEWEST: ("published_at:desc", "id:desc"),
    Sort.PRICE_UP: ("currency:asc", "price_from:asc", "id:asc"),
    Sort.PRICE_DOWN: ("currency:asc", "price_from:desc", "id:asc"),
}
_COUNTED: Final = [
    attribute.value
    for attribute in (
        *(Attribute.CATEGORY_LABELS, Attribute.SELLER_LABEL, Attribute.CURRENCY),
        *(Attribute.IN_STOCK, Attribute.HAS_VIDEO),
    )
]


@final
class MeilisearchEngine(SearchEngine):
    """Searches in one index of a server. What takes too long, or makes no sense, is as if the server was down."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._currencies: set[str] = set()

    async def search(self, request: SearchRequest) -> Found:
        """Answer in time or raise ``SearchUnavailable``; while the circuit is open, at once."""
        if request.fruitless:
            return Found()
        start = _start_of(request, self._connection.settings.hits_max)
        breaker = self._connection.breaker
        if not breaker.lets():
            raise SearchUnavailable("Meilisearch has not answered of late and is left alone for a moment.")
        try:
            found = await self._search(request, start)
        except Failed:  # it is there, and says no
            breaker.gave_up()
            raise
        except Unavailable as failure:
            breaker.failed()
            raise SearchUnavailable(failure.message) from failure
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as garbage:
            breaker.failed()
            raise SearchUnavailable(f"Meilisearch answered with something else: {type(garbage).__name__}.") from garbage
        except BaseException:
            breaker.gave_up()
            raise
        breaker.went_well()
        return found

    async def _search(self, request: SearchRequest, start: "_Start") -> Found:
        until = time.monotonic() + self._connection.settings.search_seconds
        conditions = list(_conditions(request.filters))
        if len(request.terms) <= WORDS_MAX:
            words = " ".join(term.stem for term in request.terms)
            found = await self._find(request, start, words, conditions, until)
            if found.total or not request.terms:
                return found
        meant = [await self._meant(term, until) for term in request.terms]
        if not all(beginnings for beginnings, _ in meant):
            return Found()
        conditions += [OneOf(Attribute.VOCABULARY, words[:ALTERNATIVES_MAX]) for _, words in meant]
        certain = [beginnings[0] for beginnings, _ in meant if len(beginnings) == 1]
        return await self._find(request, start, certain[0] if certain else "", conditions, until)

    async def _find(
        self, request: SearchRequest, start: "_Start", words: str, conditions: Sequence[Condition], until: float
    ) -> Found:
        page: dict[str, Any] = {
            **_query(self._name, words, [*conditions, *start.conditions], _SORTS[request.sort]),
            "offset": start.offset,
            "limit": request.limit + 1,
            "attributesToRetrieve": ["id", HIT],
        }
        counts = {**_query(self._name, words, conditions), "limit": 0, "facets": _COUNTED}
        known = sorted(self._currencies)
        answers = await self._asked([page, counts, *self._prices(words, conditions, known)], until)
        rows, counted = answers[0]["hits"], answers[1]["facetDistribution"]
        prices = dict(zip(known, _pairs(answers[2:]), strict=True))
        fresh = sorted(set(counted.get(Attribute.CURRENCY.value, {})) - {NO_CURRENCY, *known})
        if fresh:
            self._currencies |= {*fresh}
            more = await self._asked(self._prices(words, conditions, fresh), until)
            prices |= dict(zip(fresh, _pairs(more), strict=True))
        hits = [hit_of(row) for row in rows[: request.limit]]
        return Found(
            hits=tuple(hits),
            facets=Facets(
                categories=_facet(counted.get(Attribute.CATEGORY_LABELS.value, {})),
                sellers=_facet(counted.get(Attribute.SELLER_LABEL.value, {})),
                prices=tuple(_spans(prices)),
                in_stock=_count(counted, Attribute.IN_STOCK, "true"),
                has_video=_count(counted, Attribute.HAS_VIDEO, "true"),
            ),
            # Every hit is in stock or is not: these counts are exact, and not cut off where pages are.
            total=_count(counted, Attribute.IN_STOCK, "true") + _count(counted, Attribute.IN_STOCK, "false"),
            ended_at=_position(hits[-1], request, start) if len(rows) > request.limit else None,
        )

    def _prices(self, words: str, conditions: Sequence[Condition], currencies: Sequence[str]) -> list[dict[str, Any]]:
        """Return the queries for the lowest and the highest price in each currency."""
        return [
            {
                **_query(self._name, words, [*conditions, Compared(Attribute.CURRENCY, "=", currency)], [order]),
                "limit": 1,
                "attributesToRetrieve": ["price_from", "price_to"],
            }
            for currency in currencies
            for order in ("price_from:asc", "price_to:desc")
        ]

    async def _meant(self, term: Term, until: float) -> tuple[Sequence[str], Sequence[str]]:
        """Return what a term means: beginnings of words, and the known words that begin so."""
        known = await self._known(term.stem, until)
        if known:
            return (term.stem,), known
        if not slips_allowed(term.stem):
            return (), ()
        candidates: set[str] = set()
        for letter in sorted({*term.stem[:2]}):
            candidates |= {*await self._known(letter, until)}
        beginnings = corrections(term.stem, sorted(candidates))
        return beginnings, sorted(word for word in candidates if word.startswith(beginnings)) if beginnings else ()

    async def _known(self, beginning: str, until: float) -> Sequence[str]:
        def ask(client: Client) -> Sequence[str]:
            found = client.index(self._name).facet_search(Attribute.VOCABULARY.value, beginning)
            return [str(row["value"]) for row in found["facetHits"]]

        return [word for word in await self._connection.search(ask, until) if word.startswith(beginning)]

    async def _asked(self, queries: Sequence[Mapping[str, Any]], until: float) -> Sequence[Mapping[str, Any]]:
        if not queries:
            return []
        results = (await self._connection.search(lambda client: client.multi_search(queries), until))["results"]
        if len(results) != len(queries):
            raise ValueError("not as many answers as questions")
        return results


class _Start:
    """Where a page begins: after so many hits, or after a hit with these values."""

    def __init__(self, offset: int = 0, conditions: Sequence[Condition] = ()) -> None:
        self.offset = offset
        self.conditions = conditions


def _start_of(request: SearchRequest, hits_max: int) -> _Start:
    """Understand a position. Raises ``InvalidCursor``: a position is whatever somebody sends."""
    if request.after is None:
        return _Start()
    first, *middle, last = request.after.values
    try:
        if request.sort is Sort.RELEVANCE:
            if not 0 <= float(first) < hits_max:
                raise ValueError
            return _Start(offset=int(first))
        if request.sort is Sort.NEWEST:
            moment = micros(datetime.fromisoformat(str(first)))
            return _Start(conditions=[_after([(Attribute.PUBLISHED_AT, "<", moment), (Attribute.ID, "<", str(last))])])
        (price,) = middle
        up = request.sort is Sort.PRICE_UP
        return _Start(
            conditions=[
                _after(
                    [
                        (Attribute.CURRENCY, ">", str(first)),
                        (Attribute.PRICE_FROM, ">" if up else "<", int(price) if up else -int(price)),
                        (Attribute.ID, ">", str(last)),
                    ]
                )
            ]
        )
    except (ValueError, TypeError, OverflowError) as broken:
        raise InvalidCursor("This cursor was not made by this search.", field="cursor") from broken


def _after(keys: Sequence[tuple[Attribute, Any, str | int]]) -> Condition:
    """Return the condition that holds for what comes after some values in an order by several keys."""
    parts: list[Condition] = []
    for place, (attribute, beyond, value) in enumerate(keys):
        same = [Compared(before, "=", equal) for before, _, equal in keys[:place]]
        parts.append(Every([*same, Compared(attribute, beyond, value)]))
    return AnyOf(parts)


def _conditions(filters: SearchFilters) -> Sequence[Condition]:
    found: list[Condition] = []
    if filters.category is not None:
        found.append(Compared(Attribute.CATEGORIES, "=", filters.category))
    if filters.seller is not None:
        found.append(Compared(Attribute.SELLER, "=", filters.seller))
    if filters.currency is not None:
        found.append(Compared(Attribute.CURRENCY, "=", filters.currency))
    if filters.price_min is not None:
        found.append(Compared(Attribute.PRICE_TO, ">=", filters.price_min.amount_minor))
    if filters.price_max is not None:
        found.append(Compared(Attribute.PRICE_FROM, "<=", filters.price_max.amount_minor))
    if filters.in_stock:
        found.append(Compared(Attribute.IN_STOCK, "=", True))
    if filters.has_video:
        found.append(Compared(Attribute.HAS_VIDEO, "=", True))
    return found


def _query(name: str, words: str, conditions: Sequence[Condition], sort: Sequence[str] = ()) -> dict[str, Any]:
    said = str(Every(conditions)) if conditions else None
    return {"indexUid": name, "q": words, "matchingStrategy": "all", "filter": said, "sort": list(sort) or None}


def _facet(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Read counts by ``slug label``; a slug that was renamed lately has several labels."""
    counted: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for named, count in counts.items():
        slug, _, label = named.partition(" ")
        counted[slug] += int(count)
        labels[slug] = max(label, labels.get(slug, ""))
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:FACET_VALUES_MAX]
    return tuple(FacetValue(value=slug, label=labels[slug], count=count) for slug, count in ordered)


def _pairs(answers: Sequence[Mapping[str, Any]]) -> Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return list(zip(answers[::2], answers[1::2], strict=True))


def _spans(prices: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Sequence[PriceSpan]:
    return [
        PriceSpan(
            lowest=Money(int(low["hits"][0]["price_from"]), currency),
            highest=Money(int(high["hits"][0]["price_to"]), currency),
        )
        for currency, (low, high) in sorted(prices.items())
        if low["hits"] and high["hits"]
    ]


def _count(counted: Mapping[str, Mapping[str, int]], attribute: Attribute, value: str) -> int:
    return int(counted.get(attribute.value, {}).get(value, 0))


def _position(hit: SearchHit, request: SearchRequest, start: _Start) -> Position:
    if request.sort is Sort.RELEVANCE:
        return Position((float(start.offset + request.limit), hit.product_id))
    if request.sort is Sort.NEWEST:
        return Position((in_words(hit.published_at), hit.product_id))
    sign = 1 if request.sort is Sort.PRICE_UP else -1
    price = hit.price_from
    if price is None:
        return Position((NO_CURRENCY, 0, hit.product_id))
    return Position((price.currency, sign * price.amount_minor, hit.product_id))
