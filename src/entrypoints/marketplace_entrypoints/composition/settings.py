"""What an operator may set, from the environment (``MARKETPLACE_…``)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

SEARCH_IN: Final[Mapping[str, str]] = {"sqlite": "fts5", "postgresql": "tsvector"}
"""The search engine that lives in a database."""


class TaxRate(BaseModel):
    """So much of a sale, in basis points: on top of it, or in the seller's prices if the seller remits it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rate_bps: int = Field(ge=0, le=10_000)
    remitted_by: Literal["platform", "seller"] = "platform"


class Often(BaseModel):
    """So many times at once, and in so many seconds in the long run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    times: int = Field(ge=1, le=1_000_000)
    seconds: float = Field(gt=0, le=86_400)


class Settings(BaseSettings):
    """The configuration of one process; every field is also an environment variable, ``MARKETPLACE_DATA`` and so on.

    Adapters are named by their entry points; their own settings nest:
    ``MARKETPLACE_ADAPTERS__FAKEPAY__BANK_DELAY_SECONDS=5``.
    """

    model_config = SettingsConfigDict(
        env_prefix="MARKETPLACE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data: Path = Path(".marketplace")
    """The folder that holds the embedded default's state."""
    name: str = Field(default="Marketplace", min_length=1, max_length=40)
    """What the marketplace calls itself on its pages."""
    operators_address: str = Field(default="", max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$")
    """A mailbox that is written to whenever operators are (a brake, a dispute to answer, …), beside their accounts."""
    mode: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base_url: str = ""
    """The address at which the HTTP door is reached from outside; derived from host and port when empty."""
    roles: str = "all"
    """What ``serve`` is: roles with commas between them, ``catalog,search``."""
    loops: str = "all"
    """What ``worker`` does: loops with commas between them, ``outbox,deadlines``."""
    drain_seconds: float | None = Field(default=None, ge=0, le=60)
    """How long ``serve`` goes on answering after SIGTERM, while it says that it is not ready any more.

    When nothing is set, 5 seconds in production and not at all in development.
    """
    public_seconds: float = Field(default=0, ge=0, le=15)
    """How long ``serve`` keeps lists and products for those who are not signed in, answering them from memory."""
    trusted_proxies: str = ""
    """Whose word about the client's address counts: addresses or networks of the gateway, with commas between them.

    When nothing is set, ``FORWARDED_ALLOW_IPS`` says so, and otherwise it is this machine.
    """
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    policy: Path | None = None
    """A document of the terms of trade (TOML or JSON) that holds until a version of them is stored."""

    reserve_bps: int = Field(default=0, ge=0, le=10_000)
    """How much of what a seller earns stays in reserve for 30 days, in basis points; for orders placed from now on."""

    service_fee_minor: int = Field(default=0, ge=0)
    """What a buyer pays the marketplace for an order, in minor units; with ``service_fee_bps`` of the goods."""
    service_fee_bps: int = Field(default=0, ge=0, le=10_000)
    """What a buyer pays the marketplace of the goods of an order, in basis points."""
    taxes: dict[str, TaxRate] = Field(default_factory=dict)
    """Tax by country of delivery; ``*`` is every other one: ``{"US": {"rate_bps": 825}}``."""
    sellers_accept: Literal["at_once", "by_hand"] = "at_once"
    """Whether a paid order is a seller's to send at once, or has to be accepted by hand within three days."""

    database: str = "sqlite"
    event_bus: str = "outbox"
    search_engine: str = ""
    """Empty is the one that lives in the database: ``fts5`` in SQLite's, ``tsvector`` in PostgreSQL's.

    With another one it is kept up to date as well, and answers while that is down.
    """
    payment_provider: str = "fakepay"
    video_host: str = "ffmpeg"
    file_store: str = "filesystem"
    mailer: str = "mailbox"
    webhook_sender: str = "https"
    passwords: str = "argon2"
    access_tokens: str = "jwt"
    rate_limits: str = ""
    """Empty is ``redis`` where there is one (``MARKETPLACE_REDIS``), and else ``local``."""
    redis: str = Field(default="", repr=False)
    """The address of a Redis or Valkey server, ``redis://host:6379/0``; without one, nothing is missing."""
    processes: int = Field(default=1, ge=1, le=1_000)
    """How many server processes there are; each lets its part of a rate through when it counts alone."""
    rates: dict[str, Often] = Field(default_factory=dict)
    """How often something may be tried, by the name of the rate: ``{"sign_in": {"times": 10, "seconds": 300}}``."""
    clock: Literal["system", "shifted"] = "system"
    """``shifted`` adds the seconds written in the data folder's ``clock-shift`` file: for tests and rehearsals."""
    adapters: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Settings of adapters by adapter name."""

    @property
    def drains(self) -> float:
        """How many seconds to go on answering after SIGTERM."""
        return self.drain_seconds if self.drain_seconds is not None else 5.0 if self.mode == "production" else 0.0

    @property
    def address(self) -> str:
        """The base address, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def search_engine_within(self) -> str:
        """The search engine that lives in the database; it stands in for any other while that is down."""
        return SEARCH_IN.get(self.database, self.database)

    def chosen(self) -> dict[str, str]:
        """Return the configured adapter of every group, the database first."""
        return {
            "marketplace_core.database": self.database,
            "marketplace_core.event_bus": self.event_bus,
            "marketplace_core.file_store": self.file_store,
            "marketplace_core.search_engine": self.search_engine or self.search_engine_within,
            "marketplace_core.payment_provider": self.payment_provider,
            "marketplace_core.video_host": self.video_host,
            "marketplace_core.mailer": self.mailer,
            "marketplace_core.webhook_sender": self.webhook_sender,
            "marketplace_core.passwords": self.passwords,
            "marketplace_core.access_tokens": self.access_tokens,
            "marketplace_core.rate_limits": self.rate_limits or ("redis" if self.redis else "local"),
        }

    def adapter(self, name: str) -> dict[str, Any]:
        """Return the settings of an adapter: its own, and what several of them have to know."""
        known: dict[str, dict[str, Any]] = {
            "local": {"processes": self.processes},
            "redis": {"processes": self.processes, **({"server": self.redis} if self.redis else {})},
        }
        return {**known.get(name, {}), **self.adapters.get(name, {})}
