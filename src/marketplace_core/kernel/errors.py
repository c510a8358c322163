"""The errors of the marketplace.

::

    MarketplaceError                 every refusal the marketplace can explain; a bug is never one of these
    ├── InvalidInput                 INVALID          the request makes no sense
    ├── NotFound                     NOT_FOUND        no such thing, or not for you to know
    ├── NotSignedIn                  UNAUTHENTICATED  who are you?
    ├── NotAllowed                   FORBIDDEN        not you
    ├── RuleBroken                   RULE_BROKEN      well-formed, but the business says no
    ├── Conflict                     CONFLICT         someone else was first; read again
    │   ├── ConcurrentUpdate         … noticed while saving; the pipeline retries these by itself
    │   ├── StaleVersion             … noticed against the version the caller named
    │   └── IdempotencyInProgress    … the same key is being worked on right now
    ├── IdempotencyKeyReused         INVALID          the same key came with another request
    └── Unavailable                  UNAVAILABLE      a provider is down; retry the same key

Contexts subclass these and give each complaint its own ``code``, prefixed by the context (``orders.out_of_stock``).
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import ClassVar, TypeAlias

Json: TypeAlias = "str | int | float | bool | None | Sequence[Json] | Mapping[str, Json]"


class ErrorKind(Enum):
    """What sort of refusal it is; each door renders a kind once (HTTP status, exit code)."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    RULE_BROKEN = "rule_broken"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


class MarketplaceError(Exception):
    """Say what was refused and why, in one sentence a person can act on.

    ``facts`` are JSON values a program can act on (old and new price, the line at fault); never secrets.
    """

    code: ClassVar[str] = "marketplace.error"
    kind: ClassVar[ErrorKind] = ErrorKind.RULE_BROKEN

    def __init__(self, message: str, **facts: Json) -> None:
        super().__init__(message)
        self.message = message
        self.facts: Mapping[str, Json] = facts
        self.replayed = False
        """True when this is the kept outcome of an earlier request with the same idempotency key."""


class InvalidInput(MarketplaceError):
    """The request makes no sense; ``facts["errors"]`` may list ``{"field", "message"}`` rows."""

    code = "kernel.invalid_input"
    kind = ErrorKind.INVALID


class NotFound(MarketplaceError):
    """There is no such thing, or the actor may not know of it: both look the same."""

    code = "kernel.not_found"
    kind = ErrorKind.NOT_FOUND


class NotSignedIn(MarketplaceError):
    """The actor must say who they are first."""

    code = "kernel.not_signed_in"
    kind = ErrorKind.UNAUTHENTICATED


class NotAllowed(MarketplaceError):
    """The actor is known and may not do this."""

    code = "kernel.not_allowed"
    kind = ErrorKind.FORBIDDEN


class RuleBroken(MarketplaceError):
    """The request is well-formed, but the business says no."""

    code = "kernel.rule_broken"
    kind = ErrorKind.RULE_BROKEN


class Conflict(MarketplaceError):
    """Someone else was first; read again and decide again."""

    code = "kernel.conflict"
    kind = ErrorKind.CONFLICT


class ConcurrentUpdate(Conflict):
    """The row changed between reading and saving. The pipeline runs the command again from the start."""

    code = "kernel.concurrent_update"


class StaleVersion(Conflict):
    """The caller named a version (``If-Match``) that is no longer the current one."""

    code = "kernel.stale_version"


class IdempotencyInProgress(Conflict):
    """The same idempotency key is being worked on right now; ask again in a moment."""

    code = "kernel.idempotency_in_progress"


class IdempotencyKeyReused(MarketplaceError):
    """The same idempotency key came with a different request."""

    code = "kernel.idempotency_key_reused"
    kind = ErrorKind.INVALID


class Unavailable(MarketplaceError):
    """Something outside is down or slow. The same request may be sent again.

    ``ambiguous`` tells whether the outside may have acted all the same: then only a look-up or the same key is safe.
    """

    code = "kernel.unavailable"
    kind = ErrorKind.UNAVAILABLE

    def __init__(self, message: str, *, ambiguous: bool = False, retry_after_seconds: int = 1, **facts: Json) -> None:
        super().__init__(message, **facts)
        self.ambiguous = ambiguous
        self.retry_after_seconds = retry_after_seconds
