"""How the mailbox is configured and opened."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters._threads import open_threads
from marketplace_adapters.mailbox.mailer import MailboxMailer
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings

WAITING_MAX = 100


class MailboxSettings(BaseModel):
    """Where mails are put (``mailbox`` in the data folder unless named) and who sends them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path | None = None
    sender: str = Field(default="Marketplace <no-reply@marketplace.example>", min_length=3, max_length=254)


@asynccontextmanager
async def open_mailbox(settings: MailboxSettings, around: Surroundings) -> AsyncGenerator[MailboxMailer]:
    """Open the mailbox; its folder is made with the first mail."""
    async with open_threads("mailbox", threads=1, waiting_max=WAITING_MAX) as threads:
        yield MailboxMailer(
            folder=settings.folder or around.data / "mailbox",
            sender=settings.sender,
            clock=around.clock,
            threads=threads,
        )


plugin = AdapterPlugin(
    summary="Mails as files in a folder, readable with any editor; nothing leaves this machine.",
    settings=MailboxSettings,
    open=open_mailbox,
)
