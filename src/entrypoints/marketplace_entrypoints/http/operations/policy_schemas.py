"""The terms of trade as questions and answers."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr

from marketplace_core.kernel.acts import REASON_CHARACTERS_MAX
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing

Written = StrictBool | StrictInt | StrictStr
Key = Annotated[str, Field(max_length=60)]
Contents = Annotated[
    dict[Key, Written],
    Field(
        max_length=100,
        examples=[{"version": "2026-2", "commission_bps": 900, "claim_window": "P30D"}],
        description="Keys as GET shows them; durations as in ISO 8601. What is left out has its default.",
    ),
]
Why = Annotated[str, Field(min_length=1, max_length=REASON_CHARACTERS_MAX, examples=["Agreed with the sellers."])]


class PolicyIn(Incoming):
    """The terms that orders are placed under from now on, and why."""

    document: Contents
    reason: Why

    def contents(self) -> tuple[tuple[str, Written], ...]:
        """Return the document as the core takes it."""
        return tuple(self.document.items())


class PolicyCheckIn(Incoming):
    """Terms that somebody thinks of."""

    document: Contents


class PolicyReturnIn(Incoming):
    """Why one returns to earlier terms."""

    reason: Why


class PolicyOut(Outgoing):
    """A version of the terms of trade; number 0 is what held before any was stored."""

    number: int
    name: str
    document: dict[str, Written]
    digest: str
    used_at: datetime
    used_by: str
    reason: str


class PolicyPageOut(Outgoing):
    """A page of versions, the newest first."""

    items: list[PolicyOut]
    next_cursor: str | None


class PolicyChangeOut(Outgoing):
    """What stood behind a key, and what stands there; null where the key was not known."""

    key: str
    before: Written | None
    after: Written | None


class PolicyChangesOut(Outgoing):
    """What differs from one version to another."""

    before: int
    after: int | None
    changes: list[PolicyChangeOut]


class PolicyDocumentOut(Outgoing):
    """Terms of trade without a mistake, nothing left out."""

    document: dict[str, Written]
