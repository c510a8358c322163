"""Catch up: ask a payment provider what happened there, whether its messages came or not."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import BooksNotReadable
from marketplace_core.payments.ports import PaymentsWork, ProviderNews

FIRST_LOOK: Final = timedelta(days=30)
"""How far back the first look goes."""
OVERLAP: Final = timedelta(hours=3)
"""How much of what was looked at is looked at again: clocks differ, and a provider may book late."""


@frozen(kw_only=True)
class CaughtUp:
    """So many things happened from ``since`` to ``until``; ``new`` are those that no earlier look had found."""

    since: datetime
    until: datetime
    found: int
    new: int


@frozen(kw_only=True)
class CatchUp(Command[CaughtUp]):
    """Ask the provider what happened there ``since`` a time, or since we last asked."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    since: datetime | None = None


@frozen(kw_only=True)
class CatchUpHandler:
    """Find what a lost message would have told.

    - Every hour, and at the start of a worker, from the last look on and a little of what was before.
    - Disputes that were opened or moved money, refunds that came back, bank payouts that were sent back: each is put
      into the inbox as if the provider had told it, once, and what looks at its messages looks at it.
    - What we have last looked at is remembered, so that nothing is missed however long nobody looked.
    """

    begin: Begin[PaymentsWork]
    news: ProviderNews | None
    inbox: Inbox | None
    clock: Clock

    async def __call__(self, command: CatchUp, by: Actor) -> CaughtUp:
        """Carry it out. Raises ``BooksNotReadable``, ``ProviderUnavailable``."""
        source, inbox = self.news, self.inbox
        if source is None or inbox is None:
            raise BooksNotReadable("This payment provider does not say what happened there.")
        now = self.clock.now()
        async with self.begin() as work:
            before = await work.lookouts.until(source.provider)
        from_here_on = now - FIRST_LOOK if before is None else min(before, now) - OVERLAP
        since = command.since or from_here_on
        found = await source.since(since)
        new = sum([await inbox.remember(message, now) for message in found])
        if since <= from_here_on:
            async with self.begin() as work:
                await work.lookouts.looked(source.provider, now)
        return CaughtUp(since=since, until=now, found=len(found), new=new)
