"""The one door. HTTP, web pages, command line, worker and feature files all come in through ``Marketplace``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from attrs import frozen

from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.kernel.errors import InvalidInput, NotFound
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.messages import (
    Answers,
    Command,
    Envelope,
    Event,
    Handler,
    Handlers,
    Query,
    Reaction,
    Timers,
)
from marketplace_core.kernel.tracing import spanning
from marketplace_core.pipeline import Foreseen, Once, Pipeline

ResultT = TypeVar("ResultT")


class UnknownSubject(NotFound):
    """A provider message or a deadline speaks of a kind of thing nobody handles."""

    code = "marketplace.unknown_subject"


@frozen(kw_only=True)
class Tables:
    """Message types and who handles them, context by context."""

    handlers: tuple[Handlers, ...]
    answers: tuple[Answers, ...]


class Renewed(Protocol):
    """Tells whether the marketplace works on other terms now than when its tables were made."""

    async def __call__(self) -> Tables | None:
        """Return the tables to use from now on, or None for those in use. Raises ``Unavailable``."""
        ...


async def never_renewed() -> Tables | None:
    """Return None: the tables stay as they are."""
    return None


class Marketplace:
    """Everything the marketplace can do, behind ``execute``, ``ask`` and ``react``.

    ``handlers`` and ``answers`` map message types to handlers, ``reactions`` events to commands, ``timers`` kinds of
    deadlines to commands, ``reconciliations`` subjects of provider messages to commands. ``renewed`` is asked before
    every message whether other tables are to be used from now on.
    """

    def __init__(
        self,
        *,
        handlers: Iterable[Handlers],
        answers: Iterable[Answers],
        reactions: Iterable[Reaction],
        timers: Iterable[Timers],
        reconciliations: Iterable[Timers],
        pipeline: Pipeline,
        renewed: Renewed = never_renewed,
    ) -> None:
        self._use(Tables(handlers=tuple(handlers), answers=tuple(answers)))
        self._renewed = renewed
        self._timers = _merged(timers)
        self._reconciliations = _merged(reconciliations)
        self._pipeline = pipeline
        self._reactions: dict[type[Event], list[Reaction]] = defaultdict(list)
        for reaction in reactions:
            self._reactions[reaction.event_type].append(reaction)

    async def execute(self, command: Command[ResultT], *, by: Actor, reason: str | None = None) -> ResultT:
        """Carry out a command in the actor's name and return what is now true.

        A ``reason`` is kept with who did what, in the same transaction. Raises the command's own errors,
        ``NotSignedIn``, ``NotAllowed`` and ``MalformedActReason``, and ``ConcurrentUpdate`` when its rows kept changing
        under it.
        """
        result: ResultT = await self._pipeline.run(await self._handler(command), command, by, reason=reason)
        return result

    async def execute_once(
        self, command: Command[ResultT], *, by: Actor, key: str, reason: str | None = None
    ) -> Once[ResultT]:
        """Carry out a command at most once per idempotency key of this actor; a repetition gets the kept outcome."""
        return await self._pipeline.run_once(await self._handler(command), command, by, key, reason=reason)

    async def rehearse(self, command: Command[ResultT], *, by: Actor) -> Foreseen[ResultT]:
        """See what a command would do now, without doing it. Raises what the command would."""
        return await self._pipeline.rehearse(await self._handler(command), command, by)

    async def ask(self, query: Query[ResultT], *, by: Actor) -> ResultT:
        """Answer a query for the actor. Changes nothing."""
        await self._renew()
        result: ResultT = await self._pipeline.run(self._answers[type(query)], query, by)
        return result

    async def react(self, envelope: Envelope) -> None:
        """Carry out every command the reaction table names for an event, each exactly once however often it arrives."""
        with spanning(envelope.trace):
            for row, reaction in enumerate(self._reactions[type(envelope.event)]):
                for column, command in enumerate(reaction.commands(envelope.event)):
                    await self._pipeline.run_caused(
                        await self._handler(command),
                        command,
                        SYSTEM,
                        cause=envelope.event_id,
                        consumer=f"{type(command).__name__}.{row}.{column}",
                    )

    def reacts_to(self, kind: type[Event]) -> bool:
        """Tell whether an event of that type causes any command."""
        return kind in self._reactions

    async def fire(self, deadline: Deadline) -> None:
        """Carry out the command of a deadline that is due. Raises ``UnknownSubject`` for a kind nobody set up."""
        with spanning(None):
            await self.execute(self._command(self._timers, deadline.kind, deadline.subject), by=SYSTEM)

    async def reconcile(self, message: ProviderMessage) -> None:
        """Look again at what a provider message is about. A message about nothing of ours does nothing."""
        if message.subject is None or message.reference is None:
            return
        with spanning(None):
            await self.execute(self._command(self._reconciliations, message.subject, message.reference), by=SYSTEM)

    @property
    def commands(self) -> frozenset[type[Command[Any]]]:
        """The types of all commands that have a handler."""
        return frozenset(self._handlers)

    @property
    def queries(self) -> frozenset[type[Query[Any]]]:
        """The types of all queries that have an answer."""
        return frozenset(self._answers)

    async def _handler(self, command: Command[Any]) -> Handler:
        await self._renew()
        handler: Handler = self._handlers[type(command)]
        return handler

    async def _renew(self) -> None:
        tables = await self._renewed()
        if tables is not None:
            self._use(tables)

    def _use(self, tables: Tables) -> None:
        self._handlers = _merged(tables.handlers)
        self._answers = _merged(tables.answers)

    @staticmethod
    def _command(table: Timers, kind: str, subject: str) -> Command[Any]:
        try:
            return table[kind](subject)
        except KeyError:
            raise UnknownSubject(f"Nothing is set up for {kind!r}.", kind=kind) from None


def _merged(tables: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    merged: dict[Any, Any] = {}
    for table in tables:
        twice = merged.keys() & table.keys()
        if twice:
            raise InvalidInput(f"More than one handler for {', '.join(sorted(str(key) for key in twice))}.")
        merged.update(table)
    return merged
