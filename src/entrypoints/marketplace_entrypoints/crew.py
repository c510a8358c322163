"""One address, several processes: each core of a machine serves, and a process that dies is started anew.

The parent holds the listening socket and hands it down, so a connection that nobody has taken yet is never lost with
the process that ended: another one takes it.
"""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from typing import Final

import structlog

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_entrypoints.composition.settings import Settings

LISTEN_FD: Final = "MARKETPLACE_LISTEN_FD"
BACKLOG: Final = 2048
SHORT_LIFE_SECONDS: Final = 60.0
SHORT_LIVES_MAX: Final = 3
"""So many processes in a row that ended by themselves soon after their start: starting more is of no use."""
log = structlog.get_logger("server")


class AddressTaken(MarketplaceError):
    """Nobody can listen there."""

    code = "services.address_taken"
    kind = ErrorKind.UNAVAILABLE


class CrewLost(MarketplaceError):
    """The processes end as soon as they are started."""

    code = "services.crew_lost"
    kind = ErrorKind.UNAVAILABLE


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises ``AddressTaken``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(BACKLOG)
    except OSError as failure:
        opened.close()
        raise AddressTaken(f"Nobody can listen on {host}:{port}: {failure.strerror}.") from failure
    opened.set_inheritable(True)
    return opened


def inherited() -> socket.socket | None:
    """Return the socket that was handed down to this process, if one was."""
    handed = os.environ.get(LISTEN_FD)
    return socket.socket(fileno=int(handed)) if handed is not None else None


class Crew:
    """Keeps so many processes serving until it is asked to stop."""

    def __init__(self, settings: Settings, workers: int, door: socket.socket) -> None:
        self._workers, self._door = workers, door
        self._environment: Mapping[str, str] = {
            **os.environ,
            LISTEN_FD: str(door.fileno()),
            "MARKETPLACE_HOST": settings.host,
            "MARKETPLACE_PORT": str(door.getsockname()[1]),
            "MARKETPLACE_ROLES": settings.roles,
            "MARKETPLACE_PROCESSES": str(max(settings.processes, workers)),
        }
        self._running: set[asyncio.subprocess.Process] = set()
        self._stopping = asyncio.Event()
        self._short_lives = 0

    async def serve(self) -> None:
        """Serve until SIGTERM or Ctrl-C; all processes have ended then. Raises ``CrewLost``."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._workers):
                    group.create_task(self._keep_one())
        except ExceptionGroup as lost:
            raise lost.exceptions[0] from None
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    async def _keep_one(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "marketplace_entrypoints", "serve"),
                env=self._environment,
                pass_fds=(self._door.fileno(),),
            )
            self._running.add(process)
            if self._stopping.is_set():  # it was asked to stop while this one was being started
                process.terminate()
            try:
                code = await process.wait()
            except asyncio.CancelledError:
                process.terminate()
                await process.wait()
                raise
            finally:
                self._running.discard(process)
            if self._stopping.is_set():
                return
            self._judge(process.pid, code, time.monotonic() - began)

    def _judge(self, pid: int, code: int, lived_seconds: float) -> None:
        log.error("process ended", ended=pid, code=code, lived_seconds=round(lived_seconds, 1))
        gave_up = code > 0 and lived_seconds < SHORT_LIFE_SECONDS  # below zero is the signal that killed it
        self._short_lives = self._short_lives + 1 if gave_up else 0
        if self._short_lives >= SHORT_LIVES_MAX:
            raise CrewLost(f"Processes end by themselves soon after their start (the last one with exit code {code}).")

    def _stop(self) -> None:
        """Pass it on. Whoever is in a hurry asks twice."""
        self._stopping.set()
        for process in self._running:
            process.terminate()


def serve_as_crew(settings: Settings, workers: int) -> None:
    """Serve in so many processes on the configured address. Raises ``AddressTaken``, ``CrewLost``."""
    with listening(settings.host, settings.port) as door:
        asyncio.run(Crew(settings, workers, door).serve())
