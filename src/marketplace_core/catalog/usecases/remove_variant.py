"""Sell a product in one of its forms no more."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.catalog.domain.errors import VariantHeld
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin

REMOVAL_REASON: Final = "removed"
"""What stands with the movement of the stock that was left of a variant."""


@frozen(kw_only=True)
class RemoveVariant(Command[ProductSaved]):
    """Remove the variant of an offer."""

    permission: ClassVar[Permission] = Permission.SELLER
    offer_id: OfferId


@frozen(kw_only=True)
class RemoveVariantHandler:
    """Sell a product in one of its forms no more.

    - Not while orders that wait for their payment hold units of it.
    - A product that buyers see keeps at least one variant with a price.
    - Orders keep what they know of it, and its stock movements are kept; carts say that it is gone.
    - Its option values and its SKU are free for another one.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: RemoveVariant, by: Actor) -> ProductSaved:
        """Remove. Raises ``OfferNotFound``, ``VariantHeld``, ``NotPublishable``, ``IllegalTransition``."""
        now = self.clock.now()
        async with self.begin() as work:
            product = await work.products.with_offer(command.offer_id, by)
            product.remove_variant(command.offer_id, now=now)
            level = (await work.stock.levels((command.offer_id,)))[command.offer_id]
            if level.held:
                raise VariantHeld(f"Open orders hold {level.held} units of it.", held=level.held)
            if level.available:
                await work.stock.adjust(level, -level.available, reason=REMOVAL_REASON, at=now)
            await work.products.save(product)
        return ProductSaved.of(product)
