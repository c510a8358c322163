"""Where the bucket is, and how it is used."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

MIB: Final = 1024 * 1024


class S3Settings(BaseModel):
    """Where the bucket is and how the marketplace uses it.

    ``endpoint`` is the store's address (empty: AWS), ``browser_endpoint`` the one under which browsers reach it, if it
    is another. ``access_key`` and ``secret_key`` are left out where the machine itself has a role. ``uploads`` is how
    browsers send: ``post`` with a policy that bounds the size, or ``put`` for stores that know no policy (R2), which
    then take exactly the announced size. ``public_url`` is where anybody may fetch what is under ``images/`` (a CDN or
    the bucket's public address); empty serves it through the application. ``part_bytes`` is the size of the parts of
    large files. The store has ``connect_seconds`` to take a connection, ``timeout_seconds`` to say something,
    ``deadline_seconds`` for a whole call with its second attempt. ``cache_bytes_max`` is the room for copies of files
    that are read on this machine.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bucket: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
    endpoint: str = Field(default="", pattern=r"^(https?://[^/]+/?)?$")
    browser_endpoint: str = Field(default="", pattern=r"^(https?://[^/]+/?)?$")
    region: str = Field(default="us-east-1", min_length=1)
    access_key: str = ""
    secret_key: SecretStr = SecretStr("")
    addressing: Literal["auto", "path", "virtual"] = "auto"
    uploads: Literal["post", "put"] = "post"
    public_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    part_bytes: int = Field(default=64 * MIB, ge=5 * MIB, le=5 * 1024 * MIB)
    connect_seconds: float = Field(default=2, gt=0)
    timeout_seconds: float = Field(default=5, gt=0)
    deadline_seconds: float = Field(default=15, gt=0)
    cache_bytes_max: int = Field(default=2 * 1024 * MIB, ge=0)
