"""Find products."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from marketplace_core.search import Reindex
from marketplace_entrypoints.http.dependencies import By, Market
from marketplace_entrypoints.http.search.schemas import ReindexedOut, SearchIn, SearchOut

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", response_model=SearchOut, operation_id="search")
async def search(asked: Annotated[SearchIn, Query()], market: Market, by: By, response: Response) -> SearchOut:
    """Find products by words, filters and price, with facets.

    Every word must occur, at least as a beginning; slips of the keyboard are forgiven. When the engine is down a
    simpler one answers, and the answer carries `X-Search-Degraded: 1`.
    """
    results = await market.ask(asked.query(), by=by)
    if results.degraded:
        response.headers["X-Search-Degraded"] = "1"
    return SearchOut.model_validate(results)


@router.post("/search/reindex", response_model=ReindexedOut, operation_id="reindex")
async def reindex(market: Market, by: By) -> ReindexedOut:
    """Write the whole index anew, as an operator; searches go on meanwhile."""
    return ReindexedOut.model_validate(await market.execute(Reindex(), by=by))
