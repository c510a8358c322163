"""Add a form to a product."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.create_product import NewVariant, VariantAdded, added, open_stock
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class AddVariant(Command[VariantAdded]):
    """Add a form with its price and stock."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    variant: NewVariant


@frozen(kw_only=True)
class AddVariantHandler:
    """Add a form to a product.

    - It has a value for each option of the product, in a combination that no other variant has.
    - A product without options comes in one form only.
    - A product has at most a hundred variants.
    """

    begin: Begin[CatalogWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: AddVariant, by: Actor) -> VariantAdded:
        """Add.

        Raises ``ProductNotFound``, ``MalformedProduct``, ``VariantExists``, ``SkuTaken``, ``WrongCurrency``,
        ``LimitReached``.
        """
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            level = added(product, command.variant, ids=self.ids, clock=self.clock)
            await work.products.save(product)
            await open_stock(work, (level,), self.clock)
        return VariantAdded.of(product.variant_of(level.offer_id))
