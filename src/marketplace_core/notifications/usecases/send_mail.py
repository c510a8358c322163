"""Hand a mail to the mailer."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.notifications.domain.errors import MailRefused
from marketplace_core.notifications.domain.mail import Mail, MailState
from marketplace_core.notifications.domain.suppression import SuppressionReason
from marketplace_core.notifications.ports import Mailer, NotificationsWork, OutgoingMail
from marketplace_core.notifications.usecases.notify import SEND
from marketplace_core.notifications.usecases.suppress_address import suppress


@frozen(kw_only=True)
class SendMail(Command[None]):
    """Hand a queued mail to the mailer."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    mail_id: MailId


@frozen(kw_only=True)
class SendMailHandler:
    """Hand a queued mail to the mailer.

    - A mail that has left, or has failed, is not sent again.
    - While the mailer is not available it is tried again after 30 seconds, 2 minutes and so on, 8 times in a day.
    - A refused mail fails at once; so does one that may have been delivered, because nobody shall get it twice.
    - Nothing is sent to an address that nobody is at, as far as is known: such a mail fails without being tried.
    """

    begin: Begin[NotificationsWork]
    mailer: Mailer
    clock: Clock

    async def __call__(self, command: SendMail, by: Actor) -> None:
        """Carry it out. Raises ``MailNotFound``."""
        async with self.begin() as work:
            mail = await work.mails.get(command.mail_id)
            if mail.state is not MailState.QUEUED:
                return
            held = await work.suppressions.find(mail.address)
            if held is not None and held.holds:
                mail.held_back(f"Nothing is sent to this address since {held.since:%Y-%m-%d}: {held.detail}")
                await work.mails.save(mail)
                return
        failure = await self._send(mail)
        now = self.clock.now()
        async with self.begin() as work:
            mail = await work.mails.get(command.mail_id)
            if mail.state is not MailState.QUEUED:
                return
            match failure:
                case None:
                    mail.sent(now)
                case Unavailable() if not failure.ambiguous:
                    again_at = mail.attempt_failed(failure.message, now)
                    if again_at is not None:
                        await work.deadlines.set(SEND, mail.mail_id, again_at)
                case _:
                    mail.gave_up(failure.message)
                    if failure.facts.get("address_is_dead"):
                        await suppress(
                            work,
                            mail.address,
                            reason=SuppressionReason.REFUSED,
                            detail=failure.message,
                            mail_id=mail.mail_id,
                            now=now,
                        )
            await work.mails.save(mail)

    async def _send(self, mail: Mail) -> MailRefused | Unavailable | None:
        try:
            await self.mailer.send(
                OutgoingMail(
                    message_id=mail.message_id,
                    address=mail.address,
                    locale=mail.locale,
                    subject=mail.subject,
                    text=mail.text,
                    html=mail.html,
                )
            )
        except (MailRefused, Unavailable) as failure:
            return failure
        return None
