"""The two processes of the demonstration: the server and the worker."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import anyio
import httpx
from anyio import to_thread
from attrs import frozen

from marketplace_entrypoints.composition.settings import Settings

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0
LOOK_EVERY_SECONDS: Final = 0.1
LOG_LINES_SHOWN: Final = 8
ERRORS_SHOWN: Final = 3
LOGS: Final = "logs"
LOCK: Final = "demo.lock"


class ProcessFailed(Exception):
    """A process of the demonstration ended by itself or never became ready; the message says why."""


@frozen
class Child:
    """A process of ours, and where its log is."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def require_running(self) -> None:
        """Pass while it runs. Raises ``ProcessFailed`` with the end of its log."""
        code = self.process.poll()
        if code is not None:
            lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
            raise ProcessFailed("\n".join([f"The {self.name} ended with code {code}. Its log ends so:", *lines]))

    def errors(self) -> list[str]:
        """Return the last errors that it logged."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [f"{self.name}: {line}" for line in lines if '"level": "error"' in line][-ERRORS_SHOWN:]


def free_port(host: str) -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(host: str, port: int) -> bool:
    """Tell whether somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the data folder against a second demonstration. Raises ``ProcessFailed`` if there is one already."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ProcessFailed(
                f"The demonstration runs in {folder} already. End it, or name another folder by MARKETPLACE_DATA."
            ) from None
        yield


@asynccontextmanager
async def processes(settings: Settings, *, payout_sweep_seconds: float) -> AsyncGenerator[tuple[Child, ...]]:
    """Start the server and the worker, wait until they are ready, and end both at the end.

    Raises ``ProcessFailed``.
    """
    logs = settings.data / LOGS
    logs.mkdir(parents=True, exist_ok=True)
    environment = _environment(settings)
    sweep = ("--payout-sweep-seconds", str(payout_sweep_seconds))
    children: list[Child] = []
    try:
        children.append(_start("server", ("serve",), logs, environment))
        await _until_ready(settings, children)
        children.append(_start("worker", ("worker", *sweep), logs, environment))
        yield tuple(children)
    finally:
        with anyio.CancelScope(shield=True):
            await _stop(children)


def _environment(settings: Settings) -> Mapping[str, str]:
    return os.environ | {
        "MARKETPLACE_DATA": str(settings.data),
        "MARKETPLACE_HOST": settings.host,
        "MARKETPLACE_PORT": str(settings.port),
        "MARKETPLACE_BASE_URL": settings.base_url,
        "MARKETPLACE_CLOCK": settings.clock,
        "MARKETPLACE_NAME": settings.name,
    }


def _start(name: str, arguments: tuple[str, ...], logs: Path, environment: Mapping[str, str]) -> Child:
    path = logs / f"{name}.log"
    with path.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            [sys.executable, "-m", "marketplace_entrypoints", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(environment),
            start_new_session=True,  # Ctrl-C in our terminal is for us; we end them in order
        )
    return Child(name, process, path)


async def _until_ready(settings: Settings, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    async with httpx.AsyncClient(base_url=f"http://{settings.host}:{settings.port}", trust_env=False) as client:
        while time.monotonic() < deadline:
            for child in children:
                child.require_running()
            try:
                if (await client.get("/health/ready")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass  # not listening yet
            await anyio.sleep(LOOK_EVERY_SECONDS)
    raise ProcessFailed(f"The server was not ready within {READY_SECONDS:.0f} seconds; see {children[0].log}.")


async def _stop(children: list[Child]) -> None:
    for child in children:
        child.process.terminate()
    for child in children:
        await to_thread.run_sync(_wait, child.process)


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
