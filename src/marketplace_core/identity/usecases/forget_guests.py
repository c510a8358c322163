"""Forget guests who never ordered."""

from datetime import timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.identity.ports import GuestTrade, IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin

GUESTS_KEPT: Final = timedelta(days=30, hours=1)
"""A session lasts 30 days at most; the hour is for whatever was under way in its last second."""
BATCH: Final = 100


@frozen(kw_only=True)
class GuestsForgotten:
    """How many guests are gone."""

    count: int


@frozen(kw_only=True)
class ForgetGuests(Command[GuestsForgotten]):
    """Forget every guest whose session is over for good and who never ordered."""

    permission: ClassVar[Permission] = Permission.SYSTEM


@frozen(kw_only=True)
class ForgetGuestsHandler:
    """Forget guests who never ordered.

    - A guest is forgotten 30 days after the beginning, when no session of theirs can be alive any more.
    - Whoever has ordered stays, whatever became of the order: books and mails name them.
    - What was in their cart goes with them.
    """

    begin: Begin[IdentityWork]
    trade: GuestTrade
    clock: Clock

    async def __call__(self, command: ForgetGuests, by: Actor) -> GuestsForgotten:
        """Carry it out, one transaction for each hundred."""
        before, after, count = self.clock.now() - GUESTS_KEPT, None, 0
        while True:
            async with self.begin() as work:
                old = await work.users.guests(before=before, after=after, limit=BATCH)
            if not old:
                return GuestsForgotten(count=count)
            idle = set(old) - await self.trade.buyers(old)
            if idle:
                async with self.begin() as work:
                    await self.trade.forget(idle)
                    await work.users.forget(idle)
            after, count = old[-1], count + len(idle)
