"""One connection to the server, used again for the next mail, and nobody waits for a server that does not answer."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from email.headerregistry import Address, HeaderRegistry
from pathlib import Path
from typing import Any, Final, Literal, Self

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from marketplace_core.kernel.errors import Unavailable

CLOSE_SECONDS: Final = 1.0
HEADERS: Final[Any] = HeaderRegistry()
HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
TROUBLE: Final = (SMTPException, OSError, asyncio.TimeoutError, EOFError, ValueError)
"""What the client library raises when the server is away, slow, or talks rubbish."""
AWAY: Final = (SMTPServerDisconnected, SMTPTimeoutError, OSError, asyncio.TimeoutError, EOFError)
"""What tells that the server is not there, rather than that it says no."""


class SmtpUnavailable(Unavailable):
    """The server cannot be reached, does not answer, or does not take this now; the mail may be sent again."""

    code = "smtp.unavailable"


class SmtpSettings(BaseModel):
    """Which server takes mails, and who sends them.

    ``security`` is ``starttls`` (asked for and insisted on), ``tls`` from the first byte, or ``none``, which a password
    is sent by to this machine only. ``sender`` stands in the mails; ``bounces`` is the address at which mails come back
    that could not be delivered, the sender's if there is none. ``ca`` is a file of certificates to trust besides.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: int = Field(default=587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = Field(default="", repr=False)
    ca: Path | None = None
    sender: str = Field(default="Marketplace <no-reply@marketplace.example>", min_length=3, max_length=254)
    bounces: str = Field(default="", max_length=254)
    timeout_seconds: float = Field(default=10, gt=0, le=120)
    idle_seconds: float = Field(default=30, ge=0, le=300)
    mails_max: int = Field(default=100, ge=1, le=10_000)
    """How many mails travel over one connection."""
    pause_seconds: float = Field(default=5, ge=0, le=300)
    """How long nobody tries after the server was away."""

    @field_validator("sender", "bounces")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value:
            one_address(value)
        return value

    @model_validator(mode="after")
    def _keeps_the_password(self) -> Self:
        if self.password and self.security == "none" and self.host not in HERE:
            raise ValueError("a password goes over starttls or tls, or to this machine")
        if bool(self.password) != bool(self.username):
            raise ValueError("a username and a password come together")
        return self

    @property
    def envelope(self) -> str:
        """The address at which mails come back."""
        return one_address(self.bounces or self.sender)

    @property
    def domain(self) -> str:
        """The domain in whose name mails are sent."""
        return one_address(self.sender).rpartition("@")[2]

    @property
    def place(self) -> str:
        """Where the server is."""
        return f"{self.host}:{self.port}"


class SmtpConnection:
    """Lends out the line to one mail at a time."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self._line: SMTP | None = None
        self._used = 0
        self._used_at = 0.0
        self._failed_at: float | None = None
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def line(self) -> AsyncGenerator[SMTP]:
        """Lend a line that has just answered. What goes wrong inside ends it. Raises ``SmtpUnavailable``."""
        async with self._turn:
            line = await self._present()
            try:
                yield line
            except BaseException:
                await self._drop()
                raise
            self._used += 1
            self._used_at = _now()

    def note_away(self) -> None:
        """Have nobody try for a while."""
        self._failed_at = _now()

    async def about(self) -> str:
        """Return what the server says it is, for operators. Raises ``SmtpUnavailable``."""
        async with self.line() as line:
            said = line.last_ehlo_response
            name = said.message.splitlines()[0].split()[0] if said and said.message.strip() else "a server"
            how = {"none": "in the clear", "starttls": "STARTTLS", "tls": "TLS"}[self.settings.security]
            return f"SMTP {name} at {self.settings.place}, {how}"

    async def close(self) -> None:
        """End the connection."""
        await self._drop(politely=True)

    async def _present(self) -> SMTP:
        if self._line is not None:
            try:
                if not self._line.is_connected or self._used >= self.settings.mails_max:
                    raise SMTPServerDisconnected("It is used up.")
                if _now() - self._used_at > self.settings.idle_seconds:
                    raise SMTPServerDisconnected("It was idle.")
                await self._line.rset()
            except SMTPTimeoutError as trouble:
                await self._drop()
                raise self._away(trouble) from trouble
            except TROUBLE:
                await self._drop(politely=True)
            else:
                return self._line
        if self._failed_at is not None and _now() - self._failed_at < self.settings.pause_seconds:
            raise SmtpUnavailable("The mail server was not to be reached a moment ago.")
        self._line = await self._connected()
        self._used, self._failed_at = 0, None
        return self._line

    async def _connected(self) -> SMTP:
        own = self.settings
        line = SMTP(
            hostname=own.host,
            port=own.port,
            local_hostname=own.domain,
            timeout=own.timeout_seconds,
            use_tls=own.security == "tls",
            start_tls=own.security == "starttls",
            tls_context=None if own.security == "none" else _trusting(own.ca),
            username=own.username or None,
            password=own.password or None,
        )
        try:
            async with asyncio.timeout(own.timeout_seconds):
                await line.connect()
                if line.is_ehlo_or_helo_needed:
                    await line.ehlo()
        except TROUBLE as trouble:
            line.close()
            raise self._away(trouble) from trouble
        except BaseException:
            line.close()
            raise
        return line

    def _away(self, trouble: Exception) -> SmtpUnavailable:
        self.note_away()
        return SmtpUnavailable(f"The mail server at {self.settings.place} does not answer: {told(trouble)}.")

    async def _drop(self, *, politely: bool = False) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        if politely and line.is_connected:
            with suppress(*TROUBLE):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await line.quit()
        line.close()


def told(trouble: Exception) -> str:
    """Return what happened, for operators: what the server said, on one line, or which trouble it was."""
    if isinstance(trouble, SMTPResponseException):
        said = " ".join(str(trouble.message).split())
        return f"{trouble.code} {said}".strip()[:300]
    return type(trouble).__name__


def one_address(written: str) -> str:
    """Return the address out of what may stand in a header, with a name or without. Raises ``ValueError``."""
    found: tuple[Address, ...] = HEADERS("From", written).addresses if written.isprintable() else ()
    if len(found) != 1 or not found[0].username or not found[0].domain:
        raise ValueError("this is not one e-mail address")
    return str(found[0].addr_spec)


def _trusting(ca: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca is not None:
        context.load_verify_locations(cafile=ca)
    return context


def _now() -> float:
    return asyncio.get_running_loop().time()
