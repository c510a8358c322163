"""How our books and a payment provider's were compared the last time, and what differed then that had not before."""

from collections import Counter
from datetime import datetime
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.payments.domain.comparison import Comparison, Discrepancy
from marketplace_core.payments.domain.events import BooksDiffered

KEPT_MAX: Final = 200
"""So many differences are kept with both rows; how many there were of each kind is kept of all."""
SEEN_MAX: Final = 10_000
TOLD_MAX: Final = 20


@frozen(kw_only=True)
class KeptComparison:
    """The last comparison: when and by whom, what was read, what differed by kind, and the first differences.

    All of both books is compared; it took from ``began_at`` to ``compared_at``. ``fresh`` names what differed that had
    not the time before.
    """

    provider: str
    began_at: datetime
    compared_at: datetime
    compared_by: str
    our_rows: int
    their_rows: int
    counts: tuple[tuple[str, int], ...]
    discrepancies: tuple[Discrepancy, ...]
    fresh: tuple[str, ...]


@define(kw_only=True, eq=False)
class LastComparison(Aggregate):
    """What was found the last time, by the name of each difference, so that a person hears of each once."""

    kept: KeptComparison
    seen: tuple[str, ...]

    @classmethod
    def after(
        cls, before: "LastComparison | None", found: Comparison, *, began_at: datetime, by: str
    ) -> "LastComparison":
        """Take the place of the one before, and tell what is new."""
        names = tuple(dict.fromkeys(one.name for one in found.discrepancies))
        known = frozenset(before.seen if before else ())
        fresh = tuple(name for name in names if name not in known)
        counts = Counter(one.kind.value for one in found.discrepancies)
        kept = KeptComparison(
            provider=found.provider,
            began_at=began_at,
            compared_at=found.compared_at,
            compared_by=by,
            our_rows=found.our_rows,
            their_rows=found.their_rows,
            counts=tuple(sorted(counts.items())),
            discrepancies=found.discrepancies[:KEPT_MAX],
            fresh=fresh[:KEPT_MAX],
        )
        last = cls(kept=kept, seen=names[:SEEN_MAX], version=before.version if before else 0)
        if fresh:
            told = fresh[:TOLD_MAX]
            last.record(
                BooksDiffered(provider=found.provider, compared_at=found.compared_at, findings=told, found=len(fresh))
            )
        return last
