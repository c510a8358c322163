"""Where a walk goes: the address of a marketplace, and what of that marketplace is at hand besides."""

import json
import ssl
from pathlib import Path
from typing import Annotated, Self

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, TypeAdapter, UrlConstraints, ValidationError, field_validator

from marketplace_core.kernel.errors import InvalidInput
from marketplace_entrypoints.composition.surroundings import ShiftedClock

Door = Annotated[AnyHttpUrl, UrlConstraints(host_required=True)]
_DOOR: TypeAdapter[AnyHttpUrl] = TypeAdapter(Door)


class MalformedPlace(InvalidInput):
    """A place is an address, ``https://market.example``, or a file that describes one."""

    code = "demo.malformed_place"


class Place(BaseModel):
    """A marketplace that runs.

    ``ca`` is a file of certificates, the only ones to trust; without it, those that the machine trusts.
    ``clock_shift`` is the file by which all its processes move their clocks. ``mails`` is the Maildir where its mails
    end. ``logs`` is the folder of its processes' logs, one file each; what it stands on logs in ``logs/servers``.
    ``engines`` is what it stands on, with versions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str
    ca: Path | None = None
    clock_shift: Path | None = None
    mails: Path | None = None
    logs: Path | None = None
    engines: tuple[str, ...] = ()

    @field_validator("address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        _DOOR.validate_python(value)
        return value.rstrip("/")

    @classmethod
    def named(cls, word: str) -> Self:
        """Return the place at an address, or the one that a file describes. Raises ``MalformedPlace``."""
        try:
            if "://" in word:
                return cls(address=word)
            return cls.model_validate(json.loads(Path(word).read_text(encoding="utf-8")))
        except (OSError, ValidationError, ValueError) as wrong:
            raise MalformedPlace(f"{word!r} is no address of a marketplace, and no file that describes one.") from wrong

    @property
    def trust(self) -> ssl.SSLContext | bool:
        """Whom to believe that this is the place."""
        return True if self.ca is None else ssl.create_default_context(cafile=str(self.ca))

    @property
    def clock(self) -> ShiftedClock | None:
        """The clock of all its processes, if it is at hand."""
        return None if self.clock_shift is None else ShiftedClock(self.clock_shift)
