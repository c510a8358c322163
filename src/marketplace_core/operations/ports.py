"""What operations need from outside: the letters, and the list of what was done and why."""

from typing import Protocol

from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.operations.domain.dead_letter import LetterId


class DeadLetters(Protocol):
    """The letters that nobody tries to deliver any more."""

    async def replay(self, letter: LetterId) -> None:
        """Have it tried again as if it were new. Raises ``DeadLetterNotFound``."""
        ...

    async def discard(self, letter: LetterId) -> None:
        """Give it up: it stays where it is and counts as done. Raises ``DeadLetterNotFound``."""
        ...


class OperationsWork(UnitOfWork, Protocol):
    """What operations change together."""

    @property
    def letters(self) -> DeadLetters:
        """The dead letters."""
        ...
