"""The complaints of search."""

from marketplace_core.kernel.errors import InvalidInput, Unavailable


class QueryTooLong(InvalidInput):
    """Nobody types that much into a search box."""

    code = "search.query_too_long"


class InvalidFilter(InvalidInput):
    """A filter that cannot mean anything."""

    code = "search.invalid_filter"


class SearchUnavailable(Unavailable):
    """The search engine is down or slow."""

    code = "search.unavailable"
