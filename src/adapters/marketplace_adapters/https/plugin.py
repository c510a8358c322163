"""The plugin: ``https`` in the group ``marketplace_core.webhook_sender``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from ssl import SSLContext
from typing import Annotated, Final

import httpx
from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters.https.sender import HttpsSender
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings, UnsafeSetting


class HttpsSettings(BaseModel):
    """To which ports is sent, and how long an attempt may take. ``loopback`` is for trying things out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ports: frozenset[Annotated[int, Field(ge=1, le=65_535)]] = frozenset({443})
    seconds: float = Field(default=10.0, gt=0, le=30)
    loopback: bool = False
    """Whether programs on this machine are told too, on any port and over plain HTTP."""


@cache
def _trusted() -> SSLContext:
    """Read whom to trust once for each process: it takes longer than all else of opening a marketplace."""
    return httpx.create_ssl_context(trust_env=False)


@asynccontextmanager
async def open_sender(settings: HttpsSettings, around: Surroundings) -> AsyncGenerator[HttpsSender]:
    """Open the sender. Raises ``UnsafeSetting`` when production would speak to this machine."""
    if around.production and settings.loopback:
        raise UnsafeSetting("In production nothing is sent to this machine: whoever names an address would reach it.")
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=settings.seconds, limits=limits) as client:
        yield HttpsSender(client=client, ports=settings.ports, seconds=settings.seconds, loopback=settings.loopback)


plugin: Final = AdapterPlugin(
    summary="Webhooks over HTTPS, to public addresses only; what others name cannot lead into this house.",
    settings=HttpsSettings,
    open=open_sender,
)
