"""The stand-in as a process of its own, to be killed, held up, wiped and started again."""

import json
import shutil
import sys
import urllib.request
from pathlib import Path
from typing import Any, Final

from attrs import define

from tests.architecture.source_tree import ROOT
from tests.servers import OwnServer

START_SECONDS: Final = 20.0


@define(slots=False)
class MeilisearchServer(OwnServer):
    """One server with its own folder and port."""

    folder: Path
    key: str | None = None

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
        command += [self.key] if self.key else []
        self.begin(command, self._is_well, log=self.folder / "log", within_seconds=START_SECONDS, cwd=ROOT)

    def _is_well(self) -> bool:
        return bool(self.ask("/health"))

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
