"""Send mails to an address again."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.domain.errors import NotSuppressed
from marketplace_core.notifications.ports import NotificationsWork


@frozen(kw_only=True)
class LiftSuppression(Command[None]):
    """Send mails to an address again."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    address: str


@frozen(kw_only=True)
class LiftSuppressionHandler:
    """Send mails to an address again.

    - Mails that failed meanwhile stay failed; each can be sent again.
    - What showed that nobody is there does not show it a second time; the next mail that comes back does.
    """

    begin: Begin[NotificationsWork]
    clock: Clock

    async def __call__(self, command: LiftSuppression, by: Actor) -> None:
        """Carry it out. Raises ``MalformedAddress``, ``NotSuppressed``."""
        async with self.begin() as work:
            held = await work.suppressions.find(command.address)
            if held is None:
                raise NotSuppressed
            held.lift(self.clock.now())
            await work.suppressions.save(held)
