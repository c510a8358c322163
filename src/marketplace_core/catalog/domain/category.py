"""The tree of categories, each with its materialised path."""

from typing import Final

from attrs import define

from marketplace_core.catalog.domain.errors import CategoryTooDeep
from marketplace_core.catalog.domain.slugs import checked_slug
from marketplace_core.catalog.domain.texts import one_line
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import CategoryId

DEPTH_MAX: Final = 6
NAME_LENGTH_MAX: Final = 80
UNCATEGORISED_SLUG: Final = "uncategorised"


@define(kw_only=True, eq=False)
class Category(Aggregate):
    """A place in the tree.

    ``path`` is the ids from the root down to this one, each followed by a slash: everything below a category has its
    path as a prefix.
    """

    category_id: CategoryId
    slug: str
    name: str
    parent_id: CategoryId | None
    path: str

    @classmethod
    def under(cls, parent: "Category | None", *, category_id: CategoryId, slug: str, name: str) -> "Category":
        """Make a category below another, or a root. Raises ``CategoryTooDeep``, ``MalformedProduct``."""
        above = parent.path if parent else ""
        if above.count("/") >= DEPTH_MAX:
            raise CategoryTooDeep(f"Categories are nested at most {DEPTH_MAX} deep.")
        return cls(
            category_id=category_id,
            slug=checked_slug(slug, field="slug"),
            name=one_line(name, field="name", length_max=NAME_LENGTH_MAX),
            parent_id=parent.category_id if parent else None,
            path=f"{above}{category_id}/",
        )

    @property
    def lineage(self) -> tuple[CategoryId, ...]:
        """The ids from the root down to this category."""
        return tuple(CategoryId(part) for part in self.path.split("/") if part)
