"""What search needs from outside."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol, TypeAlias

from marketplace_core.kernel.ids import ProductId
from marketplace_core.search.domain.document import IndexEntry, SearchDocument
from marketplace_core.search.domain.request import SearchRequest
from marketplace_core.search.domain.result import Found


class DocumentSource(Protocol):
    """Where documents come from. What buyers may not see is never among them."""

    async def documents(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, SearchDocument]:
        """Describe those of the products that buyers may see now."""
        ...

    async def visible_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Return at most ``limit`` identifiers of products that buyers may see, ascending, after the given one."""
        ...


class SearchIndex(Protocol):
    """What has been made findable. Each method is a transaction of its own, or joins the open one.

    When a method returns, its effect is confirmed: the next search sees it. Raises ``SearchUnavailable``; the same call
    may be repeated.
    """

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Make documents findable, replacing older ones of the same products."""
        ...

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Make products unfindable; no error for those that are not there."""
        ...

    def entries(self) -> AsyncIterator[IndexEntry]:
        """Go through everything that is findable, each product once, in any order. Raises ``SearchUnavailable``."""
        ...

    async def wrong_settings(self) -> Sequence[str]:
        """Name the settings by which the index is not the one that this version writes; for one that has settings."""
        return ()

    async def set_up(self) -> None:
        """Make the settings right. What is findable stays so."""
        return

    @asynccontextmanager
    async def rebuilding(self) -> AsyncGenerator["SearchIndex"]:
        """Yield the index to write everything into: a new one, which takes the place of this when the block ends well.

        Until then everybody searches in this one, and what is put into it meanwhile is not in the new one. Where an
        index cannot be built beside another it is this one, as it is. Raises ``RebuildUnderWay``.
        """
        yield self


ProductsSince: TypeAlias = Callable[[datetime], Awaitable[Collection[ProductId]]]
"""Returns the products of which something was told that occurred since a moment."""


class SearchEngine(Protocol):
    """Finds documents.

    Every term must match: a word of the document that begins with the term's stem; if there is no such word in the
    whole index, a word that begins with one of ``corrections(term.stem, …)``. Title counts more than keywords, seller
    and categories, and those more than the description; whole words count more than beginnings.
    """

    async def search(self, request: SearchRequest) -> Found:
        """Answer. Raises ``SearchUnavailable``; may be repeated."""
        ...
