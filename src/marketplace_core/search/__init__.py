"""Search: how products are found."""

from marketplace_core.search.domain.document import CategoryLabel, SearchDocument, SearchHit
from marketplace_core.search.domain.errors import InvalidFilter, QueryTooLong, SearchUnavailable
from marketplace_core.search.domain.request import Position, SearchFilters, SearchRequest, Sort
from marketplace_core.search.domain.result import FACET_VALUES_MAX, Facets, FacetValue, Found, PriceSpan
from marketplace_core.search.domain.typos import Distance, corrections, damerau_levenshtein, slips_allowed
from marketplace_core.search.domain.words import QUERY_LENGTH_MAX, IndexedWords, Term, indexed_words, terms_of
from marketplace_core.search.handlers import answers, handlers
from marketplace_core.search.queries import Search, SearchHandler, SearchResults
from marketplace_core.search.usecases.index_product import IndexProduct, ProductIndexed
from marketplace_core.search.usecases.reindex import Reindex, Reindexed

__all__ = [
    "FACET_VALUES_MAX",
    "QUERY_LENGTH_MAX",
    "CategoryLabel",
    "Distance",
    "FacetValue",
    "Facets",
    "Found",
    "IndexProduct",
    "IndexedWords",
    "InvalidFilter",
    "Position",
    "PriceSpan",
    "ProductIndexed",
    "QueryTooLong",
    "Reindex",
    "Reindexed",
    "Search",
    "SearchDocument",
    "SearchFilters",
    "SearchHandler",
    "SearchHit",
    "SearchRequest",
    "SearchResults",
    "SearchUnavailable",
    "Sort",
    "Term",
    "answers",
    "corrections",
    "damerau_levenshtein",
    "handlers",
    "indexed_words",
    "slips_allowed",
    "terms_of",
]
