"""Where an index differs from the catalogue."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import ProductId

BATCH: Final = 100
"""So many products are compared or written at once."""


@frozen(kw_only=True)
class Drift:
    """Where an index differs from the catalogue.

    ``missing`` should be found and are not, ``extra`` are found and should not be, ``stale`` are found as they are no
    more; ``settings`` are those by which the index is not the one that this version writes.
    """

    index: str
    products: int
    missing: tuple[ProductId, ...] = ()
    extra: tuple[ProductId, ...] = ()
    stale: tuple[ProductId, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many things differ."""
        return len(self.missing) + len(self.extra) + len(self.stale) + len(self.settings)

    @property
    def product_ids(self) -> Sequence[ProductId]:
        """The products that differ."""
        return sorted({*self.missing, *self.extra, *self.stale})


@frozen(kw_only=True)
class IndexVerified:
    """How far each index agrees with the catalogue: the one that answers, and the one that stands in for it."""

    drifts: tuple[Drift, ...]

    @property
    def size(self) -> int:
        """How many things differ in all."""
        return sum(drift.size for drift in self.drifts)
