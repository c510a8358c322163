"""What is due in a queue, found out as a worker does: by beginning it."""

from datetime import datetime
from typing import Protocol, TypeVar

from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.queues import Begun

ItemT = TypeVar("ItemT")


class Queue(Protocol[ItemT]):
    """Anything that is worked off one by one."""

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ItemT] | None:
        """Begin the first of it."""
        ...


async def all_begun(queue: Queue[ItemT], now: datetime) -> list[Begun[ItemT]]:
    """Begin everything that is due and was not begun yet; return it in the order in which it came."""
    begun: list[Begun[ItemT]] = []
    while (one := await queue.begin(now)) is not None:
        begun.append(one)
    return begun


async def give_up(inbox: Inbox, message: ProviderMessage, now: datetime, error: str) -> None:
    """Have a message come, be tried in vain, and be laid aside for good. Nothing else may be due."""
    await inbox.remember(message, now)
    assert await inbox.begin(now) == Begun(item=message, attempts=0)
    await inbox.failed(message, error, None)
