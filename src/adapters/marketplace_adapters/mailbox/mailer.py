"""The embedded mailer: delivering is writing a file, once."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, final

from attrs import frozen

from marketplace_adapters._messages import parsed, written
from marketplace_adapters._threads import ThreadBridge
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.notifications import MailNotFound, MailRefused
from marketplace_core.notifications.ports import Mailer, OutgoingMail

LIST_MAX: Final = 1_000
SUFFIX: Final = ".eml"
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,199}")


class MailboxUnavailable(Unavailable):
    """The folder cannot be written right now; the mail was not delivered."""

    code = "mailbox.unavailable"


@final
@frozen(kw_only=True)
class MailboxMailer(Mailer):
    """Mails in a folder that only this user can read, one file each, named after the message id."""

    folder: Path
    sender: str
    clock: Clock
    threads: ThreadBridge

    async def send(self, mail: OutgoingMail) -> None:
        """Write the file whole, or not at all; if it is there already, leave it.

        Raises ``MailRefused`` for a mail that cannot be a message, ``MailboxUnavailable``.
        """
        outside_transaction("mailer.send")
        path = self._path(mail.message_id)
        try:
            content = written(mail, sender=self.sender, at=self.clock.now())
        except ValueError as wrong:
            raise MailRefused("This mail cannot be written as a message.") from wrong
        try:
            await self.threads.run(_deliver, path, content)
        except OSError as failure:
            raise MailboxUnavailable(f"The mailbox cannot be written: {failure.strerror}.") from failure

    async def delivered(self, limit: int = LIST_MAX) -> Sequence[OutgoingMail]:
        """Return at most ``limit`` mails, newest first: message ids sort by time."""
        return await self.threads.run(_latest, self.folder, min(limit, LIST_MAX))

    async def read(self, message_id: str) -> OutgoingMail:
        """Return one mail. Raises ``MailNotFound``."""
        try:
            return parsed(await self.threads.run(self._path(message_id).read_bytes))
        except (FileNotFoundError, MailRefused):
            raise MailNotFound from None

    def _path(self, message_id: str) -> Path:
        if not _MESSAGE_ID.fullmatch(message_id):
            raise MailRefused("This message id cannot name a file.")
        return self.folder / f"{message_id}{SUFFIX}"


def _deliver(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # it was delivered before
            path.hardlink_to(fresh)
    finally:
        fresh.unlink(missing_ok=True)


def _latest(folder: Path, limit: int) -> Sequence[OutgoingMail]:
    names = sorted((path for path in folder.glob(f"[!.]*{SUFFIX}")), key=lambda path: path.name, reverse=True)
    return [parsed(path.read_bytes()) for path in names[:limit]]
