"""The plugin: ``smtp`` in the group ``marketplace_core.mailer``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from marketplace_adapters.smtp.connection import SmtpConnection, SmtpSettings
from marketplace_adapters.smtp.mailer import SmtpMailer
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.notifications.ports import Mailer


@asynccontextmanager
async def _opened(settings: SmtpSettings, around: Surroundings) -> AsyncGenerator[Mailer]:
    connection = SmtpConnection(settings)
    try:
        yield SmtpMailer(connection, around.clock)
    finally:
        await connection.close()


plugin: Final = AdapterPlugin(
    summary="Mails over SMTP, to a server that delivers them",
    settings=SmtpSettings,
    open=_opened,
)
