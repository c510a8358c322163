"""Search in memory: the same answers as the engines give, by looking at every document."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC
from typing import Final, final

from attrs import frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.money import Money
from marketplace_core.search import (
    FACET_VALUES_MAX,
    Facets,
    FacetValue,
    Found,
    IndexedWords,
    IndexEntry,
    Position,
    PriceSpan,
    SearchDocument,
    SearchFilters,
    SearchHit,
    SearchRequest,
    Sort,
    Term,
    corrections,
    indexed_words,
)
from marketplace_core.search.ports import DocumentSource, SearchEngine, SearchIndex

_TABLE: Final = "search_documents"
_WEIGHTS: Final = (("title", 10.0), ("keywords", 4.0), ("description", 1.0))
_NO_CURRENCY: Final = "~~~"
"""Sorts after every currency: what has no price comes last."""


@frozen
class _Entry:
    document: SearchDocument
    words: IndexedWords


@frozen
class _Wanted:
    """What a term matches: the word itself counts double, words with one of the beginnings once."""

    word: str
    beginnings: tuple[str, ...]

    def weight(self, words: IndexedWords) -> float:
        """Return how much a document says about it; 0 if nothing."""
        best = 0.0
        for name, weight in _WEIGHTS:
            for word in getattr(words, name):
                if word.startswith(self.beginnings):
                    best = max(best, weight * (2.0 if word == self.word else 1.0))
        return best


@final
class InMemorySearch(SearchIndex, SearchEngine):
    """Index and engine over one table."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[_Entry] = store.table(_TABLE)

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Store the documents with their words."""
        for document in documents:
            self._rows.put(document.product_id, _Entry(document, indexed_words(document)))

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Forget the documents."""
        for product_id in product_ids:
            self._rows.delete(product_id)

    async def entries(self) -> AsyncIterator[IndexEntry]:
        """Go through the documents."""
        for entry in list(self._rows):
            yield IndexEntry(product_id=entry.document.product_id, digest=entry.document.digest)

    async def search(self, request: SearchRequest) -> Found:
        """Look at every document."""
        wanted = None if request.fruitless else self._wanted(request.terms)
        matched = [] if wanted is None else self._matched(wanted, request.filters)
        matched.sort(key=lambda match: _place(match, request.sort), reverse=request.sort in _DESCENDING)
        rest = [match for match in matched if _follows(match, request)]
        page = rest[: request.limit]
        return Found(
            hits=tuple(SearchHit.of(document) for document, _ in page),
            facets=_facets([document for document, _ in matched]),
            total=len(matched),
            ended_at=Position(_place(page[-1], request.sort)) if len(rest) > len(page) else None,
        )

    def _wanted(self, terms: Iterable[Term]) -> list[_Wanted] | None:
        """Settle what each term matches; None if one of them matches nothing."""
        vocabulary = sorted(
            {word for entry in self._rows for name, _ in _WEIGHTS for word in getattr(entry.words, name)}
        )
        wanted = []
        for term in terms:
            beginnings: tuple[str, ...] = (term.stem,) if any(word.startswith(term.stem) for word in vocabulary) else ()
            beginnings = beginnings or corrections(term.stem, vocabulary)
            if not beginnings:
                return None
            wanted.append(_Wanted(term.word, beginnings))
        return wanted

    def _matched(self, wanted: list[_Wanted], filters: SearchFilters) -> list[tuple[SearchDocument, float]]:
        matched = []
        for entry in self._rows:
            weights = [term.weight(entry.words) for term in wanted]
            if all(weights) and _passes(entry.document, filters):
                matched.append((entry.document, sum(weights)))
        return matched


def _passes(document: SearchDocument, filters: SearchFilters) -> bool:
    return (
        filters.category in {None, *(name for label in document.categories for name in (label.category_id, label.slug))}
        and filters.seller in {None, document.seller_id, document.seller_slug}
        and (document.in_stock or not filters.in_stock)
        and (document.has_video or not filters.has_video)
        and _costs(document, filters)
    )


def _costs(document: SearchDocument, filters: SearchFilters) -> bool:
    if filters.currency is None:
        return True
    if document.price_from is None or document.price_to is None or document.price_from.currency != filters.currency:
        return False
    above = filters.price_min is None or filters.price_min <= document.price_to
    return above and (filters.price_max is None or document.price_from <= filters.price_max)


_DESCENDING: Final = frozenset({Sort.RELEVANCE, Sort.NEWEST})


def _place(match: tuple[SearchDocument, float], sort: Sort) -> tuple[str | int | float, ...]:
    document, weight = match
    if sort is Sort.RELEVANCE:
        return (weight, document.product_id)
    if sort is Sort.NEWEST:
        return (document.published_at.astimezone(UTC).isoformat(timespec="microseconds"), document.product_id)
    price = document.price_from
    sign = 1 if sort is Sort.PRICE_UP else -1
    if price is None:
        return (_NO_CURRENCY, 0, document.product_id)
    return (price.currency, sign * price.amount_minor, document.product_id)


def _follows(match: tuple[SearchDocument, float], request: SearchRequest) -> bool:
    if request.after is None:
        return True
    place = _place(match, request.sort)
    return place < request.after.values if request.sort in _DESCENDING else place > request.after.values


def _facets(documents: Sequence[SearchDocument]) -> Facets:
    labels = [(label.slug, label.name) for document in documents for label in document.categories]
    sellers = [(document.seller_slug, document.seller_name) for document in documents]
    return Facets(
        categories=_counted(labels),
        sellers=_counted(sellers),
        prices=_spans(documents),
        in_stock=sum(document.in_stock for document in documents),
        has_video=sum(document.has_video for document in documents),
    )


def _counted(values: Iterable[tuple[str, str]]) -> tuple[FacetValue, ...]:
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for value, label in values:
        counts[value] += 1
        labels[value] = max(label, labels.get(value, ""))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(FacetValue(value=value, label=labels[value], count=count) for value, count in rows[:FACET_VALUES_MAX])


def _spans(documents: Sequence[SearchDocument]) -> tuple[PriceSpan, ...]:
    lowest: dict[str, int] = {}
    highest: dict[str, int] = {}
    for document in documents:
        if document.price_from is not None and document.price_to is not None:
            currency = document.price_from.currency
            cheapest, dearest = document.price_from.amount_minor, document.price_to.amount_minor
            lowest[currency] = min(cheapest, lowest.get(currency, cheapest))
            highest[currency] = max(dearest, highest.get(currency, dearest))
    return tuple(
        PriceSpan(lowest=Money(lowest[currency], currency), highest=Money(highest[currency], currency))
        for currency in sorted(lowest)
    )


@final
class InMemoryDocuments(DocumentSource):
    """Documents that a test names; ``on_read`` is called after each read, to change them in between."""

    def __init__(self, *documents: SearchDocument) -> None:
        self.visible: dict[ProductId, SearchDocument] = {document.product_id: document for document in documents}
        self.on_read: Callable[[], None] = lambda: None

    async def documents(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, SearchDocument]:
        """Describe those that are visible."""
        found = {product_id: self.visible[product_id] for product_id in product_ids if product_id in self.visible}
        self.on_read()
        return found

    async def visible_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Return the next identifiers."""
        return [product_id for product_id in sorted(self.visible) if after is None or product_id > after][:limit]
