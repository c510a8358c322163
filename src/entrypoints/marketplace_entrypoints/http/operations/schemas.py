"""Dead letters and acts as answers."""

from datetime import datetime

from pydantic import AwareDatetime, ConfigDict

from marketplace_core.operations import LetterKind, Mover
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


class BacklogOut(Outgoing):
    """How much of one type a consumer has not got, the oldest since then, and how the last try of it ended.

    `consumer` is `relay` (nobody has taken the event), `reactions` (the bus has, and we have not reacted to it), or
    `inbox:` and the name of a payment provider (its messages).
    """

    consumer: str
    type: str
    waiting: int
    retried: int
    given_up: int
    oldest_at: datetime
    error: str


class UndeliveredOut(Outgoing):
    """One event or message that was not delivered, and what moves it next.

    `worker`: a worker at its next turn; `retry`: a worker at `next_try_at`; `earlier`: an earlier event of the same
    aggregate has to go first; `person`: nobody tries any more, somebody replays or discards the letter.
    """

    letter_id: str
    consumer: str
    type: str
    about: str
    since: datetime
    attempts: int
    error: str
    moved_by: Mover
    next_try_at: datetime | None


class UndeliveriesOut(Outgoing):
    """What had not been delivered for longer than `older_than_seconds`, or was given up."""

    looked_at: datetime
    older_than_seconds: int
    backlogs: list[BacklogOut]
    letters: list[UndeliveredOut]


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
