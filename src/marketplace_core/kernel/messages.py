"""Commands, queries and events: everything that passes through the one door.

A command asks for a change, a query asks for an answer; both name the result in their type, so that
``await market.execute(PlaceOrder(…), by=buyer)`` is known to both type checkers. An event says what happened.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import EventId

Result = TypeVar("Result", covariant=True)
SomeEvent = TypeVar("SomeEvent", bound="Event")


class Command(Generic[Result]):
    """A wish to change something: imperative, frozen, slotted. ``permission`` says who may ask.

    ``secret_result`` marks a command whose result must not be stored (it carries a token): its handler knows a repeated
    request by itself, and runs again when an idempotency key is replayed. ``calls_outside`` marks one whose handler
    calls a foreign server, so that it cannot be one transaction with its idempotency key: whoever repeats it after a
    crash runs it again, and its handler finds by natural keys what was done.
    """

    __slots__ = ()
    permission: ClassVar[Permission]
    secret_result: ClassVar[bool] = False
    calls_outside: ClassVar[bool] = False


class Query(Generic[Result]):
    """A question that changes nothing: imperative, frozen, slotted. ``permission`` says who may ask."""

    __slots__ = ()
    permission: ClassVar[Permission]


class Event:
    """A fact in the past tense that carries its own identifiers and values only."""

    __slots__ = ()


@frozen(kw_only=True)
class Envelope:
    """An event on its way: what the outbox stores and a publisher carries.

    ``sequence`` counts the events of one aggregate from 1 without a gap. ``actor`` is the principal who caused it,
    ``cause`` the message the causing command answered, if any, ``trace`` the ``traceparent`` of the
    work that it was part of.
    """

    event_id: EventId
    event: Event
    aggregate_type: str
    aggregate_id: str
    sequence: int
    occurred_at: datetime
    actor: str
    cause: str | None = None
    trace: str | None = None


Handler: TypeAlias = Callable[[Any, Actor], Awaitable[Any]]
"""A callable ``(command_or_query, by) -> result``; handlers are frozen attrs classes with an async ``__call__``."""

Handlers: TypeAlias = Mapping[type[Command[Any]], Handler]
Answers: TypeAlias = Mapping[type[Query[Any]], Handler]
Timers: TypeAlias = Mapping[str, Callable[[str], Command[Any]]]
"""Kind of deadline → the command to execute for its subject when it is due."""


@frozen
class Reaction:
    """One row of the table *event → commands*."""

    event_type: type[Event]
    commands: Callable[[Any], tuple[Command[Any], ...]]


def when(event_type: type[SomeEvent], commands: Callable[[SomeEvent], tuple[Command[Any], ...]]) -> Reaction:
    """Write one row of the reaction table: after ``event_type``, execute ``commands(event)``, each exactly once."""
    return Reaction(event_type, commands)
