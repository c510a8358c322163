"""The stand-in as a process of its own, to be killed, held up, wiped and started again."""

import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from tests.adapters.nats.server import free_port
from tests.architecture.source_tree import ROOT

START_SECONDS: Final = 20.0


@define
class MeilisearchServer:
    """One server with its own folder and port."""

    folder: Path
    port: int = field(factory=free_port)
    key: str | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def version(self) -> str:
        """What the server says it is."""
        said: str = self.ask("/version")["pkgVersion"]
        return said

    def ask(self, path: str, body: Any = None) -> Any:
        """Ask it something past the official client."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data, headers), timeout=10) as answer:
            return json.load(answer)

    def be_wrong(self, **faults: Any) -> None:
        """Let it make trouble from now on; without any fault, none."""
        self.ask("/standin/faults", faults)

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.adapters.meilisearch.standin", str(self.port), str(self.folder)]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *([self.key] if self.key else [])], cwd=ROOT, stdout=log, stderr=log
            )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self.ask("/health")
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
        shutil.rmtree(self.folder)

    def back_up(self, copy: Path) -> None:
        """Copy what it has stored; it must be stopped."""
        assert self.process is None
        shutil.copytree(self.folder, copy)

    def restore(self, copy: Path) -> None:
        """Have what it had when it was copied; it must be stopped."""
        self.wipe()
        shutil.copytree(copy, self.folder)
