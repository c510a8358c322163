"""Report what is not delivered: operators hear once of every new kind of trouble."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.operations.domain.undelivered import STUCK_AFTER, Backlog, Watch
from marketplace_core.operations.ports import OperationsWork, UndeliveredLetters

UNDELIVERED: Final = "undelivered"
"""The name of the watch."""


@frozen(kw_only=True)
class StuckReport:
    """What is stuck, by consumer and type, and the names of the ``new`` troubles."""

    backlogs: tuple[Backlog, ...]
    new: tuple[str, ...]


@frozen(kw_only=True)
class ReportUndelivered(Command[StuckReport]):
    """Look for what was not delivered within an hour or was given up, and tell operators what is new of it."""

    permission: ClassVar[Permission] = Permission.SYSTEM


@frozen(kw_only=True)
class ReportUndeliveredHandler:
    """Report what is not delivered.

    - Every hour.
    - What waits for more than an hour is stuck; what was given up is, at once.
    - Operators get one mail about what is new, and none about what they were told of. What was delivered meanwhile and
      is stuck again later is new again.
    """

    begin: Begin[OperationsWork]
    letters: UndeliveredLetters
    clock: Clock

    async def __call__(self, command: ReportUndelivered, by: Actor) -> StuckReport:
        """Carry it out."""
        now = self.clock.now()
        backlogs = tuple(await self.letters.backlogs(now - STUCK_AFTER))
        async with self.begin() as work:
            watch = await work.watches.get(UNDELIVERED) or Watch(name=UNDELIVERED)
            before = watch.known
            new = tuple(watch.look(backlogs, now))
            if watch.known != before or new:
                await work.watches.save(watch)
        return StuckReport(backlogs=backlogs, new=new)
