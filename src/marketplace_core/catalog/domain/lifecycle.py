"""The life of a product, as a table: draft, published, archived."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from marketplace_core.catalog.domain.errors import IllegalTransition


class ProductStatus(Enum):
    """Where a product stands. Only a published one is seen by buyers; an archived one is kept for the records."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Step(Enum):
    """What a seller can do with a product as a whole."""

    EDIT = "edit"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    ARCHIVE = "archive"


TRANSITIONS: Final[Mapping[tuple[ProductStatus, Step], ProductStatus]] = {
    (ProductStatus.DRAFT, Step.EDIT): ProductStatus.DRAFT,
    (ProductStatus.DRAFT, Step.PUBLISH): ProductStatus.PUBLISHED,
    (ProductStatus.DRAFT, Step.ARCHIVE): ProductStatus.ARCHIVED,
    (ProductStatus.PUBLISHED, Step.EDIT): ProductStatus.PUBLISHED,
    (ProductStatus.PUBLISHED, Step.UNPUBLISH): ProductStatus.DRAFT,
    (ProductStatus.PUBLISHED, Step.ARCHIVE): ProductStatus.ARCHIVED,
}
"""Status and step → next status; what is not listed is refused."""
ALREADY: Final = frozenset(
    {
        (ProductStatus.PUBLISHED, Step.PUBLISH),
        (ProductStatus.DRAFT, Step.UNPUBLISH),
        (ProductStatus.ARCHIVED, Step.ARCHIVE),
    }
)
"""Steps that find their work done: asked for twice, done once."""


def after(status: ProductStatus, step: Step) -> ProductStatus:
    """Return the status after a step. Raises ``IllegalTransition``, which names the steps that are possible."""
    following = TRANSITIONS.get((status, step))
    if following is None:
        possible = [other.value for (origin, other) in TRANSITIONS if origin is status]
        raise IllegalTransition(
            f"A product that is {status.value} cannot take the step {step.value!r}.",
            status=status.value,
            step=step.value,
            possible=[*possible],
        )
    return following
