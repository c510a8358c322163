"""Send nothing to an address any more."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.domain.suppression import Suppression, SuppressionReason
from marketplace_core.notifications.ports import NotificationsWork


async def suppress(
    work: NotificationsWork,
    address: str,
    *,
    reason: SuppressionReason,
    detail: str,
    mail_id: MailId | None,
    now: datetime,
) -> None:
    """Have nothing sent to an address any more. Raises ``MalformedAddress``."""
    held = await work.suppressions.find(address)
    if held is None:
        held = Suppression.of(address, reason=reason, detail=detail, mail_id=mail_id, now=now)
    elif not held.begin_again(reason=reason, detail=detail, mail_id=mail_id, now=now):
        return
    await work.suppressions.save(held)


@frozen(kw_only=True)
class SuppressAddress(Command[None]):
    """Send nothing to an address any more."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    address: str
    detail: str


@frozen(kw_only=True)
class SuppressAddressHandler:
    """Send nothing to an address any more.

    - Mails are still written and can be read on the pages; they fail instead of leaving.
    - An address that nothing is sent to already stays as it is, with its first reason.
    """

    begin: Begin[NotificationsWork]
    clock: Clock

    async def __call__(self, command: SuppressAddress, by: Actor) -> None:
        """Carry it out. Raises ``MalformedAddress``."""
        async with self.begin() as work:
            await suppress(
                work,
                command.address,
                reason=SuppressionReason.BY_HAND,
                detail=command.detail,
                mail_id=None,
                now=self.clock.now(),
            )
