"""Questions of operators, and the reader that answers them."""

from typing import ClassVar, Protocol

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.operations.domain.dead_letter import DeadLetter


class OperationsReader(Protocol):
    """Answers about letters and acts; one statement each."""

    async def dead_letters(self, page: PageRequest) -> Page[DeadLetter]:
        """Return what lies there, by name; those of events sort by age. Raises ``InvalidCursor``."""
        ...

    async def acts(self, page: PageRequest) -> Page[KeptAct]:
        """Return what was done for a reason, the newest first. Raises ``InvalidCursor``."""
        ...


def checked_cursor(cursor: str | None, *beginnings: str) -> str | None:
    """Return a cursor of a list whose names begin like that. Raises ``InvalidCursor``."""
    if cursor is not None and not cursor.startswith(beginnings):
        raise InvalidCursor("This cursor was not made by this list.")
    return cursor


@frozen(kw_only=True)
class ListDeadLetters(Query[Page[DeadLetter]]):
    """List the events and provider messages that were given up."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListActs(Query[Page[KeptAct]]):
    """List what people did for a reason, the newest first: who, when, what, why."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class OperationsAnswers:
    """Answers them."""

    reader: OperationsReader

    async def dead_letters(self, query: ListDeadLetters, by: Actor) -> Page[DeadLetter]:
        """Answer with what lies there."""
        return await self.reader.dead_letters(query.page)

    async def acts(self, query: ListActs, by: Actor) -> Page[KeptAct]:
        """Answer with what was done."""
        return await self.reader.acts(query.page)
