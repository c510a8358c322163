"""Start a product."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.errors import HandleTaken
from marketplace_core.catalog.domain.product import Product
from marketplace_core.catalog.domain.slugs import free_slug, slug_of
from marketplace_core.catalog.domain.stock import StockLevel, checked_units
from marketplace_core.catalog.domain.variant import Variant
from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OfferId, ProductId, SellerId, VariantId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class NewVariant:
    """A form of a product to be: an option value for each option name, a price in minor units, units in stock.

    A price of 0 means that it is not set yet.
    """

    options: tuple[str, ...] = ()
    sku: str | None = None
    price_minor: int
    currency: str
    stock: int = 0


@frozen(kw_only=True)
class VariantAdded:
    """A form of a product there is now, and the offer that prices it."""

    variant_id: VariantId
    offer_id: OfferId
    options: tuple[str, ...]

    @classmethod
    def of(cls, variant: Variant) -> "VariantAdded":
        """Describe a variant that was just added."""
        return cls(variant_id=variant.variant_id, offer_id=variant.offer.offer_id, options=variant.options)


@frozen(kw_only=True)
class ProductCreated:
    """The draft there is now."""

    product_id: ProductId
    handle: str
    version: int
    variants: tuple[VariantAdded, ...]


@frozen(kw_only=True)
class CreateProduct(Command[ProductCreated]):
    """Start a product of a shop; ``category`` is an id or a slug, ``handle`` is derived from the title if not given."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    title: str
    description: str = ""
    category: str | None = None
    option_names: tuple[str, ...] = ()
    variants: tuple[NewVariant, ...] = ()
    handle: str | None = None
    tags: tuple[str, ...] = ()


@frozen(kw_only=True)
class CreateProductHandler:
    """Start a product.

    - A seller starts products in their own shop; it begins as a draft that only they see.
    - A product comes in variants that differ by up to three options, each with its own price and stock.
    - Prices are in the shop's currency.
    - The handle names the product within the shop; made from the title, it is numbered if it is taken.
    - A SKU names one variant within the shop.
    """

    begin: Begin[CatalogWork]
    sellers: Sellers
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: CreateProduct, by: Actor) -> ProductCreated:
        """Create.

        Raises ``MalformedProduct``, ``CategoryNotFound``, ``HandleTaken``, ``SkuTaken``, ``VariantExists``,
        ``WrongCurrency``, ``LimitReached``, ``ShopNotFound``.
        """
        by.require_seller(command.seller_id)
        shop = await self.sellers.shop(command.seller_id)
        product_id = ProductId(self.ids.new("prd"))
        async with self.begin() as work:
            category = await work.categories.named(command.category) if command.category else None
            product = Product.draft(
                product_id=product_id,
                shop=shop,
                handle=await self._handle(work, command, product_id),
                title=command.title,
                description=command.description,
                category_id=category.category_id if category else None,
                option_names=command.option_names,
                tags=command.tags,
                now=self.clock.now(),
            )
            levels = [self._add(product, new) for new in command.variants]
            await work.products.save(product)
            await open_stock(work, levels, self.clock)
        return ProductCreated(
            product_id=product_id,
            handle=product.handle,
            version=product.version,
            variants=tuple(VariantAdded.of(variant) for variant in product.variants),
        )

    async def _handle(self, work: CatalogWork, command: CreateProduct, product_id: ProductId) -> str:
        if command.handle is not None:
            if await work.products.by_handles(command.seller_id, (command.handle,)):
                raise HandleTaken(command.handle)
            return command.handle
        stem = slug_of(command.title) or slug_of(product_id)
        return free_slug(stem, await work.products.handles_like(command.seller_id, stem))

    def _add(self, product: Product, new: NewVariant) -> StockLevel:
        return added(product, new, ids=self.ids, clock=self.clock)


def added(product: Product, new: NewVariant, *, ids: IdFactory, clock: Clock) -> StockLevel:
    """Add a variant to a product and return the counters it opens with."""
    variant = product.add_variant(
        variant_id=VariantId(ids.new("var")),
        options=new.options,
        sku=new.sku,
        offer_id=OfferId(ids.new("off")),
        price=Money(new.price_minor, new.currency),
        now=clock.now(),
    )
    return StockLevel(offer_id=variant.offer.offer_id, product_id=product.product_id, on_hand=checked_units(new.stock))


async def open_stock(work: CatalogWork, levels: Sequence[StockLevel], clock: Clock) -> None:
    """Start counting new offers."""
    for level in levels:
        await work.stock.open(level, at=clock.now())
