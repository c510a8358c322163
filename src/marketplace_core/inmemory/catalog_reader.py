"""Answers about the catalogue in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, final

from marketplace_core.catalog import (
    Category,
    CategoryView,
    ImageView,
    OfferCard,
    Product,
    ProductCard,
    ProductDocument,
    ProductStatus,
    ProductView,
    Reservation,
    ReservationState,
    Shelf,
    StockLevel,
    StockMismatch,
    StockMovement,
    StockView,
    Variant,
    VariantView,
)
from marketplace_core.catalog.domain.publishing import why_not_purchasable
from marketplace_core.catalog.queries import MOVEMENTS_MAX, CatalogReader, cursor_after, moment_and_id_of
from marketplace_core.inmemory.catalog_stock import OfferStock
from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.ids import CategoryId, OfferId, ProductId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import Page, PageRequest

Item = TypeVar("Item")


@final
class InMemoryCatalogReader(CatalogReader):
    """Answers from the collections' tables."""

    def __init__(self, store: Store) -> None:
        self._products: Table[Product] = store.table("catalog_products")
        self._categories: Table[Category] = store.table("catalog_categories")
        self._offers: Table[ProductId] = store.table("catalog_offers")
        self._stock: Table[OfferStock] = store.table("catalog_stock")
        self._reservations: Table[Reservation] = store.table("catalog_reservations")
        self._movements: Table[StockMovement] = store.table("catalog_movements")

    async def offer_cards(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferCard]:
        """Look each offer up."""
        cards: dict[OfferId, OfferCard] = {}
        for offer_id in offer_ids:
            product = self._products.get(self._offers.get(offer_id))
            if product is not None:
                here = [variant for variant in product.variants if variant.offer.offer_id == offer_id]
                cards |= {variant.offer.offer_id: self._offer_card(product, variant) for variant in here}
        return cards

    async def product_cards(self, product_ids: Sequence[ProductId]) -> Mapping[ProductId, ProductCard]:
        """Look each product up."""
        found = {product_id: self._products.get(product_id) for product_id in product_ids}
        return {product_id: self._card(product) for product_id, product in found.items() if product is not None}

    async def product_document(self, product_id: ProductId) -> ProductDocument | None:
        """Look it up and see whether it is listed."""
        product = self._products.get(product_id)
        if product is None or not product.listed or product.published_at is None:
            return None
        card = self._card(product)
        lineage = self._lineage(product.category_id)
        return ProductDocument(
            product_id=product_id,
            seller_id=product.seller_id,
            seller_name=product.seller_name,
            seller_slug=product.seller_slug,
            handle=product.handle,
            title=product.title,
            description=product.description,
            category_id=product.category_id,
            category_name=lineage[-1].name if lineage else None,
            category_slugs=tuple(category.slug for category in lineage),
            tags=product.tags,
            options=tuple(sorted({option for variant in product.variants for option in variant.options})),
            skus=tuple(sorted(variant.sku for variant in product.variants if variant.sku)),
            price_from=card.price_from,
            price_to=card.price_to,
            in_stock=card.in_stock,
            has_video=card.video is not None,
            image_url=card.image_url,
            poster_url=card.video.poster_url if card.video else None,
            published_at=product.published_at,
        )

    async def listed_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Sort the ids of listed products."""
        ids = sorted(row.product_id for row in self._products if row.listed)
        return [product_id for product_id in ids if after is None or product_id > after][:limit]

    async def product(self, product_id: ProductId) -> ProductView | None:
        """Look it up."""
        product = self._products.get(product_id)
        if product is None:
            return None
        lineage = self._lineage(product.category_id)
        return ProductView(
            product_id=product_id,
            seller_id=product.seller_id,
            seller_name=product.seller_name,
            seller_slug=product.seller_slug,
            handle=product.handle,
            title=product.title,
            description=product.description,
            status=product.status,
            on_hold=product.on_hold,
            category_id=product.category_id,
            category_slug=lineage[-1].slug if lineage else None,
            category_name=lineage[-1].name if lineage else None,
            tags=product.tags,
            currency=product.currency,
            option_names=product.option_names,
            variants=tuple(self._variant(product, variant) for variant in product.variants),
            images=tuple(
                ImageView(
                    image_id=image.image_id,
                    state=image.state,
                    url=image.url,
                    content_type=image.content_type,
                    width=image.width,
                    height=image.height,
                )
                for image in product.images
            ),
            video=product.video,
            created_at=product.created_at,
            changed_at=product.changed_at,
            published_at=product.published_at,
            version=product.version,
        )

    async def listed(self, shelf: Shelf, page: PageRequest) -> Page[ProductCard]:
        """Filter, sort and cut."""
        after = moment_and_id_of(page.cursor) if page.cursor is not None else None
        wanted = [row for row in self._products if row.listed and self._on_shelf(row, shelf)]
        return self._page(wanted, _publication, after, page.limit)

    async def of_seller(
        self, seller_id: SellerId, status: ProductStatus | None, page: PageRequest
    ) -> Page[ProductCard]:
        """Filter, sort and cut."""
        after = moment_and_id_of(page.cursor) if page.cursor is not None else None
        wanted = [row for row in self._products if row.seller_id == seller_id and status in (None, row.status)]
        return self._page(wanted, _creation, after, page.limit)

    async def categories(self) -> tuple[CategoryView, ...]:
        """Build the tree."""
        return _tree(list(self._categories), None)

    async def stock(self, offer_id: OfferId) -> StockView | None:
        """Look the counters and the movements up."""
        row = self._stock.get(offer_id)
        product = self._products.get(row.level.product_id) if row else None
        if row is None or product is None:
            return None
        movements = self._movements.find(lambda movement: movement.offer_id == offer_id)
        return StockView(
            seller_id=product.seller_id, level=row.level, movements=tuple(reversed(movements))[:MOVEMENTS_MAX]
        )

    async def stock_mismatches(self, limit: int) -> Sequence[StockMismatch]:
        """Sum the reservations of every offer up."""
        sums: Counter[tuple[OfferId, ReservationState]] = Counter()
        for one in self._reservations:
            sums[one.offer_id, one.state] += one.quantity
        levels = sorted((row.level for row in self._stock), key=lambda level: level.offer_id)
        compared = (
            StockMismatch(
                offer_id=level.offer_id,
                held=level.held,
                reserved=sums[level.offer_id, ReservationState.HELD],
                sold=level.sold,
                committed=sums[level.offer_id, ReservationState.COMMITTED],
            )
            for level in levels
        )
        return [one for one in compared if (one.held, one.sold) != (one.reserved, one.committed)][:limit]

    def _on_shelf(self, product: Product, shelf: Shelf) -> bool:
        if shelf.seller is not None and shelf.seller not in (product.seller_id, product.seller_slug):
            return False
        if shelf.with_video and (product.video is None or not product.video.is_ready):
            return False
        if shelf.category is None:
            return True
        return any(shelf.category in (above.category_id, above.slug) for above in self._lineage(product.category_id))

    def _page(
        self,
        products: Iterable[Product],
        order: Callable[[Product], tuple[datetime, str]],
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> Page[ProductCard]:
        rest = [row for row in sorted(products, key=order, reverse=True) if after is None or order(row) < after]
        shown = rest[:limit]
        following = cursor_after(*order(shown[-1])) if len(rest) > limit else None
        return Page(items=tuple(self._card(row) for row in shown), next_cursor=following)

    def _card(self, product: Product) -> ProductCard:
        priced = [variant.offer for variant in product.variants if variant.offer.price]
        prices = [offer.price for offer in priced]
        offers = [self._offer_card(product, variant) for variant in product.variants]
        return ProductCard(
            product_id=product.product_id,
            seller_id=product.seller_id,
            seller_name=product.seller_name,
            seller_slug=product.seller_slug,
            handle=product.handle,
            title=product.title,
            status=product.status,
            listed=product.listed,
            category_id=product.category_id,
            price_from=_extreme(min, prices),
            price_to=_extreme(max, prices),
            in_stock=any(offer.available > 0 for offer in offers),
            purchasable=any(offer.purchasable for offer in offers),
            only_offer_id=priced[0].offer_id if len(priced) == 1 else None,
            image_url=self._image_url(product),
            video=product.video if product.video and product.video.is_ready else None,
            created_at=product.created_at,
            published_at=product.published_at,
            version=product.version,
        )

    def _offer_card(self, product: Product, variant: Variant) -> OfferCard:
        available = self._level(variant).available
        reason = _reason(product, variant, available)
        return OfferCard(
            offer_id=variant.offer.offer_id,
            product_id=product.product_id,
            seller_id=product.seller_id,
            seller_name=product.seller_name,
            seller_slug=product.seller_slug,
            title=product.title,
            variant_title=variant.title,
            sku=variant.sku,
            price=variant.offer.price,
            available=available,
            purchasable=reason is None,
            reason=reason,
            image_url=self._image_url(product),
        )

    def _variant(self, product: Product, variant: Variant) -> VariantView:
        available = self._level(variant).available
        reason = _reason(product, variant, available)
        return VariantView(
            variant_id=variant.variant_id,
            options=variant.options,
            title=variant.title,
            sku=variant.sku,
            offer_id=variant.offer.offer_id,
            price=variant.offer.price,
            available=available,
            purchasable=reason is None,
            reason=reason,
        )

    def _level(self, variant: Variant) -> StockLevel:
        row = self._stock.get(variant.offer.offer_id)
        return row.level if row else StockLevel(offer_id=variant.offer.offer_id, product_id=ProductId(""), on_hand=0)

    def _image_url(self, product: Product) -> str | None:
        return next((image.url for image in product.images if image.is_ready), None)

    def _lineage(self, category_id: CategoryId | None) -> Sequence[Category]:
        category = self._categories.get(category_id) if category_id else None
        found = [self._categories.get(above) for above in category.lineage] if category else []
        return [above for above in found if above is not None]


def _reason(product: Product, variant: Variant, available: int) -> str | None:
    return why_not_purchasable(
        status=product.status,
        on_hold=product.on_hold,
        price_minor=variant.offer.price.amount_minor,
        available=available,
    )


def _extreme(choose: Callable[[Sequence[Money]], Money], prices: Sequence[Money]) -> Money | None:
    return choose(prices) if prices else None


def _publication(product: Product) -> tuple[datetime, str]:
    return (product.published_at or product.created_at, product.product_id)


def _creation(product: Product) -> tuple[datetime, str]:
    return (product.created_at, product.product_id)


def _tree(rows: Sequence[Category], parent_id: CategoryId | None) -> tuple[CategoryView, ...]:
    below = sorted((row for row in rows if row.parent_id == parent_id), key=lambda row: (row.name, row.category_id))
    return tuple(
        CategoryView(
            category_id=row.category_id,
            slug=row.slug,
            name=row.name,
            parent_id=row.parent_id,
            children=_tree(rows, row.category_id),
        )
        for row in below
    )
