"""Search in the marketplace's own database: an index of words, and plain tables for filters and facets."""

import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import delete, insert, select

from marketplace_adapters.sqlalchemy.codec import encode
from marketplace_adapters.sqlalchemy.engine import Connection, Database
from marketplace_adapters.sqlalchemy.search_query import (
    DESCENDING,
    known_words,
    meant,
    shape_of,
    statement_of,
    values_of,
)
from marketplace_adapters.sqlalchemy.search_words import Alternatives, words_on
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.search import categories
from marketplace_adapters.sqlalchemy.tables.search import documents as table
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.money import Money
from marketplace_core.search import (
    Facets,
    FacetValue,
    Found,
    IndexEntry,
    Position,
    PriceSpan,
    SearchDocument,
    SearchHit,
    SearchRequest,
    Sort,
    indexed_words,
)
from marketplace_core.search.ports import SearchEngine, SearchIndex

AT_ONCE: Final = 1_000
"""How many rows are read at once where all of them are."""
_Answer: TypeAlias = tuple[Any, Any, Any, Any]
"""What a row of an answer says beside its kind: value, label, first, second."""


class SqlSearch(SearchIndex, SearchEngine):
    """Index and engine on one database. A search takes one statement; three if nothing is found at first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._words = words_on(database.dialect)

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Replace the documents with all that belongs to them."""
        if not documents:
            return
        by_id = {document.product_id: document for document in documents}
        async with self._database.transaction() as opened:
            connection = opened.connection
            await self._forget_words(connection, by_id)
            stored = upsert(table)
            kept = {name: stored.excluded[name] for name in table.c.keys() if name not in {"number", "product_id"}}  # noqa: SIM118
            await connection.run(
                stored.on_conflict_do_update(index_elements=["product_id"], set_=kept),
                [_row(document) for document in by_id.values()],
            )
            numbered = select(table.c.number, table.c.product_id).where(table.c.product_id.in_(by_id))
            numbers = [(row.number, by_id[row.product_id]) for row in await connection.rows(numbered)]
            await self._words.put(connection, [(number, indexed_words(document)) for number, document in numbers])
            labels = [
                {"number": number, "category_id": label.category_id, "slug": label.slug, "name": label.name}
                for number, document in numbers
                for label in document.categories
            ]
            if labels:
                await connection.run(insert(categories), labels)

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Forget the documents with all that belongs to them."""
        if not product_ids:
            return
        async with self._database.transaction() as opened:
            await self._forget_words(opened.connection, product_ids)
            await opened.connection.run(delete(table).where(table.c.product_id.in_(product_ids)))

    async def entries(self) -> AsyncIterator[IndexEntry]:
        """Read the table, so many rows at once, by identifier."""
        after = ""
        batch = select(table.c.product_id, table.c.digest).order_by(table.c.product_id).limit(AT_ONCE)
        while rows := await self._database.reader.rows(batch.where(table.c.product_id > after)):
            for row in rows:
                yield IndexEntry(product_id=ProductId(row.product_id), digest=row.digest)
            after = rows[-1].product_id

    async def search(self, request: SearchRequest) -> Found:
        """Answer; correct the words only if there is nothing that has them as they are."""
        if request.fruitless:
            return Found()
        found = await self._find(request, [(term, (term.stem,)) for term in request.terms])
        if found.total or not request.terms:
            return found
        rows = await self._database.reader.rows(known_words(request.terms))
        alternatives = meant(request.terms, [(row.place, row.word) for row in rows])
        return found if alternatives is None else await self._find(request, alternatives)

    async def _find(self, request: SearchRequest, alternatives: Alternatives) -> Found:
        statement = statement_of(shape_of(request), self._database.dialect)
        values = values_of(request) | self._words.values(alternatives)
        return _found(request, await self._database.reader.rows(statement, values))

    async def _forget_words(self, connection: Connection, product_ids: Collection[ProductId]) -> None:
        numbers = select(table.c.number).where(table.c.product_id.in_(product_ids))
        await self._words.forget(connection, numbers)
        await connection.run(delete(categories).where(categories.c.number.in_(numbers)))


def _row(document: SearchDocument) -> dict[str, Any]:
    lowest, highest = document.price_from, document.price_to
    return {
        "product_id": document.product_id,
        "seller_id": document.seller_id,
        "seller_slug": document.seller_slug,
        "seller_name": document.seller_name,
        "currency": lowest.currency if lowest is not None else None,
        "price_from_minor": lowest.amount_minor if lowest is not None else None,
        "price_to_minor": highest.amount_minor if highest is not None else None,
        "in_stock": document.in_stock,
        "has_video": document.has_video,
        "published_at": document.published_at,
        "hit": encode(SearchHit.of(document)),
        "digest": document.digest,
    }


def _found(request: SearchRequest, rows: Sequence[Sequence[Any]]) -> Found:
    kinds: dict[str, list[_Answer]] = {"hit": [], "category": [], "seller": [], "price": []}
    for kind, value, label, first, second in rows:
        kinds.setdefault(kind, []).append((value, label, first, second))
    ordered = _in_order(kinds["hit"], request.sort)
    shown, more = ordered[: request.limit], len(ordered) > request.limit
    ((_, _, total, _),), ((_, _, in_stock, has_video),) = kinds["total"], kinds["condition"]
    return Found(
        hits=_hits_of([document for _, document in shown]),
        facets=Facets(
            categories=_counted(kinds["category"]),
            sellers=_counted(kinds["seller"]),
            prices=tuple(
                PriceSpan(lowest=Money(lowest, currency), highest=Money(highest, currency))
                for currency, _, lowest, highest in sorted(kinds["price"])
            ),
            in_stock=in_stock,
            has_video=has_video,
        ),
        total=total,
        ended_at=Position(shown[-1][0]) if more else None,
    )


def _in_order(hits: Sequence[_Answer], sort: Sort) -> Sequence[tuple[tuple[Any, ...], str]]:
    """Return position and document of every hit, in order: no database promises that of the parts of a union."""
    by_price = sort in {Sort.PRICE_UP, Sort.PRICE_DOWN}
    placed = (
        ((first, second, product_id) if by_price else (first, product_id), document)
        for document, product_id, first, second in hits
    )
    return sorted(placed, reverse=sort in DESCENDING)


def _hits_of(documents: Sequence[str]) -> tuple[SearchHit, ...]:
    """Read the documents of a page, all at once."""
    return tuple(
        SearchHit(
            product_id=hit["product_id"],
            seller_id=hit["seller_id"],
            seller_name=hit["seller_name"],
            seller_slug=hit["seller_slug"],
            handle=hit["handle"],
            title=hit["title"],
            price_from=_money_of(hit["price_from"]),
            price_to=_money_of(hit["price_to"]),
            in_stock=hit["in_stock"],
            has_video=hit["has_video"],
            image_url=hit["image_url"],
            poster_url=hit["poster_url"],
            published_at=datetime.fromisoformat(hit["published_at"]),
        )
        for hit in json.loads(f"[{','.join(documents)}]")
    )


def _money_of(document: Mapping[str, Any] | None) -> Money | None:
    return None if document is None else Money(document["amount_minor"], document["currency"])


def _counted(answers: Sequence[_Answer]) -> tuple[FacetValue, ...]:
    ordered = sorted((-count, value, label) for value, label, count, _ in answers)
    return tuple(FacetValue(value=value, label=label, count=-minus) for minus, value, label in ordered)
