"""Answers about the catalogue, one statement each.

Statements that are asked all day are built once: building one takes longer than SQLite needs to answer it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, final

from attrs import frozen
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal_column, or_, select, true

from marketplace_adapters.sqlalchemy.catalog_views import (
    card_of,
    document_of,
    movement_of,
    offer_card_of,
    tree_of,
    view_of,
)
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import field_text
from marketplace_adapters.sqlalchemy.tables.catalog import (
    REMOVED,
    categories,
    movements,
    offers,
    products,
    reservations,
    stock,
    variants,
)
from marketplace_core.catalog import (
    CategoryView,
    OfferCard,
    ProductCard,
    ProductDocument,
    ProductStatus,
    ProductView,
    ReservationState,
    Shelf,
    StockLevel,
    StockMismatch,
    StockView,
    VideoState,
)
from marketplace_core.catalog.queries import MOVEMENTS_MAX, CatalogReader, cursor_after, moment_and_id_of
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest

AVAILABLE: Final = func.coalesce(stock.c.on_hand - stock.c.held - stock.c.sold, 0)
LISTED: Final = and_(products.c.status == ProductStatus.PUBLISHED.value, products.c.on_hold.is_(False))
_FORMS: Final = offers.join(variants, variants.c.variant_id == offers.c.variant_id).outerjoin(
    stock, stock.c.offer_id == offers.c.offer_id
)
# Joined one by one: SQLite would build a nested join of all offers first.
_PRODUCT_WITH_FORMS: Final = (
    products.outerjoin(offers, offers.c.product_id == products.c.product_id)
    .outerjoin(variants, and_(variants.c.variant_id == offers.c.variant_id, variants.c.position != REMOVED))
    .outerjoin(stock, and_(stock.c.offer_id == offers.c.offer_id, variants.c.variant_id.is_not(None)))
)
_CARD: Final = tuple(
    products.c[name]
    for name in (
        *("product_id", "seller_id", "seller_name", "seller_slug", "currency", "handle", "title", "status", "on_hold"),
        *("category_id", "image_url", "video", "created_at", "published_at", "version"),
    )
)
_OFFER_CARDS: Final = (
    select(
        offers.c.offer_id,
        offers.c.price_minor,
        variants.c.title.label("variant_title"),
        variants.c.sku,
        AVAILABLE.label("available"),
        *_CARD,
    )
    .select_from(_FORMS.join(products, products.c.product_id == offers.c.product_id))
    .where(offers.c.offer_id.in_(bindparam("offer_ids", expanding=True)), variants.c.position != REMOVED)
)
_PRODUCT: Final = (
    select(
        products,
        categories.c.slug.label("category_slug"),
        categories.c.name.label("category_name"),
        variants.c.variant_id,
        variants.c.options,
        variants.c.title.label("variant_title"),
        variants.c.sku,
        offers.c.offer_id,
        offers.c.price_minor,
        AVAILABLE.label("available"),
    )
    .select_from(_PRODUCT_WITH_FORMS.outerjoin(categories, categories.c.category_id == products.c.category_id))
    .where(products.c.product_id == bindparam("product_id"))
    .order_by(variants.c.position)
)


@frozen
class _Cut:
    """What a page of a list is in its statement: whether it goes on after another one, and is of the usual size.

    The usual size is a number in the statement. PostgreSQL takes one that it does not know for a tenth of all rows, and
    plans such a statement anew each time, which takes longer than to carry it out.
    """

    goes_on: bool
    is_usual: bool


def _cut_of(page: PageRequest) -> _Cut:
    return _Cut(goes_on=page.cursor is not None, is_usual=page.limit == PAGE_SIZE_DEFAULT)


@final
class SqlCatalogReader(CatalogReader):
    """Reads inside the open transaction if there is one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def offer_cards(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferCard]:
        """Join each offer with its variant, product and stock."""
        if not offer_ids:
            return {}
        found = await self._database.reader.rows(_OFFER_CARDS, {"offer_ids": list(offer_ids)})
        rows = {row.offer_id: row for row in found}
        return {offer_id: offer_card_of(rows[offer_id]) for offer_id in offer_ids if offer_id in rows}

    async def product_cards(self, product_ids: Sequence[ProductId]) -> Mapping[ProductId, ProductCard]:
        """Sum each product's offers up."""
        if not product_ids:
            return {}
        found = await self._database.reader.rows(_product_cards(), {"product_ids": list(product_ids)})
        rows = {row.product_id: row for row in found}
        return {product_id: card_of(rows[product_id]) for product_id in product_ids if product_id in rows}

    async def product_document(self, product_id: ProductId) -> ProductDocument | None:
        """Join the product with its variants and with every category above it."""
        own, above = categories.alias("own"), categories.alias("above")
        statement = (
            select(
                *_CARD,
                products.c.description,
                products.c.tags,
                variants.c.options,
                variants.c.sku,
                offers.c.price_minor,
                AVAILABLE.label("available"),
                own.c.name.label("category_name"),
                above.c.slug.label("above_slug"),
                func.length(above.c.path).label("above_depth"),
            )
            .select_from(
                _PRODUCT_WITH_FORMS.outerjoin(own, own.c.category_id == products.c.category_id).outerjoin(
                    above, func.substr(own.c.path, 1, func.length(above.c.path)) == above.c.path
                )
            )
            .where(products.c.product_id == product_id, LISTED)
        )
        rows = await self._database.reader.rows(statement)
        return document_of(rows) if rows else None

    async def listed_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Walk along the primary key."""
        here = LISTED if after is None else and_(LISTED, products.c.product_id > after)
        statement = select(products.c.product_id).where(here).order_by(products.c.product_id).limit(limit)
        return [row.product_id for row in await self._database.reader.rows(statement)]

    async def product(self, product_id: ProductId) -> ProductView | None:
        """Join the product with its category and its variants, in order."""
        rows = await self._database.reader.rows(_PRODUCT, {"product_id": product_id})
        return view_of(rows) if rows else None

    async def listed(self, shelf: Shelf, page: PageRequest) -> Page[ProductCard]:
        """Cut a page out of what is listed, then sum up the offers of that page only."""
        statement = _listed(_name_of(shelf.seller), _name_of(shelf.category), shelf.with_video, _cut_of(page))
        return await self._page(statement, page, seller=shelf.seller, category=shelf.category)

    async def of_seller(
        self, seller_id: SellerId, status: ProductStatus | None, page: PageRequest
    ) -> Page[ProductCard]:
        """Cut a page out of a seller's products."""
        statement = _of_seller(status is not None, _cut_of(page))
        wanted = None if status is None else status.value
        return await self._page(statement, page, seller=seller_id, status=wanted)

    async def categories(self) -> tuple[CategoryView, ...]:
        """Read all of them."""
        return tree_of(await self._database.reader.rows(select(categories).order_by(categories.c.name)))

    async def stock(self, offer_id: OfferId) -> StockView | None:
        """Join the counters with the latest movements."""
        newest = (
            select(movements)
            .where(movements.c.offer_id == offer_id)
            .order_by(movements.c.id.desc())
            .limit(MOVEMENTS_MAX)
            .subquery()
        )
        statement = (
            select(stock, products.c.seller_id, newest)
            .select_from(stock.join(products, products.c.product_id == stock.c.product_id).outerjoin(newest, true()))
            .where(stock.c.offer_id == offer_id)
            .order_by(newest.c.id.desc())
        )
        rows = await self._database.reader.rows(statement)
        if not rows:
            return None
        first = rows[0]
        level = StockLevel(
            offer_id=offer_id, product_id=first.product_id, on_hand=first.on_hand, held=first.held, sold=first.sold
        )
        noted = tuple(movement_of(row, offer_id) for row in rows if row.id is not None)
        return StockView(seller_id=first.seller_id, level=level, movements=noted)

    async def stock_mismatches(self, limit: int) -> Sequence[StockMismatch]:
        """Join the counters with the sums of the reservations."""
        reserved, committed = (
            func.coalesce(func.sum(reservations.c.quantity).filter(reservations.c.state == state.value), 0)
            for state in (ReservationState.HELD, ReservationState.COMMITTED)
        )
        statement = (
            select(stock, reserved.label("reserved"), committed.label("committed"))
            .outerjoin(reservations, reservations.c.offer_id == stock.c.offer_id)
            .group_by(stock.c.offer_id)
            .having((stock.c.held != reserved) | (stock.c.sold != committed))
            .order_by(stock.c.offer_id)
            .limit(limit)
        )
        return [
            StockMismatch(
                offer_id=row.offer_id, held=row.held, reserved=row.reserved, sold=row.sold, committed=row.committed
            )
            for row in await self._database.reader.rows(statement)
        ]

    async def _page(self, statement: Select[Any], page: PageRequest, **values: str | None) -> Page[ProductCard]:
        """Run the statement of a page; one row more than asked for tells that others follow."""
        after: dict[str, Any] = {}
        if page.cursor is not None:
            after["last_moment"], after["last_id"] = moment_and_id_of(page.cursor)
        rows = await self._database.reader.rows(statement, {**values, **after, "rows_max": page.limit + 1})
        shown = rows[: page.limit]
        following = cursor_after(shown[-1].moment, shown[-1].product_id) if len(rows) > page.limit else None
        return Page(items=tuple(card_of(row) for row in shown), next_cursor=following)


