"""How the Argon2id adapter is configured and opened."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters._threads import open_threads
from marketplace_adapters.argon2.passwords import Argon2Passwords
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


class Argon2Settings(BaseModel):
    """Parameters of Argon2id, and how many hashes are made at once.

    Each hash takes ``memory_kib`` of memory while it is made; beyond ``waiting_max`` callers are asked to come back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_kib: int = Field(default=19 * 1024, ge=7 * 1024, le=1024 * 1024)
    time_cost: int = Field(default=2, ge=1, le=20)
    parallelism: int = Field(default=1, ge=1, le=16)
    threads: int = Field(default=2, ge=1, le=4)
    waiting_max: int = Field(default=32, ge=0, le=1_000)


@asynccontextmanager
async def open_argon2(settings: Argon2Settings, _: Surroundings) -> AsyncGenerator[Argon2Passwords]:
    """Open the threads and prepare the hash that belongs to nobody."""
    async with open_threads("argon2", threads=settings.threads, waiting_max=settings.waiting_max) as threads:
        passwords = Argon2Passwords(
            threads,
            memory_kib=settings.memory_kib,
            time_cost=settings.time_cost,
            parallelism=settings.parallelism,
        )
        await passwords.prepare()
        yield passwords


plugin = AdapterPlugin(
    summary="Passwords under Argon2id, OWASP parameters, at most two at a time.",
    settings=Argon2Settings,
    open=open_argon2,
)
