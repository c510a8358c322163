"""How a run of the demonstration ends: by itself, by a signal, or with a sentence that says what went wrong."""

import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskStatus

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.demo.check.steps import StepFailed
from marketplace_entrypoints.demo.processes import ProcessFailed

FAILED: Final = 1
INTERRUPTED: Final = 130
"""What shells say of a command that Ctrl-C ended."""


def run_to_the_end(work: Callable[[], Awaitable[None]], *, when_interrupted: int) -> int:
    """Run until the work is done, fails, or is interrupted by Ctrl-C, SIGTERM or the end of the terminal.

    Returns the exit code.
    """
    failures: list[str] = []
    signals: list[int] = []

    async def until_signal(scope: anyio.CancelScope, *, task_status: TaskStatus[None] = TASK_STATUS_IGNORED) -> None:
        with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM, signal.SIGHUP) as received:
            task_status.started()
            async for number in received:
                signals.append(number)
                sys.stderr.write("\n")
                scope.cancel()
                return

    async def main() -> None:
        try:
            async with anyio.create_task_group() as group:
                await group.start(until_signal, group.cancel_scope)
                await work()
                group.cancel_scope.cancel()
        except* (ProcessFailed, StepFailed, MarketplaceError) as refused:
            failures.extend(str(leaf) for leaf in _leaves(refused))

    anyio.run(main)
    for failure in failures:
        sys.stderr.write(f"\n{failure}\n")
    if failures:
        return FAILED
    return when_interrupted if signals else 0


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        leaf for one in group.exceptions for leaf in (_leaves(one) if isinstance(one, BaseExceptionGroup) else [one])
    ]
