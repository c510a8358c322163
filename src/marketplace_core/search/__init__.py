"""Search: how products are found."""

from marketplace_core.search.domain.document import CategoryLabel, IndexEntry, SearchDocument, SearchHit
from marketplace_core.search.domain.drift import Drift, IndexVerified
from marketplace_core.search.domain.errors import InvalidFilter, QueryTooLong, RebuildUnderWay, SearchUnavailable
from marketplace_core.search.domain.request import Position, SearchFilters, SearchRequest, Sort
from marketplace_core.search.domain.result import FACET_VALUES_MAX, Facets, FacetValue, Found, PriceSpan
from marketplace_core.search.domain.typos import Distance, corrections, damerau_levenshtein, slips_allowed
from marketplace_core.search.domain.words import (
    QUERY_LENGTH_MAX,
    IndexedWords,
    Term,
    indexed_words,
    stem_of,
    terms_of,
    words_of,
)
from marketplace_core.search.handlers import Standin, answers, handlers
from marketplace_core.search.queries import Search, SearchHandler, SearchResults, VerifyIndex
from marketplace_core.search.usecases.index_product import IndexProduct, ProductIndexed
from marketplace_core.search.usecases.reindex import Reindex, Reindexed
from marketplace_core.search.usecases.repair_index import IndexRepaired, RepairIndex

__all__ = [
    "FACET_VALUES_MAX",
    "QUERY_LENGTH_MAX",
    "CategoryLabel",
    "Distance",
    "Drift",
    "FacetValue",
    "Facets",
    "Found",
    "IndexEntry",
    "IndexProduct",
    "IndexRepaired",
    "IndexVerified",
    "IndexedWords",
    "InvalidFilter",
    "Position",
    "PriceSpan",
    "ProductIndexed",
    "QueryTooLong",
    "RebuildUnderWay",
    "Reindex",
    "Reindexed",
    "RepairIndex",
    "Search",
    "SearchDocument",
    "SearchFilters",
    "SearchHandler",
    "SearchHit",
    "SearchRequest",
    "SearchResults",
    "SearchUnavailable",
    "Sort",
    "Standin",
    "Term",
    "VerifyIndex",
    "answers",
    "corrections",
    "damerau_levenshtein",
    "handlers",
    "indexed_words",
    "slips_allowed",
    "stem_of",
    "terms_of",
    "words_of",
]
