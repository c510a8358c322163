"""Questions of operators, and the reader that answers them."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, Protocol

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.documents import Document
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.operations.domain.dead_letter import DeadLetter
from marketplace_core.operations.domain.errors import PolicyNotFound
from marketplace_core.operations.domain.policy import UNSTORED, PolicyChange, PolicyVersion, changes, digest_of
from marketplace_core.operations.domain.undelivered import STUCK_AFTER, Backlog, Undelivered
from marketplace_core.operations.ports import PolicyInUse, UndeliveredLetters

BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when the terms that no version was stored of have been in use."""


NUMBER_DIGITS_MAX: Final = 9
OLDEST: Final = timedelta(days=3_650)


class OperationsReader(UndeliveredLetters, Protocol):
    """Answers about letters and acts; one statement each."""

    async def dead_letters(self, page: PageRequest) -> Page[DeadLetter]:
        """Return what lies there, by name; those of events sort by age. Raises ``InvalidCursor``."""
        ...

    async def acts(self, page: PageRequest) -> Page[KeptAct]:
        """Return what was done for a reason, the newest first. Raises ``InvalidCursor``."""
        ...

    async def policies(self, page: PageRequest) -> Page[PolicyVersion]:
        """Return the stored versions of the terms of trade, the newest first. Raises ``InvalidCursor``."""
        ...

    async def policy(self, number: int | None = None) -> PolicyVersion | None:
        """Return a stored version, the newest without a number; None if there is none."""
        ...


def checked_cursor(cursor: str | None, *beginnings: str) -> str | None:
    """Return a cursor of a list whose names begin like that. Raises ``InvalidCursor``."""
    if cursor is not None and not cursor.startswith(beginnings):
        raise InvalidCursor("This cursor was not made by this list.")
    return cursor


def policy_cursor(cursor: str | None) -> int | None:
    """Return the number that a cursor of the list of policies stands for. Raises ``InvalidCursor``."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= NUMBER_DIGITS_MAX):
        raise InvalidCursor("This cursor was not made by this list.")
    return int(cursor)


@frozen(kw_only=True)
class ListDeadLetters(Query[Page[DeadLetter]]):
    """List the events and provider messages that were given up."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class Undeliveries:
    """What was not delivered: how much by consumer and type, and the oldest letters one by one."""

    looked_at: datetime
    older_than: timedelta
    backlogs: tuple[Backlog, ...]
    letters: tuple[Undelivered, ...]


def _not_endless(_: object, __: object, older_than: timedelta) -> None:
    if not timedelta() <= older_than <= OLDEST:
        raise InvalidInput(f"What waits is asked for up to {OLDEST.days} days back.", field="older_than")


@frozen(kw_only=True)
class ListUndelivered(Query[Undeliveries]):
    """List what waits for longer than so, or was given up: the oldest first, at most as many letters as ``page``."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    older_than: timedelta = field(default=STUCK_AFTER, validator=_not_endless)
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListActs(Query[Page[KeptAct]]):
    """List what people did for a reason, the newest first: who, when, what, why."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListPolicies(Query[Page[PolicyVersion]]):
    """List the stored versions of the terms of trade, the newest first: who uses them since when, and why."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewPolicy(Query[PolicyVersion]):
    """Look at a version of the terms of trade; without a number at the one in use, 0 is what held before the first."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    number: int | None = None


@frozen(kw_only=True)
class ComparePolicies(Query[tuple[PolicyChange, ...]]):
    """Ask what differs from one version of the terms of trade to another; without ``after``, to the one in use."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    before: int
    after: int | None = None


@frozen(kw_only=True)
class CheckPolicy(Query[Document]):
    """Ask whether a document can be used as terms of trade; the answer is all of it, what it leaves out included."""

    permission: ClassVar[Permission] = Permission.ANYONE

    document: tuple[tuple[str, object], ...]


@frozen(kw_only=True)
class OperationsAnswers:
    """Answers them."""

    reader: OperationsReader
    in_use: PolicyInUse
    clock: Clock

    async def undelivered(self, query: ListUndelivered, by: Actor) -> Undeliveries:
        """Answer with what is stuck."""
        now = self.clock.now()
        before = now - query.older_than
        return Undeliveries(
            looked_at=now,
            older_than=query.older_than,
            backlogs=tuple(await self.reader.backlogs(before)),
            letters=tuple(await self.reader.undelivered(before, now, query.page.limit)),
        )

    async def dead_letters(self, query: ListDeadLetters, by: Actor) -> Page[DeadLetter]:
        """Answer with what lies there."""
        return await self.reader.dead_letters(query.page)

    async def acts(self, query: ListActs, by: Actor) -> Page[KeptAct]:
        """Answer with what was done."""
        return await self.reader.acts(query.page)

    async def policies(self, query: ListPolicies, by: Actor) -> Page[PolicyVersion]:
        """Answer with what is stored."""
        return await self.reader.policies(query.page)

    async def policy(self, query: ViewPolicy, by: Actor) -> PolicyVersion:
        """Answer with a version. Raises ``PolicyNotFound``."""
        return await self._version(query.number)

    async def differences(self, query: ComparePolicies, by: Actor) -> tuple[PolicyChange, ...]:
        """Answer key by key. Raises ``PolicyNotFound``."""
        before, after = await self._version(query.before), await self._version(query.after)
        return changes(before.document, after.document)

    async def checked(self, query: CheckPolicy, by: Actor) -> Document:
        """Answer with all of it. Raises ``MalformedPolicy`` with every mistake."""
        return self.in_use.completed(dict(query.document))

    async def _version(self, number: int | None) -> PolicyVersion:
        found = None if number == UNSTORED else await self.reader.policy(number)
        if found is not None:
            return found
        if number not in (None, UNSTORED):
            raise PolicyNotFound(f"There is no version {number} of the terms of trade.")
        return self._seed

    @property
    def _seed(self) -> PolicyVersion:
        seed = self.in_use.seed
        return PolicyVersion(
            number=UNSTORED,
            name=str(seed["version"]),
            document=seed,
            digest=digest_of(seed),
            used_at=BEFORE_ALL,
            used_by="settings",
            reason="what the deployment began with",
        )
