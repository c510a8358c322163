"""A marketplace of real processes, a server and a worker, over one data folder."""

import signal
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar

import httpx
from attrs import define, field

from features.drivers.names import free_port
from features.drivers.processes import Process, Start, forked
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import clock_of

START_SECONDS: Final = 120.0
"""Generous: a machine that is busy with other tests takes its time to import the product."""
STOP_SECONDS: Final = 30.0
SETTLE_SECONDS: Final = 60.0
LOOK_EVERY_SECONDS: Final = 0.02

SeenT = TypeVar("SeenT")


def until(
    look: Callable[[], SeenT],
    *,
    what: str,
    timeout_seconds: float = SETTLE_SECONDS,
    every_seconds: float = LOOK_EVERY_SECONDS,
) -> SeenT:
    """Return the first true thing that ``look`` sees; fail when it sees none in time."""
    deadline = time.monotonic() + timeout_seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_seconds:.0f} s: {what}")
        time.sleep(every_seconds)
    return seen


@define(eq=False)
class Running:
    """The processes of one marketplace; each can be started, stopped and killed. Time is shared and can be moved."""

    folder: Path
    port: int = field(factory=free_port)
    begin: Start = forked
    settings: Settings = field(init=False)
    """What this process has to know to open the same marketplace."""
    client: httpx.Client = field(init=False)
    server: Process | None = field(default=None, init=False)
    worker: Process | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        """Connect to where the server will be."""
        self.settings = Settings(data=self.folder / "data", clock="shifted", base_url=self.address)
        self.client = self._connected()

    @property
    def address(self) -> str:
        """Where the marketplace is for everybody, however many servers there are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the server said, over all its lives."""
        return self.folder / "server.log"

    @property
    def worker_log(self) -> Path:
        """What the worker said, over all its lives."""
        return self.folder / "worker.log"

    def start_server(self) -> None:
        """Start it and wait until it can do its work."""
        self.server = self.start("serve", "--port", str(self.port), log=self.log)
        self.await_ready(self.server, self.client)

    def start(self, *arguments: str, log: Path) -> Process:
        """Start any process of the product over this data folder."""
        environment = {
            "MARKETPLACE_DATA": str(self.settings.data),
            "MARKETPLACE_CLOCK": "shifted",
            "MARKETPLACE_BASE_URL": self.address,
        }
        return self.begin(arguments, environment, log)

    def await_ready(self, process: Process, client: httpx.Client) -> None:
        """Wait until a server answers that it is ready."""

        def ready() -> bool:
            assert process.poll() is None, f"the server ended:\n{self.log.read_text()[-3000:]}"
            try:
                return client.get("/health/ready").status_code == httpx.codes.OK
            except httpx.TransportError:
                return False

        until(ready, what="the server is ready", timeout_seconds=START_SECONDS)

    def start_worker(self) -> None:
        """Start it; it works as soon as it can."""
        self.worker = self.start("worker", log=self.worker_log)

    def with_worker(self) -> None:
        """Have one, whether there was one or not."""
        if self.worker is None:
            self.start_worker()

    def without_worker(self) -> None:
        """Have none, whether there was one or not."""
        if self.worker is not None:
            self.kill_worker()

    def kill_server(self) -> None:
        """Take it away as a power cut would."""
        _kill(self.server)
        self.server = None
        self.client.close()
        self.client = self._connected()

    def ask_server_to_end(self) -> Callable[[], int]:
        """Send it SIGTERM, wait until it has heard; return what waits for its end and tells its exit code."""
        process = self.server
        assert process is not None
        heard = self.log.read_text().count("Shutting down")
        self.client.close()
        process.terminate()
        until(lambda: self.log.read_text().count("Shutting down") > heard, what="the server has heard it")
        self.server, self.client = None, self._connected()
        return lambda: process.wait(STOP_SECONDS)

    def kill_worker(self) -> None:
        """Take it away as a power cut would."""
        _kill(self.worker)
        self.worker = None

    def pass_time(self, seconds: float) -> None:
        """Move the clock of all processes."""
        clock = clock_of(self.settings)
        clock.advance(timedelta(seconds=seconds).total_seconds())  # type: ignore[attr-defined]

    def close(self) -> None:
        """End what still runs."""
        self.client.close()
        alive = [process for process in (self.server, self.worker) if process is not None]
        for process in alive:
            process.terminate()
        for process in alive:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _connected(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=60, trust_env=False)


def _kill(process: Process | None) -> None:
    assert process is not None
    assert process.poll() is None, "it had ended before it could be killed"
    process.kill()
    assert process.wait(STOP_SECONDS) == -signal.SIGKILL


Make = Callable[[], Running]
"""Makes a marketplace over a folder of its own; nothing runs yet."""
