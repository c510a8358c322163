"""Durable timers: a row per deadline, re-checked by its command when it fires.

A deadline is named by *kind* and *subject*: setting it again moves it. When it is due, the command that the context's
``TIMERS`` table gives for its kind is executed for its subject, at least once; the command looks at the present state
and may find nothing left to do. A deadline disappears once its command has succeeded, unless that command moved it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.queues import Begun


@frozen(kw_only=True)
class Deadline:
    """One timer. ``attempts`` counts failed firings."""

    kind: str
    subject: str
    due_at: datetime
    attempts: int = 0


class Deadlines(Protocol):
    """Timers as part of a unit of work."""

    async def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Set the timer of that kind for that subject, moving it if it exists."""
        ...

    async def take(self, kind: str, subject: str, now: datetime) -> bool:
        """Remove the timer if it is due and tell whether it was: of several who saw it due, one is told so.

        For what must not be done again by a timer that comes twice, and leaves no other trace by which one could tell.
        """
        ...

    async def cancel(self, kind: str, subject: str) -> None:
        """Remove the timer; no error if there is none."""
        ...


class DueDeadlines(Protocol):
    """The dispatcher's view of the timers. Each method is a transaction of its own."""

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Deadline] | None:
        """Count an attempt at the timer that has been due for longest, for whoever carries it out now; None: none is.

        It is kept from everybody for ``KEPT_SECONDS``, or until it was moved. After that it was ``left``, and is for
        whoever asks for that; others do not get it. An attempt that ends the process is counted, too.
        """
        ...

    async def any_left(self, now: datetime) -> bool:
        """Tell whether there is a timer that was left."""
        ...

    async def done(self, deadline: Deadline) -> None:
        """Remove the timer if it still has the same ``due_at``; a timer that was moved meanwhile stays."""
        ...

    async def retry(self, deadline: Deadline, at: datetime, error: str) -> None:
        """Move a timer whose command failed to ``at``, unless it was moved meanwhile. ``begin`` has counted it."""
        ...

    async def upcoming(self, limit: int) -> Sequence[Deadline]:
        """Return at most ``limit`` timers, the next due first, for operators to look at."""
        ...
