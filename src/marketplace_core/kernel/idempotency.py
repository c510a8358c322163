"""One request, one effect: the caller's key is claimed in a committed transaction before the work begins.

Kept with a result are successes and final refusals of the business; never a refusal for wrong input, a missing right
or an outage, after which the same key may be tried again (reliability design 6.2).
"""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Final, Protocol

from attrs import frozen

from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_core.kernel.messages import Command

KEY_LENGTH_MIN: Final = 8
KEY_LENGTH_MAX: Final = 255
LEASE_SECONDS: Final = 30
KEEP_HOURS: Final = 72


class MalformedKey(InvalidInput):
    """An idempotency key is 8 to 255 visible ASCII characters."""

    code = "kernel.malformed_idempotency_key"


def checked_key(key: str) -> str:
    """Return the key, or raise ``MalformedKey``."""
    if not KEY_LENGTH_MIN <= len(key) <= KEY_LENGTH_MAX or not all("!" <= character <= "~" for character in key):
        raise MalformedKey(
            f"An idempotency key is {KEY_LENGTH_MIN} to {KEY_LENGTH_MAX} visible ASCII characters without spaces."
        )
    return key


@frozen
class Claimed:
    """The work is ours to do (for the first time, or after whoever held it died)."""


@frozen
class Completed:
    """The work was done before: exactly one of ``result`` and ``refusal`` is what it ended with."""

    result: Any = None
    refusal: MarketplaceError | None = None


class IdempotencyKeys(Protocol):
    """Claims on work, by (principal, command type, key). Each method is a transaction of its own, or joins one."""

    def together(self) -> AbstractAsyncContextManager[None]:
        """Open a transaction for the work and its completed key: a crash leaves both of them or neither."""
        ...

    async def claim(self, principal: str, key: str, command: Command[Any], now: datetime) -> Claimed | Completed:
        """Claim the key for this command.

        A claim whose holder has not finished within ``LEASE_SECONDS`` is taken over. Raises ``IdempotencyInProgress``
        while another holds it and ``IdempotencyKeyReused`` if it was claimed for a command with other contents.
        """
        ...

    async def complete(
        self, principal: str, key: str, command: Command[Any], outcome: Completed, now: datetime
    ) -> None:
        """Keep the outcome for ``KEEP_HOURS``."""
        ...

    async def abandon(self, principal: str, key: str, command: Command[Any]) -> None:
        """Give the claim back, so that the same key may be tried again."""
        ...
