"""What wraps every command: authorise, idempotency, retry on a concurrent update, and a word to the observer."""

import asyncio
import random
import time
from typing import Any, Final, Generic, Protocol, TypeVar

from attrs import frozen

from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.acts import Act
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import ConcurrentUpdate, ErrorKind, MarketplaceError
from marketplace_core.kernel.idempotency import Completed, IdempotencyKeys, checked_key
from marketplace_core.kernel.messages import Command, Handler
from marketplace_core.kernel.outbox import ConsumedMessages
from marketplace_core.kernel.work import AlreadyHandled, Begin, Circumstances, Rehearsal, Rehearsed, circumstances

ATTEMPTS_MAX: Final = 5
"""How often a command is run when its rows change under it."""

ResultT = TypeVar("ResultT")


class Observer(Protocol):
    """Hears of every message that passed the door; used for logs and metrics. Must not raise."""

    def __call__(self, *, message: str, actor: str, outcome: str, duration_seconds: float) -> None:
        """Take note. ``outcome`` is ``ok``, an error code, or ``bug``."""
        ...


def unobserved(*, message: str, actor: str, outcome: str, duration_seconds: float) -> None:
    """Take no note."""


@frozen
class Once(Generic[ResultT]):
    """The result of a command under an idempotency key, and whether it is a replay of an earlier run."""

    result: ResultT
    replayed: bool


@frozen(kw_only=True)
class Foreseen(Generic[ResultT]):
    """What a command would do now. ``steps``: what it would store and book, in order.

    ``asks`` names what it would then ask of the outside; what comes after that depends on the answer, and ``result`` is
    None. Otherwise ``result`` is what the command would return.
    """

    steps: tuple[str, ...]
    asks: str | None
    result: ResultT | None


class _TakenBack(Exception):
    """Ends the transaction of a rehearsal."""


@frozen(kw_only=True)
class Pipeline:
    """Runs handlers. ``observe`` hears every outcome; ``begin`` opens the transaction that a rehearsal is."""

    clock: Clock
    keys: IdempotencyKeys
    consumed: ConsumedMessages
    observe: Observer = unobserved
    begin: Begin[Any] | None = None

    async def run(self, handler: Handler, message: Any, by: Actor, *, reason: str | None = None) -> Any:
        """Authorise and run one command or query; run it again when its rows changed meanwhile.

        With a ``reason`` the act is stored along with what it changes. Raises ``MalformedActReason``.
        """
        act = None if reason is None else Act.of(message, reason)
        return await self._observed(handler, message, by, Circumstances(actor=by.principal, act=act))

    async def rehearse(self, handler: Handler, command: Command[Any], by: Actor) -> Foreseen[Any]:
        """Run a command in one transaction and take all of it back. Raises what the command would."""
        assert self.begin is not None, "this marketplace cannot rehearse"
        rehearsal, asks, result = Rehearsal(), None, None
        present = Circumstances(actor=by.principal, rehearsal=rehearsal)
        try:
            async with self.begin():
                result = await self._observed(handler, command, by, present)
                raise _TakenBack
        except _TakenBack:
            pass
        except Rehearsed as here:
            asks = here.operation
        return Foreseen(steps=tuple(rehearsal.steps), asks=asks, result=result)

    async def run_caused(
        self, handler: Handler, command: Command[Any], by: Actor, *, cause: str, consumer: str
    ) -> None:
        """Run a command that a message caused, unless this consumer has handled the message before."""
        if await self.consumed.seen(consumer, cause):
            return
        present = Circumstances(actor=by.principal, cause=cause, consumer=consumer)
        try:
            await self._observed(handler, command, by, present)
        except AlreadyHandled:
            return
        if not present.recorded:
            await self.consumed.remember(consumer, cause)

    async def run_once(
        self, handler: Handler, command: Command[Any], by: Actor, key: str, *, reason: str | None = None
    ) -> Once[Any]:
        """Run a command at most once per key; later calls get the kept outcome.

        The key is completed in the transaction of the command, so whoever asks again after a crash finds both or
        neither; only a command that ``calls_outside`` commits by itself and is run again then.

        Raises ``MalformedKey``, ``IdempotencyInProgress``, ``IdempotencyKeyReused``, and what the handler raises.
        """
        by.require(command.permission)
        claim = await self.keys.claim(by.principal, checked_key(key), command, self.clock.now())
        if isinstance(claim, Completed):
            if claim.refusal is not None:
                claim.refusal.replayed = True
                raise claim.refusal
            return Once(await self.run(handler, command, by) if command.secret_result else claim.result, True)
        try:
            kept = handler if command.calls_outside else self._kept(handler, key)
            result = await self.run(kept, command, by, reason=reason)
        except BaseException as failure:
            if isinstance(failure, MarketplaceError) and failure.kind is ErrorKind.RULE_BROKEN:
                await self.keys.complete(by.principal, key, command, Completed(refusal=failure), self.clock.now())
            else:
                await self.keys.abandon(by.principal, key, command)
            raise
        if command.calls_outside:
            await self._complete(command, by, key, result)
        return Once(result, False)

    def _kept(self, handler: Handler, key: str) -> Handler:
        async def together(command: Any, by: Actor) -> Any:
            async with self.keys.together():
                result = await handler(command, by)
                await self._complete(command, by, key, result)
            return result

        return together

    async def _complete(self, command: Command[Any], by: Actor, key: str, result: Any) -> None:
        kept = None if command.secret_result else result
        await self.keys.complete(by.principal, key, command, Completed(result=kept), self.clock.now())

    async def _observed(self, handler: Handler, message: Any, by: Actor, present: Circumstances) -> Any:
        started = time.perf_counter()
        outcome = "bug"
        token = circumstances.set(present)
        try:
            by.require(message.permission)
            result = await self._retried(handler, message, by)
            outcome = "ok"
            return result
        except MarketplaceError as refusal:
            outcome = refusal.code
            raise
        except (AlreadyHandled, Rehearsed) as end:
            outcome = "already_handled" if isinstance(end, AlreadyHandled) else "rehearsed"
            raise
        finally:
            circumstances.reset(token)
            self.observe(
                message=type(message).__name__,
                actor=by.principal,
                outcome=outcome,
                duration_seconds=time.perf_counter() - started,
            )

    async def _retried(self, handler: Handler, message: Any, by: Actor) -> Any:
        for attempt in range(1, ATTEMPTS_MAX):
            try:
                return await handler(message, by)
            except ConcurrentUpdate:
                await asyncio.sleep(random.uniform(0, 0.01 * attempt))
        return await handler(message, by)
