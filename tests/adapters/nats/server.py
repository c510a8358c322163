"""A real NATS server of our own, to be stopped, held up, wiped and started again."""

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from attrs import define, field

from marketplace_core.kernel.bus import BusUnavailable, EventBus

SERVER: Final = Path(sys.executable).with_name("nats-server")
START_SECONDS: Final = 10.0


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def until_ready(bus: EventBus) -> None:
    """Wait until a bus whose server was started again is of use."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            await bus.ready()
            return
        except BusUnavailable:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)


@define
class NatsServer:
    """One server with its own folder and port."""

    folder: Path
    port: int = field(factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"nats://127.0.0.1:{self.port}"

    @property
    def version(self) -> str:
        """What the server says it is: ``2.15.1``."""
        said = subprocess.run([SERVER, "--version"], capture_output=True, text=True, check=True).stdout
        return said.strip().rpartition("v")[2]

    @property
    def store(self) -> Path:
        """Where it keeps its streams."""
        return self.folder / "jetstream"

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "nats.conf"
        configuration.write_text(
            f'listen: "127.0.0.1:{self.port}"\njetstream {{ store_dir: "{self.store}", sync_interval: always }}\n'
        )
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([SERVER, "-c", configuration], stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    if line.recv(5) == b"INFO ":
                        return
            except OSError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
            self.process.wait(10)
            self.process = None

    def hold(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def let_go(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def wipe(self) -> None:
        """Lose everything it has stored; it must be stopped."""
        assert self.process is None
        shutil.rmtree(self.store)
