"""Send a failed mail again."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.ports import NotificationsWork
from marketplace_core.notifications.usecases.notify import SEND


@frozen(kw_only=True)
class RetryMail(Command[None]):
    """Send a failed mail again."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    mail_id: MailId


@frozen(kw_only=True)
class RetryMailHandler:
    """Send a failed mail again.

    - Only operators decide that, and only for a mail that failed.
    - It keeps its words and its message id, so that a mailer that had it after all recognises it.
    """

    begin: Begin[NotificationsWork]
    clock: Clock

    async def __call__(self, command: RetryMail, by: Actor) -> None:
        """Carry it out. Raises ``MailNotFound``, ``MailNotFailed``."""
        async with self.begin() as work:
            mail = await work.mails.get(command.mail_id)
            mail.retry()
            await work.mails.save(mail)
            await work.deadlines.set(SEND, mail.mail_id, self.clock.now())
