"""What operations need from outside: the letters, what is known to be stuck, and the terms of trade."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from marketplace_core.kernel.documents import Document
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.operations.domain.dead_letter import LetterId
from marketplace_core.operations.domain.policy import PolicyVersion
from marketplace_core.operations.domain.undelivered import Backlog, Undelivered, Watch


class DeadLetters(Protocol):
    """The letters that nobody tries to deliver any more."""

    async def replay(self, letter: LetterId) -> None:
        """Have it tried again as if it were new. Raises ``DeadLetterNotFound``."""
        ...

    async def discard(self, letter: LetterId) -> None:
        """Give it up: it stays where it is and counts as done. Raises ``DeadLetterNotFound``."""
        ...


class Policies(Protocol):
    """The stored versions of the terms of trade: numbered from 1, added to and never changed."""

    async def newest(self) -> PolicyVersion | None:
        """Return the version in use, or None before the first."""
        ...

    async def get(self, number: int) -> PolicyVersion | None:
        """Return a version, or None."""
        ...

    async def named(self, name: str) -> PolicyVersion | None:
        """Return the newest version of that name, or None."""
        ...

    async def add(self, version: PolicyVersion) -> None:
        """Store the next version. Raises ``ConcurrentUpdate`` if its number is taken."""
        ...


class PolicyInUse(Protocol):
    """What the rest of the marketplace makes of the terms of trade."""

    @property
    def seed(self) -> Document:
        """What holds before any version is stored, whole."""
        ...

    def completed(self, document: Mapping[str, object]) -> Document:
        """Return a document whole, with the defaults of what it leaves out. Raises ``MalformedPolicy``."""
        ...

    def look_again(self) -> None:
        """Find out what is in use before the next message is handled, however lately one has looked."""
        ...


class UndeliveredLetters(Protocol):
    """What was stored to be delivered and was not. Each answer is one statement."""

    async def backlogs(self, before: datetime) -> Sequence[Backlog]:
        """Return what was stored up to then and not delivered, or given up whenever, by consumer and type."""
        ...

    async def undelivered(self, before: datetime, now: datetime, limit: int) -> Sequence[Undelivered]:
        """Return at most ``limit`` letters of those, the oldest first, with what moves each of them from now on."""
        ...


class Watches(Protocol):
    """What is known to be wrong, by the name of who watches for it."""

    async def get(self, name: str) -> Watch | None:
        """Return it, or None before anything was wrong."""
        ...

    async def save(self, watch: Watch) -> None:
        """Store it and its events. Raises ``ConcurrentUpdate`` if somebody else stored it meanwhile."""
        ...


class OperationsWork(UnitOfWork, Protocol):
    """What operations change together."""

    @property
    def letters(self) -> DeadLetters:
        """The dead letters."""
        ...

    @property
    def watches(self) -> Watches:
        """What is known to be wrong."""
        ...

    @property
    def policies(self) -> Policies:
        """The versions of the terms of trade."""
        ...
