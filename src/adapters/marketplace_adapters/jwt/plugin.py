"""How the adapter for access tokens is configured and opened."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters.jwt.access_tokens import JwtAccessTokens, SigningKey
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings

SECRET_NAME = "access-token-key"  # noqa: S105 - the name of a secret


class JwtSettings(BaseModel):
    """Who issues access tokens, for whom, and under which keys.

    ``key_files`` hold one secret of at least 32 bytes each: the first signs, the others are still read. Without any,
    the process's own secret is used. ``issuer`` is the address of the HTTP door unless named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = ""
    audience: str = Field(default="marketplace", min_length=1)
    key_files: tuple[Path, ...] = Field(default=(), max_length=5)


@asynccontextmanager
async def open_jwt(settings: JwtSettings, around: Surroundings) -> AsyncGenerator[JwtAccessTokens]:
    """Read the keys. Raises ``WeakKey``, and ``OSError`` for a key file that cannot be read."""
    yield JwtAccessTokens(
        _ring(settings, around), issuer=settings.issuer or around.base_url, audience=settings.audience
    )


def _ring(settings: JwtSettings, around: Surroundings) -> list[SigningKey]:
    if not settings.key_files:
        return [SigningKey(around.secret(SECRET_NAME))]
    return [SigningKey(path.read_bytes().strip()) for path in settings.key_files]


plugin = AdapterPlugin(
    summary="Access tokens as signed JSON Web Tokens (HS256, at+jwt), ten minutes long.",
    settings=JwtSettings,
    open=open_jwt,
)
