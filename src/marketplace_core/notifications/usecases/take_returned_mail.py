"""Take in a mail that came back."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.domain.returned import read_returned
from marketplace_core.notifications.domain.suppression import SuppressionReason
from marketplace_core.notifications.ports import NotificationsWork
from marketplace_core.notifications.usecases.suppress_address import suppress


@frozen(kw_only=True)
class ReturnedMail:
    """Which mail came back, and what that means: whether it failed, and whether nothing is sent there any more."""

    mail_id: MailId
    address: str
    status: str
    diagnostic: str
    failed: bool
    suppressed: bool


@frozen(kw_only=True)
class TakeReturnedMail(Command[ReturnedMail]):
    """Take in a report that a mail could not be delivered, as a mail server wrote it (RFC 3464)."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    content: bytes


@frozen(kw_only=True)
class TakeReturnedMailHandler:
    """Take in a report that a mail could not be delivered.

    - A mail that will never be delivered has failed, with what the server said; one that is late is left alone.
    - If there is nobody at the address, nothing is sent there any more until an operator lifts that.
    - A full mailbox, and a mail that was not welcome, say nothing about the next mail.
    - What follows from a fact (an order, a payout) does not depend on whether its mail arrived.
    - The same report again changes nothing.
    """

    begin: Begin[NotificationsWork]
    clock: Clock

    async def __call__(self, command: TakeReturnedMail, by: Actor) -> ReturnedMail:
        """Carry it out. Raises ``MalformedReturn``, ``MailNotFound``."""
        returned = read_returned(command.content)
        now, said = self.clock.now(), f"{returned.status} {returned.diagnostic}".strip()
        async with self.begin() as work:
            mail = await work.mails.get(returned.mail_id)
            if returned.failed and mail.came_back(said):
                await work.mails.save(mail)
            if returned.nobody_there:
                await suppress(
                    work, mail.address, reason=SuppressionReason.RETURNED, detail=said, mail_id=mail.mail_id, now=now
                )
            held = await work.suppressions.find(mail.address)
        return ReturnedMail(
            mail_id=mail.mail_id,
            address=mail.address,
            status=returned.status,
            diagnostic=returned.diagnostic,
            failed=returned.failed,
            suppressed=held is not None and held.holds,
        )
