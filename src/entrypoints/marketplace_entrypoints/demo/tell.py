"""Saying what goes on: a line that grows in a terminal, plain lines elsewhere. All of it on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol

from attrs import frozen
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

WIDTH: Final = 34
Advance = Callable[[], None]


class Teller(Protocol):
    """Hears how far a stage is."""

    def stage(self, what: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a stage of ``total`` steps; call what is yielded once a step."""
        ...

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        ...

    def doing(self, step: str) -> AbstractContextManager[None]:
        """Do a step that takes a moment; it is told as done, or as failed if an error comes out."""
        ...

    def say(self, sentence: str) -> None:
        """Say something once."""
        ...


class Silence(Teller):
    """Says nothing."""

    @contextmanager
    def stage(self, what: str, total: int) -> Iterator[Advance]:
        """Begin a stage nobody hears of."""
        yield lambda: None

    def chapter(self, title: str) -> None:
        """Keep it."""

    @contextmanager
    def doing(self, step: str) -> Iterator[None]:
        """Do it."""
        yield

    def say(self, sentence: str) -> None:
        """Keep it."""


@frozen
class PlainLines(Teller):
    """A line at the end of each stage, for logs and pipes."""

    def stage(self, what: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a stage; its line comes at its end."""
        return self._stage(what, total)

    @contextmanager
    def _stage(self, what: str, total: int) -> Iterator[Advance]:
        began, done = time.monotonic(), 0

        def advance() -> None:
            nonlocal done
            done += 1

        yield advance
        self.say(f"{what:<{WIDTH}} {done} of {total}  {time.monotonic() - began:.1f} s")

    def chapter(self, title: str) -> None:
        """Write the title after an empty line."""
        self.say(f"\n{title}")

    @contextmanager
    def doing(self, step: str) -> Iterator[None]:
        """Write the step's line at its end."""
        began = time.monotonic()
        try:
            yield
        except BaseException:
            self.say(f"  failed  {step}")
            raise
        self.say(f"  ok      {step}  {time.monotonic() - began:.1f} s")

    def say(self, sentence: str) -> None:
        """Write one line."""
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


@frozen
class GrowingLines(Teller):
    """A bar per stage in a terminal."""

    console: Console

    def stage(self, what: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a stage; its bar stays when it is full."""
        return self._stage(what, total)

    @contextmanager
    def _stage(self, what: str, total: int) -> Iterator[Advance]:
        columns = (
            SpinnerColumn(finished_text="[green]✓[/green]"),
            TextColumn(f"{{task.description:<{WIDTH}}}"),
            BarColumn(bar_width=24, complete_style="cyan", finished_style="green"),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console) as progress:
            task = progress.add_task(what, total=total)
            yield lambda: progress.advance(task)

    def chapter(self, title: str) -> None:
        """Write the title after an empty line."""
        self.say(f"\n[bold]{escape(title)}[/bold]")

    @contextmanager
    def doing(self, step: str) -> Iterator[None]:
        """Turn a wheel before the step until it is done."""
        began = time.monotonic()
        columns = (TextColumn(" "), SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        try:
            with Progress(*columns, console=self.console, transient=True) as progress:
                progress.add_task(escape(step), total=None)
                yield
        except BaseException:
            self.say(f"  [red]✗[/red] {escape(step)}")
            raise
        self.say(f"  [green]✓[/green] {escape(step)} [dim]{time.monotonic() - began:.1f} s[/dim]")

    def say(self, sentence: str) -> None:
        """Write one line."""
        self.console.print(sentence, highlight=False, soft_wrap=True)


def teller() -> Teller:
    """Return the teller that suits standard error."""
    console = Console(stderr=True, highlight=False)
    return GrowingLines(console) if console.is_terminal else PlainLines()
