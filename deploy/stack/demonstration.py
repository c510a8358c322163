"""The demonstration in the stack: filled before services start, finished while they run, tried out when asked."""

import json
import os
import subprocess
from collections.abc import Sequence
from typing import Final

from engines import engines
from processes import FOLDER, LOGS, PROGRAMS, NotUp, environment, running
from table import ADDRESS, settings

PLACE: Final = FOLDER / "demonstration.json"
"""Describes the running demonstration to ``marketplace demo --check --at``."""
PROGRAM: Final = str(PROGRAMS / "marketplace")


def fill() -> None:
    """Fill the marketplace; nothing of it may run meanwhile. Raises ``NotUp``."""
    _do("fill", "the demonstration could not be filled in (./dev up --empty does without)")


def finish(*, videos: bool) -> None:
    """Show what there is, and make videos and pages of it. Raises ``NotUp``."""
    _do("finish", "the demonstration could not be finished", *([] if videos else ["--no-videos"]))


def describe() -> None:
    """Write what is at hand, with the versions of all engines."""
    place = {
        "address": ADDRESS,
        "ca": str(FOLDER / "ca.pem"),
        "clock_shift": str(FOLDER / "data" / "clock-shift"),
        "mails": str(FOLDER / "mails"),
        "logs": str(LOGS),
        "engines": engines(FOLDER),
    }
    PLACE.write_text(json.dumps(place, indent=2) + "\n", encoding="utf-8")


def forget() -> None:
    """Have no demonstration here."""
    PLACE.unlink(missing_ok=True)


def demo(words: Sequence[str]) -> None:
    """Become ``marketplace demo``; a check is made at the stack if that is up and no other place is named."""
    elsewhere = "MARKETPLACE_DATA" in os.environ or any(word.partition("=")[0] == "--at" for word in words)
    if "--check" in words and not elsewhere and PLACE.exists() and running("gateway"):
        describe()
        os.execve(PROGRAM, [PROGRAM, "demo", *words, "--at", str(PLACE)], environment({}))
    os.execv(PROGRAM, [PROGRAM, "demo", *words])


def _do(part: str, otherwise: str, *words: str) -> None:
    command = [PROGRAM, "demo", "--part", part, *words]
    if subprocess.run(command, check=False, env=environment(settings(FOLDER)), cwd=FOLDER).returncode:
        raise NotUp(f"It is told above why {otherwise}.")
