"""Run ffmpeg once: bounded in time, output and threads, and never left behind."""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from attrs import field, frozen

_TICK_SECONDS = 0.25
_CHUNK_BYTES = 65536
_LINE_BYTES_MAX = 65536
_TEXT_CHARACTERS_MAX = 64_000
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")
_ENDED_BY_REQUEST = 255
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


class EngineFault(Exception):
    """The machine or the program failed, not the clip; the message is the end of what ffmpeg said."""


class EngineTimeout(Exception):
    """ffmpeg was stopped because its time was up."""


@frozen
class Finished:
    """How a run of ffmpeg ended; `log` is the beginning and the end of what it said on stderr."""

    returncode: int
    log: str


@frozen(kw_only=True)
class Engine:
    """The ffmpeg program with what every run of it shares.

    `on_tick` is called some four times a second while ffmpeg runs; what it raises ends ffmpeg and reaches the caller.
    `dies_with_caller` makes the kernel end ffmpeg with this process, even on SIGKILL (Linux); it is only for a process
    without threads.
    """

    binary: Path
    threads: int = 2
    dies_with_caller: bool = False
    on_tick: Callable[[], None] = field(default=lambda: None)

    def run(
        self,
        arguments: Sequence[str],
        *,
        timeout_seconds: float,
        on_line: Callable[[str], None] | None = None,
        working_directory: Path | None = None,
    ) -> Finished:
        """Run ffmpeg with these arguments and hand each line of its stdout to `on_line`.

        Raises `EngineTimeout` after `timeout_seconds`, `EngineFault` when it crashed or was killed, `OSError` when it
        cannot be started, and whatever `on_line` raises.
        """
        command = [str(self.binary), "-hide_banner", "-nostdin", "-nostats", *arguments]
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            command,
            cwd=working_directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            preexec_fn=_end_with_parent(os.getpid()) if self.dies_with_caller else None,  # noqa: PLW1509 - no threads
        )
        try:
            log = self._listen(process, time.monotonic() + timeout_seconds, on_line or _ignore)
            returncode = process.wait()
            if returncode < 0 or (returncode == _ENDED_BY_REQUEST and "received signal" in log):
                raise EngineFault(f"ffmpeg was ended by a signal ({returncode}): {log[-2000:]}")
            return Finished(returncode, log)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def _listen(self, process: subprocess.Popen[bytes], deadline: float, on_line: Callable[[str], None]) -> str:
        log = _Excerpt()
        lines = _Lines(on_line)
        with selectors.DefaultSelector() as selector:
            for pipe, take in ((process.stdout, lines.take), (process.stderr, log.take)):
                assert pipe is not None
                os.set_blocking(pipe.fileno(), False)
                selector.register(pipe, selectors.EVENT_READ, take)
            next_tick = time.monotonic() + _TICK_SECONDS
            while selector.get_map():
                for key, _ in selector.select(_TICK_SECONDS):
                    chunk = _read(key.fileobj)  # type: ignore[arg-type]
                    if chunk == b"":
                        selector.unregister(key.fileobj)
                    elif chunk:
                        key.data(chunk)
                now = time.monotonic()
                if now > deadline:
                    raise EngineTimeout
                if now >= next_tick:
                    self.on_tick()
                    next_tick = now + _TICK_SECONDS
        lines.finish()
        return log.text()


def _read(pipe: IO[bytes]) -> bytes | None:
    try:
        return os.read(pipe.fileno(), _CHUNK_BYTES)
    except BlockingIOError:
        return None


def _ignore(line: str) -> None:
    """Take a line and do nothing with it."""


class _Lines:
    """Cuts a stream of bytes into lines; a line without end is cut, not collected."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._on_line = on_line
        self._rest = b""

    def take(self, chunk: bytes) -> None:
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        self._rest = self._rest[:_LINE_BYTES_MAX]
        for line in whole:
            self._on_line(line.decode("utf-8", "replace").rstrip("\r"))

    def finish(self) -> None:
        if self._rest:
            self._on_line(self._rest.decode("utf-8", "replace"))


class _Excerpt:
    """Keeps the beginning and the end of a text of any length: a broken clip can make ffmpeg complain for megabytes."""

    def __init__(self) -> None:
        self._head = ""
        self._tail = ""

    def take(self, chunk: bytes) -> None:
        text = chunk.decode("utf-8", "replace")
        room = _TEXT_CHARACTERS_MAX - len(self._head)
        self._head += text[:room]
        self._tail = (self._tail + text[room:])[-_TEXT_CHARACTERS_MAX:]

    def text(self) -> str:
        return self._head + self._tail


def _end_with_parent(parent_pid: int) -> Callable[[], None] | None:
    """Return what the child must do before it becomes ffmpeg, so that a killed worker leaves no ffmpeg running."""
    if not sys.platform.startswith("linux"):
        return None  # elsewhere an orphan ends at its next segment, whose directory the next attempt has removed
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent_pid:  # it died before the call
            os._exit(1)

    return bind
