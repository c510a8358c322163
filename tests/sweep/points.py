"""Where a process may be struck: before and after every commit and every call of a foreign server.

A statement that commits itself (a server's queues begin things so) is a point where it is done.

The points are found by decoration where the marketplace is put together; the product knows nothing of them.
"""

import inspect
import os
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final, final

import attrs
from attrs import define, field, frozen
from sqlalchemy import Executable, Row, UpdateBase

from marketplace_adapters.sqlalchemy.engine import Database, Transaction
from marketplace_adapters.sqlalchemy.transactions import Connection, Parameters
from marketplace_entrypoints.composition.adapters import OpenAdapters

GATEWAYS: Final = ("payments", "payouts", "disputes")


@define
class Points:
    """Counts the points that a process passes, and kills it at the given one; 0 spares it."""

    kill_at: int = 0
    passed: list[str] = field(factory=list)

    def passing(self, what: str) -> None:
        """Pass a point, or die there as in a power cut."""
        self.passed.append(what)
        if len(self.passed) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def decorated(adapters: OpenAdapters, points: Points) -> OpenAdapters:
    """Put the points around every transaction, every gateway and the mailer."""
    _count_commits(adapters.persistence.database, points)
    gateways = {name: _Counted(name, getattr(adapters.payments, name), points) for name in GATEWAYS}
    return attrs.evolve(
        adapters,
        payments=attrs.evolve(adapters.payments, **gateways),
        mailer=_Counted("mailer", adapters.mailer, points),
    )


class _Counted:
    """A foreign server with a point before and after each call."""

    def __init__(self, name: str, real: Any, points: Points) -> None:
        self._name = name
        self._real = real
        self._points = points

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not inspect.iscoroutinefunction(found):
            return found
        call = f"{self._name}.{name}"

        async def counted(*positional: Any, **named: Any) -> Any:
            self._points.passing(f"before {call}")
            answer = await found(*positional, **named)
            self._points.passing(f"after {call}")
            return answer

        return counted


_inside: Final[ContextVar[bool]] = ContextVar("inside", default=False)


def _count_commits(database: Database, points: Points) -> None:
    real = database.transaction

    @asynccontextmanager
    async def transaction(
        before_commit: Callable[[Transaction], Awaitable[None]] | None = None,
    ) -> AsyncGenerator[Transaction]:
        if _inside.get():  # one that joins another does not commit
            async with real(before_commit) as joined:
                yield joined
            return
        whose = _committer()

        async def last_moment(opened: Transaction) -> None:
            if before_commit is not None:
                await before_commit(opened)
            points.passing(f"before the commit of {whose}")

        token = _inside.set(True)
        try:
            async with real(last_moment) as opened:
                yield opened
        finally:
            _inside.reset(token)
        points.passing(f"after the commit of {whose}")

    database.transaction = transaction  # type: ignore[method-assign]
    outside = database._outside
    database._outside = lambda: _Alone(outside(), points)  # type: ignore[method-assign]


@final
@frozen
class _Alone(Connection):
    """A connection whose statements commit themselves: what began something on a server's queue is a point."""

    real: Connection
    points: Points

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        found = await self.real.rows(statement, parameters)
        self._pass(statement, found)
        return found

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        found = await self.real.row(statement, parameters)
        self._pass(statement, found)
        return found

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        changed = await self.real.run(statement, parameters)
        self._pass(statement, changed)
        return changed

    def attempt(self) -> AbstractAsyncContextManager[None]:
        return self.real.attempt()

    def _pass(self, statement: Executable, changed: object) -> None:
        if isinstance(statement, UpdateBase) and changed:
            self.points.passing(f"after the statement of {_committer()}")


def _committer() -> str:
    """Name whoever commits: the handler that is at work, or the store."""
    frame = sys._getframe()
    named = "somebody"
    while frame.f_back is not None:
        frame = frame.f_back
        actor = type(frame.f_locals.get("self")).__name__
        if actor.endswith("Handler"):
            return actor.removesuffix("Handler")
        if named == "somebody" and actor.startswith("Sql"):
            named = f"{actor}.{frame.f_code.co_name}"
    return named
