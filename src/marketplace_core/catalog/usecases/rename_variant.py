"""Call a form of a product something else."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class RenameVariant(Command[ProductSaved]):
    """Give the variant of an offer other option values and another SKU (None: no SKU)."""

    permission: ClassVar[Permission] = Permission.SELLER
    offer_id: OfferId
    options: tuple[str, ...]
    sku: str | None = None


@frozen(kw_only=True)
class RenameVariantHandler:
    """Call a form of a product something else.

    - Price, stock and carts stay with it.
    - Orders that are placed keep the name under which it was bought.
    - It has a value for each option of the product, in a combination that no other variant has.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: RenameVariant, by: Actor) -> ProductSaved:
        """Rename.

        Raises ``OfferNotFound``, ``MalformedProduct``, ``VariantExists``, ``SkuTaken``, ``IllegalTransition``.
        """
        async with self.begin() as work:
            product = await work.products.with_offer(command.offer_id, by)
            variant = product.variant_of(command.offer_id)
            product.rename_variant(variant.variant_id, options=command.options, sku=command.sku, now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
