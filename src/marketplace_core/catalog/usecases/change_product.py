"""Change what a product says of itself."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved, require_version
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ChangeProduct(Command[ProductSaved]):
    """Change what is given and leave the rest; ``category`` is an id or a slug."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    expected_version: int | None = None
    title: str | None = None
    description: str | None = None
    category: str | None = None
    tags: tuple[str, ...] | None = None


@frozen(kw_only=True)
class ChangeProductHandler:
    """Change what a product says of itself.

    - A seller changes their own products; a published one stays published and shows the change at once.
    - Whoever names the version they read is refused if somebody changed the product since.
    - The handle stays: addresses that people have saved keep working.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: ChangeProduct, by: Actor) -> ProductSaved:
        """Change.

        Raises ``ProductNotFound``, ``StaleVersion``, ``MalformedProduct``, ``CategoryNotFound``, ``IllegalTransition``.
        """
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            require_version(product, command.expected_version)
            category = await work.categories.named(command.category) if command.category else None
            product.describe(
                title=command.title,
                description=command.description,
                category_id=category.category_id if category else None,
                tags=command.tags,
                now=self.clock.now(),
            )
            await work.products.save(product)
        return ProductSaved.of(product)
