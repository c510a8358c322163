"""What everybody who keeps the last comparison of the books must do."""

from datetime import datetime, timedelta

import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.money import Money
from marketplace_core.payments.comparing import (
    BookRow,
    Comparison,
    Discrepancy,
    DiscrepancyKind,
    Entry,
    LastComparison,
)
from marketplace_core.testing.payments import NOW, PaymentsGround


def differing(*references: str, at: datetime = NOW) -> Comparison:
    """Find refunds that we do not know."""
    return Comparison(
        provider="inmemory",
        compared_at=at,
        our_rows=3,
        their_rows=4,
        discrepancies=tuple(
            Discrepancy(
                kind=DiscrepancyKind.REFUND_UNKNOWN,
                entry=Entry.REFUND,
                ours=None,
                theirs=BookRow(
                    entry=Entry.REFUND, reference=one, name=None, state="succeeded", amount=Money(500, "EUR")
                ),
            )
            for one in references
        ),
    )


class ComparisonsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def _keep(self, ground: PaymentsGround, found: Comparison) -> LastComparison:
        async with ground.begin() as work:
            last = LastComparison.after(
                await work.comparisons.last("inmemory"), found, began_at=found.compared_at, by="usr_op"
            )
            await work.comparisons.save(last)
        return last

    async def test_nothing_was_compared_at_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await work.comparisons.last("inmemory") is None

    async def test_the_last_one_is_kept_whole_for_each_provider(self, ground: PaymentsGround) -> None:
        await self._keep(ground, differing("re_1"))
        later = await self._keep(ground, differing("re_1", "re_2", at=NOW + timedelta(days=1, microseconds=3)))

        async with ground.begin() as work:
            kept, other = await work.comparisons.last("inmemory"), await work.comparisons.last("other")
        assert (kept is not None, other) == (True, None)
        assert kept is not None
        assert (kept.kept, kept.seen) == (later.kept, ("refund_unknown re_1", "refund_unknown re_2"))
        assert (kept.kept.fresh, kept.kept.counts) == (("refund_unknown re_2",), (("refund_unknown", 2),))

    async def test_of_two_who_compared_at_once_one_begins_again(self, ground: PaymentsGround) -> None:
        last = LastComparison.after(None, differing("re_1"), began_at=NOW, by="usr_op")
        await self._keep(ground, differing())

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.comparisons.save(last)
