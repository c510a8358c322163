"""What carries webhooks: new events are queued for endpoints, and what is due is sent, many at a time.

One dead endpoint does not delay the others: an endpoint has few attempts under way at a time, one while it fails, and
nobody waits for any of them before taking up the next.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Final

from attrs import define, field

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import DeliveryId, EndpointId
from marketplace_core.webhooks import AnnounceEvents, Deliver, Due, ListDueDeliveries

UNDER_WAY_MAX: Final = 64
"""How many attempts a process makes at a time."""
PER_ENDPOINT_MAX: Final = 4
"""How many of them to one endpoint."""
FAILING_MAX: Final = 1
"""How many to one whose last attempt failed."""


@define(kw_only=True, eq=False)
class Couriers:
    """Attempts under way in this process. Any number of processes may deliver at once; each attempt is made by one."""

    market: Marketplace
    report: Callable[[str, str, BaseException], None] = lambda kind, name, failure: None
    _under_way: dict[DeliveryId, asyncio.Task[None]] = field(factory=dict, init=False)
    _to: Counter[EndpointId] = field(factory=Counter, init=False)

    async def announce(self) -> int:
        """Queue new events for those who are to be told; return how many events were new."""
        return await self.market.execute(AnnounceEvents(), by=SYSTEM)

    async def set_out(self) -> int:
        """Begin as many attempts as there is room for, and wait for none; return how many were begun."""
        begun = 0
        full = {one for one, number in self._to.items() if number >= PER_ENDPOINT_MAX}
        while room := UNDER_WAY_MAX - len(self._under_way):
            due = await self.market.ask(ListDueDeliveries(limit=room, without=tuple(sorted(full))), by=SYSTEM)
            refused = [one.endpoint_id for one in due if not self._begun(one)]
            begun += len(due) - len(refused)
            if len(due) < room or not refused:
                return begun
            full.update(refused)  # others may be due behind them
        return begun

    async def come_home(self) -> None:
        """Wait until no attempt is under way."""
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))

    async def deliver(self) -> int:
        """Make all attempts that are due, and wait for them; return how many there were."""
        begun = await self.set_out()
        await self.come_home()
        return begun

    def _begun(self, due: Due) -> bool:
        """Begin an attempt if there is room for one more to the endpoint; tell whether there was."""
        most = FAILING_MAX if due.failing else PER_ENDPOINT_MAX
        if due.delivery_id in self._under_way or self._to.get(due.endpoint_id, 0) >= most:
            return False
        self._to[due.endpoint_id] += 1
        self._under_way[due.delivery_id] = asyncio.create_task(self._attempt(due))
        return True

    async def _attempt(self, due: Due) -> None:
        try:
            await self.market.execute(Deliver(delivery_id=due.delivery_id), by=SYSTEM)
        except Exception as failure:  # noqa: BLE001 - the delivery is kept and tried again
            self.report("webhook", due.delivery_id, failure)
        finally:
            del self._under_way[due.delivery_id]
            self._to[due.endpoint_id] -= 1
            if not self._to[due.endpoint_id]:
                del self._to[due.endpoint_id]
