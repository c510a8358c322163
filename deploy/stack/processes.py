"""The processes of the stack: each has a log, a file with its id, and an end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from table import HERE, Part

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = Path(os.environ.get("MARKETPLACE_STACK", ROOT / ".stack")).resolve()
LOGS: Final = FOLDER / "logs"
PROGRAMS: Final = Path(sys.executable).parent
START_SECONDS: Final = 120.0


class NotUp(Exception):
    """Something did not start; the message says what to look at."""


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, flush=True)


def start(part: Part, *, wait: bool = True) -> None:
    """Start a part unless it runs. Raises ``NotUp``."""
    if running(part.name):
        say(f"{part.name} runs already")
        return
    if part.port is not None and is_taken(part.port):
        raise NotUp(f"Port {part.port}, which is for {part.name}, is taken by somebody else.")
    say(f"{part.name} …")
    path = log_of(part)
    if path.exists():
        path.replace(path.with_suffix(".log.before"))
    with path.open("ab") as log:
        process = subprocess.Popen(
            part.command,
            env=environment(part.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=FOLDER,
            start_new_session=True,
        )
    pid_file(part.name).write_text(str(process.pid))
    if wait:
        await_ready(part)


def await_ready(part: Part) -> None:
    """Wait until it answers. Raises ``NotUp``."""
    until = time.monotonic() + START_SECONDS
    while part.port is not None and not answers(part):
        if not running(part.name) or time.monotonic() > until:
            end = log_of(part).read_text(errors="replace")[-2000:]
            raise NotUp(f"{part.name} did not start:\n{end}")
        time.sleep(0.1)


def answers(part: Part) -> bool:
    """Tell whether it is there."""
    assert part.port is not None
    if not part.ready:
        return is_taken(part.port)
    try:
        with urllib.request.urlopen(f"http://{HERE}:{part.port}{part.ready}", timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without anything of a marketplace, and with what is given."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")} | dict(more)


def log_of(part: Part) -> Path:
    """Return where a part's log is; logs that are not the product's are apart."""
    return (LOGS if part.is_ours else LOGS / "servers") / f"{part.name}.log"


def pid_file(name: str) -> Path:
    """Return where the process id of a part is."""
    return FOLDER / "pids" / name


def pid_of(name: str) -> int | None:
    """Return the id of a part's process, if it is still that process."""
    try:
        pid = int(pid_file(name).read_text())
        state = Path(f"/proc/{pid}/stat")
        if state.exists():
            return None if state.read_text().rpartition(")")[2].split()[0] == "Z" else pid
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def running(name: str) -> bool:
    """Tell whether a part runs."""
    return pid_of(name) is not None


def ask_to_end(name: str, how: signal.Signals) -> None:
    """Send a signal to a part, if it runs."""
    pid = pid_of(name)
    if pid is not None:
        say(f"{name} ends …")
        os.kill(pid, how)


def await_end(part: Part) -> None:
    """Wait for its end; kill it when it takes too long."""
    until = time.monotonic() + part.seconds
    while running(part.name):
        if time.monotonic() > until:
            ask_to_end(part.name, signal.SIGKILL)
        time.sleep(0.1)
    pid_file(part.name).unlink(missing_ok=True)


def is_taken(port: int) -> bool:
    """Tell whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HERE, port)) == 0
