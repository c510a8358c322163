"""Search's tables: command → handler, query → answer."""

from collections.abc import Mapping
from functools import partial

from attrs import frozen

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.search.ports import DocumentSource, ProductsSince, SearchEngine, SearchIndex
from marketplace_core.search.queries import Search, SearchHandler, VerifyIndex, VerifyIndexHandler
from marketplace_core.search.usecases.index_product import IndexProduct, IndexProductHandler
from marketplace_core.search.usecases.reindex import Reindex, ReindexHandler
from marketplace_core.search.usecases.repair_index import RepairIndex, RepairIndexHandler


@frozen(kw_only=True)
class Standin:
    """A simpler engine that answers while the usual one is down, and its index."""

    index: SearchIndex
    engine: SearchEngine


def indexes_of(index: SearchIndex, standin: Standin | None) -> Mapping[str, SearchIndex]:
    """Return the indexes by name, that of the stand-in first."""
    return {"index": index} if standin is None else {"standin": standin.index, "index": index}


def handlers(
    *,
    source: DocumentSource,
    index: SearchIndex,
    products_since: ProductsSince,
    clock: Clock,
    standin: Standin | None = None,
) -> Handlers:
    """Return who carries out which command."""
    indexes = indexes_of(index, standin)
    every = tuple(indexes.values())
    verify = VerifyIndexHandler(source=source, indexes=indexes)
    return {
        IndexProduct: IndexProductHandler(source=source, indexes=every),
        Reindex: ReindexHandler(source=source, indexes=every, products_since=products_since, clock=clock),
        RepairIndex: RepairIndexHandler(source=source, indexes=indexes, verify=partial(verify, VerifyIndex(), SYSTEM)),
    }


def answers(
    *, source: DocumentSource, index: SearchIndex, engine: SearchEngine, standin: Standin | None = None
) -> Answers:
    """Return who answers which query; the stand-in does while the engine is down."""
    return {
        Search: SearchHandler(engine=engine, fallback=standin.engine if standin is not None else None),
        VerifyIndex: VerifyIndexHandler(source=source, indexes=indexes_of(index, standin)),
    }
