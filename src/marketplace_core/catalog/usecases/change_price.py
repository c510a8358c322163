"""Change what an offer costs."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ChangePrice(Command[ProductSaved]):
    """Set the price of an offer; zero takes it out of sale."""

    permission: ClassVar[Permission] = Permission.SELLER
    offer_id: OfferId
    price: Money


@frozen(kw_only=True)
class ChangePriceHandler:
    """Change what an offer costs.

    - A seller prices their own offers, in the shop's currency.
    - A price of zero means not for sale.
    - Orders that are placed keep the price that was agreed.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: ChangePrice, by: Actor) -> ProductSaved:
        """Change. Raises ``OfferNotFound``, ``WrongCurrency``, ``MalformedProduct``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.with_offer(command.offer_id, by)
            product.price_offer(command.offer_id, command.price, now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