@cache
def _product_cards() -> Select[Any]:
    return _cards(select(*_CARD).where(products.c.product_id.in_(bindparam("product_ids", expanding=True))))


@cache
def _listed(seller: str | None, category: str | None, with_video: bool, cut: _Cut) -> Select[Any]:
    """Return the statement of a page of a shelf, named as ``_name_of`` says."""
    here = [LISTED, *_on(seller, category)]
    if with_video:
        here.append(field_text(products.c.video, "state") == VideoState.READY.value)
    return _newest(and_(*here), products.c.published_at, cut)


@cache
def _of_seller(by_status: bool, cut: _Cut) -> Select[Any]:
    """Return the statement of a page of a seller's products."""
    here = products.c.seller_id == bindparam("seller")
    if by_status:
        here = and_(here, products.c.status == bindparam("status"))
    return _newest(here, products.c.created_at, cut)


def _newest(here: ColumnElement[bool], moment: ColumnElement[Any], cut: _Cut) -> Select[Any]:
    if cut.goes_on:
        last: ColumnElement[Any] = bindparam("last_moment", type_=moment.type)
        here = and_(here, or_(moment < last, and_(moment == last, products.c.product_id < bindparam("last_id"))))
    rows_max: ColumnElement[Any] = literal_column(str(PAGE_SIZE_DEFAULT + 1)) if cut.is_usual else bindparam("rows_max")
    newest = (moment.desc(), products.c.product_id.desc())
    page = select(*_CARD, moment.label("moment")).where(here).order_by(*newest).limit(rows_max)
    return _cards(page, in_order=True)


