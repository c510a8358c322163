"""A till roll: every deed is written down before it is done, so whoever reads it from the start knows what is so.

Several processes may hold one roll. Each reads what the others have written before it does anything of its own, under
a lock on the file. For trying out: whoever opens it reads all of it.
"""

import fcntl
import inspect
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import define, field, frozen

from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import MarketplaceError

NAME: Final = "roll"
TIME_PASSES: Final = ("provider", "settle")


@frozen
class Entry:
    """A deed: when, whose, which, with what."""

    at: datetime
    part: str
    deed: str
    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] = field(factory=dict)


@define
class _Stamp(Clock):
    """Shows the time of the entry that is being read."""

    at: datetime

    def now(self) -> datetime:
        """Return it."""
        return self.at


class Roll:
    """The provider, as far as the roll says. ``close`` it at the end."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._stamp = _Stamp(clock.now())
        self._file: BinaryIO = path.open("a+b")
        self._read_to = 0
        self.provider = InMemoryPaymentProvider(self._stamp, name=NAME)
        self.network = InMemoryCardNetwork(self.provider)
        self.parts: dict[str, Any] = {
            "provider": self.provider,
            "network": self.network,
            "payments": InMemoryPaymentGateway(self.provider),
            "payouts": InMemoryPayoutGateway(self.provider),
            "disputes": InMemoryDisputeGateway(self.network),
            "books": InMemoryProviderBooks(self.network),
            "news": InMemoryProviderNews(self.provider),
        }

    async def do(self, part: str, deed: str, *arguments: Any, **named: Any) -> Any:
        """Write a deed down, then do it. Raises what it raises: a refusal stands on the roll like anything else."""
        with self._turn():
            entry = Entry(self._clock.now(), part, deed, arguments, named)
            await self._catch_up()
            self._write(entry)
            return await self._done(entry)

    async def look(self, part: str, question: str, *arguments: Any, **named: Any) -> Any:
        """Ask what is so now; nothing is written but that time has passed."""
        with self._turn():
            now = self._clock.now()
            await self._catch_up()
            await self._let_time_pass(now)
            self._stamp.at = now
            return await self._answer(Entry(now, part, question, arguments, named))

    def close(self) -> None:
        """Put the roll away."""
        self._file.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    async def _catch_up(self) -> None:
        """Do what others have written; tear off what somebody had not finished writing."""
        self._file.seek(self._read_to)
        while True:
            try:
                entry: Entry = pickle.load(self._file)
            except (EOFError, pickle.UnpicklingError):
                self._file.truncate(self._read_to)
                return
            self._read_to = self._file.tell()
            with suppress(MarketplaceError):  # whoever did it was told
                await self._done(entry)

    async def _let_time_pass(self, now: datetime) -> None:
        """Write down that time has passed, if that changes anything: every reader must see it happen in its place."""
        due = self.provider.next_due
        if due is not None and due <= now:
            entry = Entry(now, *TIME_PASSES)
            self._write(entry)
            await self._done(entry)

    def _write(self, entry: Entry) -> None:
        self._file.seek(self._read_to)
        pickle.dump(entry, self._file)
        self._file.flush()
        self._read_to = self._file.tell()

    async def _done(self, entry: Entry) -> Any:
        """Do it at its time. All that follows from it at once has followed when this is over."""
        self._stamp.at = entry.at
        self.provider.settle()
        try:
            return await self._answer(entry)
        finally:
            self.provider.settle()

    async def _answer(self, entry: Entry) -> Any:
        answer = getattr(self.parts[entry.part], entry.deed)(*entry.arguments, **entry.named)
        return await answer if inspect.isawaitable(answer) else answer
