"""What may be asked of search."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.search.domain.cursor import cursor_of, position_of, search_digest
from marketplace_core.search.domain.document import SearchHit
from marketplace_core.search.domain.request import SearchFilters, SearchRequest, Sort
from marketplace_core.search.domain.result import Facets, Found
from marketplace_core.search.domain.words import terms_of
from marketplace_core.search.ports import SearchEngine


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
    - When the engine is down a simpler one answers, and says so.
    """

    engine: SearchEngine
    fallback: SearchEngine | None = None

    async def __call__(self, query: Search, by: Actor) -> SearchResults:
        terms = terms_of(query.text)
        sort = query.sort or (Sort.RELEVANCE if terms else Sort.NEWEST)
        if not terms and sort is Sort.RELEVANCE:
            sort = Sort.NEWEST
        digest = search_digest(query.text, query.filters, sort)
        cursor = query.page.cursor
        request = SearchRequest(
            terms=terms,
            fruitless=not terms and bool(query.text.strip()),
            filters=query.filters,
            sort=sort,
            limit=query.page.limit,
            after=position_of(cursor, digest, sort) if cursor is not None else None,
        )
        found, degraded = await self._find(request)
        return SearchResults(
            hits=found.hits,
            facets=found.facets,
            total=found.total,
            next_cursor=cursor_of(found.ended_at, digest) if found.ended_at else None,
            degraded=degraded,
        )

    async def _find(self, request: SearchRequest) -> tuple[Found, bool]:
        try:
            return await self.engine.search(request), False
        except Unavailable:
            if self.fallback is None:
                raise
            return await self.fallback.search(request), True
