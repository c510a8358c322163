"""Seller pages in SQL."""

from typing import Any

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.landing import pages, versions
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.landing import DraftRow, LandingPage, LandingReader, PageDocument, PageVersion
from marketplace_core.landing.ports import Pages, PagesWork

CURSOR_DIGITS_MAX = 9


class SqlPages(Pages):
    """Pages, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def of_seller(self, seller_id: SellerId) -> LandingPage | None:
        """Return the seller's page with its current version."""
        shown = and_(versions.c.page_id == pages.c.page_id, versions.c.number == pages.c.current_number)
        statement = select(pages, versions.c.number, versions.c.document, versions.c.published_at).outerjoin(
            versions, shown
        )
        row = await self._work.connection.row(statement.where(pages.c.seller_id == seller_id))
        if row is None:
            return None
        return LandingPage(
            page_id=row.page_id,
            seller_id=row.seller_id,
            draft=_document(row.draft),
            draft_saved_at=row.draft_saved_at,
            current=None if row.number is None else _version(row),
            is_public=row.is_public,
            version=row.version,
        )

    async def save(self, page: LandingPage) -> None:
        """Store it, and its current version if that is new."""
        current = page.current
        values = {
            "seller_id": page.seller_id,
            "draft": encode(page.draft),
            "draft_saved_at": page.draft_saved_at,
            "current_number": current.number if current else None,
            "is_public": page.is_public,
        }
        try:
            await self._work.save(pages, {"page_id": page.page_id}, page, values)
        except IntegrityError as twice:
            raise ConcurrentUpdate("The seller has another page.") from twice
        if current is not None:
            kept = upsert(versions).values(
                page_id=page.page_id,
                number=current.number,
                document=encode(current.document),
                published_at=current.published_at,
            )
            await self._work.connection.run(kept.on_conflict_do_nothing())


class SqlPagesWork(SqlWork, PagesWork):
    """The unit of work."""

    @property
    def pages(self) -> SqlPages:
        """The pages."""
        return SqlPages(self)


class SqlLandingReader(LandingReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def public_version(self, seller_id: SellerId) -> PageVersion | None:
        """Return the version that visitors see."""
        here = and_(pages.c.is_public.is_(True), versions.c.number == pages.c.current_number)
        row = await self._database.reader.row(_versions_of(seller_id).where(here))
        return None if row is None else _version(row)

    async def draft(self, seller_id: SellerId) -> DraftRow | None:
        """Return the page with its draft."""
        row = await self._database.reader.row(select(pages).where(pages.c.seller_id == seller_id))
        if row is None:
            return None
        return DraftRow(
            page_id=row.page_id,
            version=row.version,
            document=_document(row.draft),
            saved_at=row.draft_saved_at,
            published_number=row.current_number if row.is_public else None,
        )

    async def version(self, seller_id: SellerId, number: int) -> PageVersion | None:
        """Return a version that was published at some time."""
        row = await self._database.reader.row(_versions_of(seller_id).where(versions.c.number == number))
        return None if row is None else _version(row)

    async def versions(self, seller_id: SellerId, page: PageRequest) -> Page[PageVersion]:
        """Return the published versions, the newest first; the cursor is the last number shown."""
        statement = _versions_of(seller_id)
        if page.cursor is not None:
            if not (page.cursor.isascii() and page.cursor.isdecimal() and len(page.cursor) <= CURSOR_DIGITS_MAX):
                raise InvalidCursor("The cursor was not made by this list.")
            statement = statement.where(versions.c.number < int(page.cursor))
        statement = statement.order_by(versions.c.number.desc()).limit(page.limit + 1)
        rows = await self._database.reader.rows(statement)
        items = tuple(_version(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=str(items[-1].number) if len(rows) > page.limit else None)


def _versions_of(seller_id: SellerId) -> Select[Any]:
    found = select(versions.c.number, versions.c.document, versions.c.published_at)
    return found.join(pages, pages.c.page_id == versions.c.page_id).where(pages.c.seller_id == seller_id)


def _document(stored: Any) -> PageDocument:
    document: PageDocument = decode(stored, PageDocument)
    return document


def _version(row: Row[Any]) -> PageVersion:
    return PageVersion(number=row.number, document=_document(row.document), published_at=row.published_at)
