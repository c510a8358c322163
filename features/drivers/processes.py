"""Processes of the product: started as an operator starts them, or forked from one that has imported everything.

A forked process is one of its own, with all that belongs to it: files, signals, an exit code. It is only ready sooner,
by more than a second of computing.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Final, Protocol, final

from attrs import define

from marketplace_core.kernel.plugins import GROUPS
from marketplace_entrypoints.cli.app import main

PROGRAM: Final = ("marketplace_entrypoints.cli.app", "uvicorn.loops.uvloop", "uvicorn.protocols.http.h11_impl")
"""With the adapters, all that a server or a worker imports."""


class Process(Protocol):
    """What can be done with a process."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    def poll(self) -> int | None:
        """Return its exit code, or minus the signal that killed it; None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends. Raises ``subprocess.TimeoutExpired`` after that many seconds."""
        ...

    def terminate(self) -> None:
        """Send SIGTERM."""
        ...

    def kill(self) -> None:
        """Send SIGKILL."""
        ...


Start = Callable[[Sequence[str], Mapping[str, str], Path], Process]
"""Starts a command with additions to the environment; what it says goes to the end of the file."""


def executed(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Start ``python -m marketplace_entrypoints``; it works in the folder of the log."""
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "marketplace_entrypoints", *command],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=log.parent,
        )


@final
@define(eq=False)
class _Forked(Process):
    process: ForkServerProcess

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid is not None
        return self.process.pid

    def poll(self) -> int | None:
        """Look whether it has ended."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        self.process.join(timeout)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired(self.process.name, timeout or 0)
        return self.process.exitcode

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.process.terminate()

    def kill(self) -> None:
        """Send SIGKILL."""
        self.process.kill()


def forked(
    command: Sequence[str], environment: Mapping[str, str], log: Path, first: Callable[[], None] | None = None
) -> Process:
    """Fork a process that does what ``executed`` starts, and something else before it."""
    log.touch()
    given = (list(command), os.environ | environment, log, first)
    process = _forks().Process(target=_become, args=given, name=" ".join(command), daemon=True)
    process.start()
    return _Forked(process)


@cache
def _forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    adapters = {point.module for group in GROUPS for point in entry_points(group=group)}
    context.set_forkserver_preload([*PROGRAM, *sorted(adapters)])
    return context


def _become(
    command: Sequence[str], environment: Mapping[str, str], log: Path, first: Callable[[], None] | None
) -> None:
    os.chdir(log.parent)
    os.environ.clear()
    os.environ.update(environment)
    nothing, said = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream, file in enumerate((nothing, said, said)):
        os.dup2(file, stream)
    sys.argv = ["marketplace", *command]
    if first is not None:
        first()
    main()
