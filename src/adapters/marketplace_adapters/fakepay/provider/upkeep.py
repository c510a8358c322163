"""One pass over everything that becomes due with time."""

import httpx
from anyio import to_thread
from attrs import frozen

from marketplace_adapters.fakepay.provider.delivery import DELIVERIES_AT_ONCE_MAX, deliver_due
from marketplace_adapters.fakepay.provider.idempotency import prune
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.settlement import settle_due


@frozen(kw_only=True)
class UpkeepReport:
    """Count what one pass did."""

    settled: int
    delivered: int
    failed: int
    pruned: int

    @property
    def idle(self) -> bool:
        """Say that there was nothing to do."""
        return not (self.settled or self.delivered or self.failed or self.pruned)


async def keep_up(
    provider: Provider, client: httpx.AsyncClient, *, limit: int = DELIVERIES_AT_ONCE_MAX
) -> UpkeepReport:
    """Settle what is due, then send the webhooks that wait (at most `limit`), then forget old idempotency keys.

    Any number of processes may do this on the same books at once.
    """
    settled = await to_thread.run_sync(settle_due, provider)
    deliveries = await deliver_due(provider, client, limit=limit)
    pruned = await to_thread.run_sync(prune, provider)
    return UpkeepReport(settled=settled, delivered=deliveries.delivered, failed=deliveries.failed, pruned=pruned)
