"""Dead letters and acts as answers."""

from datetime import datetime

from pydantic import AwareDatetime, ConfigDict

from marketplace_core.operations import LetterKind
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing


class DeadLetterOut(Outgoing):
    """An event or a provider's message that was given up: what it was to tell, and how the last try ended."""

    letter_id: str
    kind: LetterKind
    type: str
    about: str
    attempts: int
    error: str
    since: datetime


class DeadLetterPageOut(Outgoing):
    """A page of dead letters."""

    items: list[DeadLetterOut]
    next_cursor: str | None


class ActOut(Outgoing):
    """What somebody did, and why."""

    act_id: str
    at: datetime
    actor: str
    command: str
    about: str
    reason: str


class ActPageOut(Outgoing):
    """A page of acts."""

    items: list[ActOut]
    next_cursor: str | None


class PublishEventsAnewIn(Incoming):
    """Which events are published again: those that occurred since then."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)  # a moment is written as text

    since: AwareDatetime


class PublishedAnewOut(Outgoing):
    """How many events were published again."""

    events: int
