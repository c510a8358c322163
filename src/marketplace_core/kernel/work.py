"""One transaction per command.

``async with begin() as work:`` opens a unit of work, or *joins* the one that is already open in this task: a command
executed inside another command shares its fate. The outermost block commits when it ends without an error and rolls
everything back when it does not; a joined block that fails dooms the whole. Nothing talks to a network meanwhile:
``outside_transaction`` makes that mistake loud.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from typing import Final, Protocol, TypeAlias, TypeVar

from attrs import define, field

from marketplace_core.kernel.acts import Act
from marketplace_core.kernel.deadlines import Deadlines

WorkT = TypeVar("WorkT", covariant=True)
Begin: TypeAlias = Callable[[], AbstractAsyncContextManager[WorkT]]
"""Opens or joins a transaction and yields a context's unit of work."""


class UnitOfWork(Protocol):
    """What may be changed together. Contexts extend it with their collections."""

    @property
    def deadlines(self) -> Deadlines:
        """The durable timers, set and cancelled in the same transaction."""
        ...


@define
class Rehearsal:
    """A command that is carried out only to see what it does; all of it is taken back. ``steps`` is what it did."""

    steps: list[str] = field(factory=list)


@define(kw_only=True)
class Circumstances:
    """In whose name, and because of which message, the current command runs.

    Adapters stamp ``actor`` and ``cause`` on stored events. A ``cause`` is recorded as consumed by ``consumer`` in the
    first transaction that commits, which sets ``recorded``: a second delivery of the message finds it and does nothing.
    An ``act`` is what a person does and why; it is stored in the first transaction that commits, which takes it away.
    """

    actor: str = "system"
    cause: str | None = None
    consumer: str = ""
    recorded: bool = False
    act: Act | None = None
    rehearsal: Rehearsal | None = None


class Rehearsed(Exception):
    """A rehearsal has come to where the outside would be asked for something; that is as far as it goes."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation


class AlreadyHandled(Exception):
    """This consumer has handled this message before; the transaction was rolled back, and all is well."""


circumstances: Final[ContextVar[Circumstances | None]] = ContextVar("circumstances", default=None)
_open_transactions: Final[ContextVar[int]] = ContextVar("open_transactions", default=0)


@contextmanager
def transaction_open() -> Iterator[None]:
    """Mark a transaction as open in this task. For adapters of the unit of work."""
    token = _open_transactions.set(_open_transactions.get() + 1)
    try:
        yield
    finally:
        _open_transactions.reset(token)


def present_circumstances() -> Circumstances:
    """Return the circumstances of the running command, or those of the system at rest."""
    return circumstances.get() or Circumstances()


def note_step(step: str) -> None:
    """Tell the rehearsal, if this is one, what has just been done. For adapters of the unit of work."""
    rehearsal = present_circumstances().rehearsal
    if rehearsal is not None:
        rehearsal.steps.append(step)


def outside_transaction(operation: str, *, only_looks: bool = False) -> None:
    """Raise ``AssertionError`` if a transaction is open: a foreign call would hold its locks all the while.

    A rehearsal, which is one transaction, may look at the outside and ends where it would ask for anything.
    """
    if present_circumstances().rehearsal is not None:
        if only_looks:
            return
        raise Rehearsed(operation)
    if _open_transactions.get():
        raise AssertionError(f"{operation} was called while a transaction was open")
