"""The questions about the catalogue, and who answers them."""

from typing import ClassVar, Final

from attrs import field, frozen

from marketplace_core.catalog.domain.errors import OfferNotFound, ProductNotFound
from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.queries.reader import CatalogReader, Shelf
from marketplace_core.catalog.queries.views import CategoryView, ProductCard, ProductView, StockMismatch, StockView
from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest

MISMATCHES_SHOWN_MAX: Final = 100


@frozen(kw_only=True)
class ViewProduct(Query[ProductView]):
    """Ask for everything about one product."""

    permission: ClassVar[Permission] = Permission.ANYONE
    product_id: ProductId


@frozen(kw_only=True)
class ViewProductHandler:
    """See a product.

    - Anybody sees a published product of a shop that may sell, with the pictures and the video that are ready.
    - Its seller and operators see it in any status, with everything.
    - To anybody else an unpublished product does not exist.
    """

    reader: CatalogReader

    async def __call__(self, query: ViewProduct, by: Actor) -> ProductView:
        """Answer, or raise ``ProductNotFound``."""
        product = await self.reader.product(query.product_id)
        if product is not None and _manages(by, product.seller_id):
            return product
        if product is None or not product.listed:
            raise ProductNotFound
        return product.for_buyers()


@frozen(kw_only=True)
class ListProducts(Query[Page[ProductCard]]):
    """Ask for the products on sale; ``category`` and ``seller`` are an id or a slug."""

    permission: ClassVar[Permission] = Permission.ANYONE
    category: str | None = None
    seller: str | None = None
    with_video: bool = False
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListProductsHandler:
    """Browse what is on sale.

    - Only published products of shops that may sell are listed, the newest publication first.
    - A category includes everything below it.
    - With a video means: with one that can be played now.
    """

    reader: CatalogReader

    async def __call__(self, query: ListProducts, by: Actor) -> Page[ProductCard]:
        """Answer with a page; an unknown category or seller has an empty one."""
        shelf = Shelf(category=query.category, seller=query.seller, with_video=query.with_video)
        return await self.reader.listed(shelf, query.page)


@frozen(kw_only=True)
class ListOwnProducts(Query[Page[ProductCard]]):
    """Ask for a shop's products in any status."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    status: ProductStatus | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListOwnProductsHandler:
    """See all products of a shop.

    - A seller sees their own, drafts and archived ones included, the newest first.
    - Operators see any shop's.
    """

    reader: CatalogReader

    async def __call__(self, query: ListOwnProducts, by: Actor) -> Page[ProductCard]:
        """Answer with a page; to other sellers the shop does not exist."""
        by.require_seller(query.seller_id)
        return await self.reader.of_seller(query.seller_id, query.status, query.page)


@frozen(kw_only=True)
class ListCategories(Query[tuple[CategoryView, ...]]):
    """Ask for the tree of categories."""

    permission: ClassVar[Permission] = Permission.ANYONE


@frozen(kw_only=True)
class ListCategoriesHandler:
    """See how the catalogue is ordered.

    - The roots come by name, each with the categories below it.
    """

    reader: CatalogReader

    async def __call__(self, query: ListCategories, by: Actor) -> tuple[CategoryView, ...]:
        """Answer with the roots of the tree."""
        return await self.reader.categories()


@frozen(kw_only=True)
class ViewStock(Query[StockView]):
    """Ask how many units of an offer there are, and how they came and went."""

    permission: ClassVar[Permission] = Permission.SELLER
    offer_id: OfferId


@frozen(kw_only=True)
class ViewStockHandler:
    """See the stock of an offer.

    - Its seller and operators see the units on hand, held by open orders, sold, and available, with the last movements.
    """

    reader: CatalogReader

    async def __call__(self, query: ViewStock, by: Actor) -> StockView:
        """Answer, or raise ``OfferNotFound``."""
        stock = await self.reader.stock(query.offer_id)
        if stock is None or not _manages(by, stock.seller_id):
            raise OfferNotFound
        return stock


@frozen(kw_only=True)
class AuditStock(Query[tuple[StockMismatch, ...]]):
    """Look for counters of stock that are not what orders have reserved and bought."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class AuditStockHandler:
    """Audit the stock.

    - What is held of an offer is exactly what open orders have reserved of it, what is sold what paid ones have.
    """

    reader: CatalogReader

    async def __call__(self, query: AuditStock, by: Actor) -> tuple[StockMismatch, ...]:
        """Answer with what does not agree."""
        return tuple(await self.reader.stock_mismatches(MISMATCHES_SHOWN_MAX))


def _manages(by: Actor, seller_id: SellerId) -> bool:
    return by.seller_id == seller_id or bool(by.roles & {Role.OPERATOR, Role.SYSTEM})
