"""Search's tables: command → handler, query → answer."""

from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.search.ports import DocumentSource, SearchEngine, SearchIndex
from marketplace_core.search.queries import Search, SearchHandler
from marketplace_core.search.usecases.index_product import IndexProduct, IndexProductHandler
from marketplace_core.search.usecases.reindex import Reindex, ReindexHandler


def handlers(*, source: DocumentSource, index: SearchIndex) -> Handlers:
    """Return who carries out which command."""
    return {
        IndexProduct: IndexProductHandler(source=source, index=index),
        Reindex: ReindexHandler(source=source, index=index),
    }


def answers(*, engine: SearchEngine, fallback: SearchEngine | None = None) -> Answers:
    """Return who answers which query; ``fallback`` stands in while the engine is down."""
    return {Search: SearchHandler(engine=engine, fallback=fallback)}
