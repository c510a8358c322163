"""The server processes that are measured: started on a free port of the loopback address, ended by their ids."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from attrs import frozen

from benchmarks import journeys
from benchmarks.processes import cpu_seconds, memory_mb, tree
from features.drivers.names import free_port

ROOT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0


@frozen
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def cpu_seconds(self) -> float | None:
        """How long its processes have kept a core busy so far; None where the system does not tell."""
        return cpu_seconds(self.process.pid)

    @property
    def memory_mb(self) -> float | None:
        """How much memory its largest process has, shared parts in proportion; None where the system does not tell."""
        return max((memory_mb(pid) or 0.0 for pid in tree(self.process.pid)), default=None) or None

    def send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """Send one request that is not measured."""
        return httpx.request(method, f"http://127.0.0.1:{self.port}{path}", timeout=20, trust_env=False, **parts)


@contextmanager
def running(*module_and_arguments: str, ready_at: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Start ``python -m module arguments``, where ``{port}`` becomes the port, and wait until it answers."""
    port = free_port()
    command = [sys.executable, "-m", *(argument.format(port=port) for argument in module_and_arguments)]
    # What somebody has set for their own marketplace is none of this one's.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")}
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=inherited | dict(environment), cwd=ROOT)
    server = Server(process, port)
    try:
        _await(server, ready_at, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def bare_framework(product: Server, place: Path, workers: int) -> Iterator[Server]:
    """Start what the product is held against: the framework with a page of the product list, ready made."""
    page = place / "page.json"
    page.write_bytes(product.send("GET", journeys.list_call().path).raise_for_status().content)
    print(f"A page of the product list is {page.stat().st_size:,} bytes.", flush=True)
    with running(
        *("benchmarks.ceilings", "{port}", str(page), str(workers)),
        ready_at="/hello",
        environment={},
        log=place / "ceilings.log",
    ) as server:
        yield server


def _await(server: Server, path: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            if server.send("GET", path).is_success:
                return
        except httpx.TransportError:
            pass
        if server.process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"a server did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.05)
