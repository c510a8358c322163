"""Serve from the sources: server and worker, started anew whenever a source file changes."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from marketplace_entrypoints.cli.run import complaints

PRODUCT: Final = "marketplace_entrypoints"
LOOK_SECONDS: Final = 0.5
STOP_SECONDS: Final = 20.0
SOURCES: Final = Path(__file__).parents[3]
"""The folder that holds all distributions in a clone."""


def serve_reloading(arguments: Sequence[str]) -> None:
    """Run ``serve`` with the arguments and ``worker`` until Ctrl-C, both anew after every change of a source file."""
    commands = (("serve", *arguments), ("worker", "--payout-sweep-seconds", "10"))
    while True:
        seen = _fingerprint()
        children = [subprocess.Popen([sys.executable, "-m", PRODUCT, *words]) for words in commands]  # noqa: S603 - ours
        try:
            while _fingerprint() == seen:
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            return
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=STOP_SECONDS)
        complaints.print("[yellow]The sources changed; starting anew.[/yellow]")


def _fingerprint() -> tuple[tuple[str, int], ...]:
    """Return every source file with the time of its last change."""
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in SOURCES.rglob("*.py")))
