"""A server of our own as a process: started, held up, let go, ended. Its kinds say how to call it and when it is up."""

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from features.drivers.names import free_port


@define(slots=False, kw_only=True)
class OwnServer:
    """One server on a port of its own on this machine."""

    port: int = field(factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def begin(
        self,
        command: Sequence[str | Path],
        is_up: Callable[[], bool],
        *,
        log: Path,
        within_seconds: float,
        **options: Any,
    ) -> None:
        """Start it and wait until it is up; ``options`` are those of ``Popen``.

        Raises ``AssertionError`` with the end of its log if it ends, or is not up within the time.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said, **options)
        until = time.monotonic() + within_seconds
        while not _without_error(is_up):
            if time.monotonic() > until or self.process.poll() is not None:
                raise AssertionError(log.read_text(errors="replace")[-2_000:])
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, also while it is held up."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def hold(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def let_go(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


def _without_error(is_up: Callable[[], bool]) -> bool:
    try:
        return is_up()
    except OSError:
        return False
