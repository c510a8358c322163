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

from attrs import define

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


@define(kw_only=True)
class Circumstances:
    """In whose name, and because of which message, the current command runs.

    Adapters stamp ``actor`` and ``cause`` on stored events. A ``cause`` is recorded as consumed by ``consumer`` in the
    first transaction that commits, which sets ``recorded``: a second delivery of the message finds it and does nothing.
    """

    actor: str = "system"
    cause: str | None = None
    consumer: str = ""
    recorded: bool = False


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


def outside_transaction(operation: str) -> None:
    """Raise ``AssertionError`` if a transaction is open: a foreign call would hold its locks all the while."""
    if _open_transactions.get():
        raise AssertionError(f"{operation} was called while a transaction was open")
