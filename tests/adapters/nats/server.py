"""A real NATS server of our own, to be stopped, held up, wiped and started again."""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from attrs import define

from marketplace_core.kernel.bus import BusUnavailable, EventBus
from tests.servers import OwnServer

SERVER: Final = Path(sys.executable).with_name("nats-server")
START_SECONDS: Final = 10.0


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


@define(slots=False)
class NatsServer(OwnServer):
    """One server with its own folder and port."""

    folder: Path

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
        self.begin([SERVER, "-c", configuration], self._greets, log=self.folder / "log", within_seconds=START_SECONDS)

    def _greets(self) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            return line.recv(5) == b"INFO "

    def wipe(self) -> None:
        """Lose everything it has stored; it must be stopped."""
        assert self.process is None
        shutil.rmtree(self.store)