def _cards(page: Select[Any], *, in_order: bool = False) -> Select[Any]:
    """Add to the products of a page what their offers come to; ``card_of`` knows the order of the columns."""
    cut = page.cte("page")
    priced = offers.c.price_minor > 0
    summed = (
        select(
            offers.c.product_id,
            func.min(offers.c.price_minor).filter(priced).label("price_from_minor"),
            func.max(offers.c.price_minor).filter(priced).label("price_to_minor"),
            func.min(offers.c.offer_id).filter(priced).label("priced_first"),
            func.max(offers.c.offer_id).filter(priced).label("priced_last"),
            func.max(AVAILABLE).label("available_most"),
            func.max(AVAILABLE).filter(priced).label("purchasable_most"),
        )
        .select_from(offers.outerjoin(stock, stock.c.offer_id == offers.c.offer_id))
        .where(offers.c.product_id.in_(select(cut.c.product_id)))
        .group_by(offers.c.product_id)
        .subquery()
    )
    shown = [cut.c[column.name] for column in _CARD]
    totals = [column for column in summed.columns if column.name != "product_id"]
    statement = select(*shown, *totals).select_from(cut.outerjoin(summed, summed.c.product_id == cut.c.product_id))
    if not in_order:
        return statement
    return statement.add_columns(cut.c.moment).order_by(cut.c.moment.desc(), cut.c.product_id.desc())


def _name_of(place: str | None) -> str | None:
    """Tell by what a shop or a category is named; identifiers have an underscore, slugs have none."""
    if place is None:
        return None
    return "id" if "_" in place else "slug"


def _on(seller: str | None, category: str | None) -> Sequence[ColumnElement[bool]]:
    """Return what a product on a shelf fulfils."""
    here: list[ColumnElement[bool]] = []
    if seller is not None:
        any_of_shop = products.alias("any_of_shop")
        of_shop = select(any_of_shop.c.seller_id).where(any_of_shop.c.seller_slug == bindparam("seller")).limit(1)
        wanted = bindparam("seller") if seller == "id" else of_shop.scalar_subquery()
        here.append(products.c.seller_id == wanted)
    if category is not None:
        root = categories.alias("root")
        named = root.c.category_id if category == "id" else root.c.slug
        below = (
            select(categories.c.category_id)
            .join(root, func.substr(categories.c.path, 1, func.length(root.c.path)) == root.c.path)
            .where(named == bindparam("category"))
        )
        here.append(products.c.category_id.in_(below))
    return here
