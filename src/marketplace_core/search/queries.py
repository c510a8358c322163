"""What may be asked of search."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from attrs import evolve, field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.search.domain.cursor import cursor_of, position_of, search_digest, was_written_by
from marketplace_core.search.domain.document import SearchHit
from marketplace_core.search.domain.drift import BATCH, Drift, IndexVerified
from marketplace_core.search.domain.errors import SearchUnavailable
from marketplace_core.search.domain.request import SearchFilters, SearchRequest, Sort
from marketplace_core.search.domain.result import Facets
from marketplace_core.search.domain.words import terms_of
from marketplace_core.search.ports import DocumentSource, SearchEngine, SearchIndex

DEGRADED_LIMIT_MAX: Final = 50
"""So many hits on a page are enough while the database does the work of a search engine beside its own."""


@frozen(kw_only=True)
class SearchResults:
    """Hits, how all of them are spread, and the cursor of the next page.

    ``degraded`` tells that the usual engine is down and a simpler one answered.
    """

    hits: tuple[SearchHit, ...]
    facets: Facets
    total: int
    next_cursor: str | None
    degraded: bool = False


@frozen(kw_only=True)
class Search(Query[SearchResults]):
    """Find products. Without a sort, hits come by relevance if there are words to find, otherwise newest first."""

    permission: ClassVar[Permission] = Permission.ANYONE
    text: str = ""
    filters: SearchFilters = field(factory=SearchFilters)
    sort: Sort | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class SearchHandler:
    """Find products.

    - Every word must occur, at least as a beginning; slips of the keyboard are forgiven in words of four letters and
      more. Without words, everything is found; words without a letter or digit find nothing.
    - Only what buyers may see is found, filtered as asked, by relevance, age or price.
    - How many hits each category, seller and condition would leave is counted over all hits.
    - When the engine is down a simpler one answers, and says so. Its list by relevance is another one: what was begun
      in it goes on in it, and what was begun in the usual one has to be begun again.
    """

    engine: SearchEngine
    fallback: SearchEngine | None = None

    async def __call__(self, query: Search, by: Actor) -> SearchResults:
        terms = terms_of(query.text)
        sort = query.sort or (Sort.RELEVANCE if terms else Sort.NEWEST)
        if not terms and sort is Sort.RELEVANCE:
            sort = Sort.NEWEST
        fruitless = not terms and bool(query.text.strip())
        first = SearchRequest(
            terms=terms, fruitless=fruitless, filters=query.filters, sort=sort, limit=query.page.limit
        )
        usual = search_digest(query.text, query.filters, sort)
        others = search_digest(query.text, query.filters, sort, engine="standin") if sort is Sort.RELEVANCE else usual
        cursor = query.page.cursor
        digest, degraded = usual, False
        try:
            if self.fallback is not None and cursor is not None and others != usual and was_written_by(cursor, others):
                raise SearchUnavailable("This list was begun while the usual engine was down.")
            found = await self.engine.search(_going_on(first, cursor, usual))
        except Unavailable:
            if self.fallback is None:
                raise
            digest, degraded = others, True
            simpler = evolve(first, limit=min(first.limit, DEGRADED_LIMIT_MAX))
            found = await self.fallback.search(_going_on(simpler, cursor, others))
        return SearchResults(
            hits=found.hits,
            facets=found.facets,
            total=found.total,
            next_cursor=cursor_of(found.ended_at, digest) if found.ended_at else None,
            degraded=degraded,
        )


def _going_on(request: SearchRequest, cursor: str | None, digest: str) -> SearchRequest:
    return request if cursor is None else evolve(request, after=position_of(cursor, digest, request.sort))


@frozen(kw_only=True)
class VerifyIndex(Query[IndexVerified]):
    """Tell where the index differs from the catalogue."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class VerifyIndexHandler:
    """Compare every document that buyers may see with what is indexed, and name all that differs.

    - Nothing is changed.
    - What differs is looked at twice: what an event was just about to bring up to date is not named.
    """

    source: DocumentSource
    indexes: Mapping[str, SearchIndex]

    async def __call__(self, query: VerifyIndex, by: Actor) -> IndexVerified:
        """Go through all of them. Raises ``SearchUnavailable``."""
        return IndexVerified(drifts=tuple([await self._drift(name, index) for name, index in self.indexes.items()]))

    async def _drift(self, name: str, index: SearchIndex) -> Drift:
        settings = tuple(await index.wrong_settings())
        first = await self._compared(name, index)
        if not first.size:
            return Drift(index=name, products=first.products, settings=settings)
        second = await self._compared(name, index)
        return Drift(
            index=name,
            products=second.products,
            missing=_both(first.missing, second.missing),
            extra=_both(first.extra, second.extra),
            stale=_both(first.stale, second.stale),
            settings=settings,
        )

    async def _compared(self, name: str, index: SearchIndex) -> Drift:
        indexed = {entry.product_id: entry.digest async for entry in index.entries()}
        missing: list[ProductId] = []
        stale: list[ProductId] = []
        products = 0
        after: ProductId | None = None
        while visible := await self.source.visible_ids(after, BATCH):
            documents = await self.source.documents(visible)
            products += len(documents)
            for product_id, document in documents.items():
                digest = indexed.pop(product_id, None)
                if digest is None:
                    missing.append(product_id)
                elif digest != document.digest:
                    stale.append(product_id)
            after = visible[-1]
        return Drift(
            index=name,
            products=products,
            missing=tuple(sorted(missing)),
            extra=tuple(sorted(indexed)),
            stale=tuple(sorted(stale)),
        )


def _both(one: Sequence[ProductId], other: Sequence[ProductId]) -> tuple[ProductId, ...]:
    return tuple(sorted({*one} & {*other}))
