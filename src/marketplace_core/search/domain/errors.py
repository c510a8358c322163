"""The complaints of search."""

from marketplace_core.kernel.errors import Conflict, InvalidInput, Unavailable


class QueryTooLong(InvalidInput):
    """Nobody types that much into a search box."""

    code = "search.query_too_long"


class InvalidFilter(InvalidInput):
    """A filter that cannot mean anything."""

    code = "search.invalid_filter"


class SearchUnavailable(Unavailable):
    """The search engine is down or slow."""

    code = "search.unavailable"


class RebuildUnderWay(Conflict):
    """Somebody is building this index anew."""

    code = "search.rebuild_under_way"
