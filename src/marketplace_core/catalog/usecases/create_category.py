"""Add a category to the tree."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.category import Category
from marketplace_core.catalog.domain.errors import CategorySlugTaken
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import CategoryId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class CategoryCreated:
    """The category there is now; ``path`` is the ids from the root down, each followed by a slash."""

    category_id: CategoryId
    slug: str
    path: str


@frozen(kw_only=True)
class CreateCategory(Command[CategoryCreated]):
    """Add a category; ``parent`` is the id or slug of the one above, None for a root."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    slug: str
    name: str
    parent: str | None = None


@frozen(kw_only=True)
class CreateCategoryHandler:
    """Add a category to the tree.

    - Operators decide how the catalogue is ordered.
    - A slug names one category in the whole tree.
    - Categories are nested at most six deep.
    """

    begin: Begin[CatalogWork]
    ids: IdFactory

    async def __call__(self, command: CreateCategory, by: Actor) -> CategoryCreated:
        """Create. Raises ``CategorySlugTaken``, ``CategoryNotFound``, ``CategoryTooDeep``, ``MalformedProduct``."""
        async with self.begin() as work:
            parent = await work.categories.named(command.parent) if command.parent else None
            category = Category.under(
                parent, category_id=CategoryId(self.ids.new("cat")), slug=command.slug, name=command.name
            )
            if await work.categories.by_slugs((category.slug,)):
                raise CategorySlugTaken(category.slug)
            await work.categories.save(category)
        return CategoryCreated(category_id=category.category_id, slug=category.slug, path=category.path)
