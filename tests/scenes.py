"""``./dev scenes``: every scene twice, in two processes that differ in all that must not matter.

The last line is the figure. Ends with 1 if a claim of a scene does not hold, or if the two tell anything else.
"""

import os
import subprocess
import sys
import time
from difflib import unified_diff
from typing import Final

from marketplace_entrypoints.simulation.scenes import SCENES

SECONDS_MAX: Final = 60
ELSEWHERE: Final = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Vladivostok", "LC_ALL": "C"},
)
"""Two places: other hashes, another time of day, another language."""


def told(surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Play the scenes in a process of their own."""
    command = [sys.executable, "-X", "utf8", "-m", "marketplace_entrypoints", "simulate", *words]
    return subprocess.run(command, env=os.environ | surroundings, capture_output=True, text=True, check=False)


def main(*words: str) -> int:
    """Play them twice and compare."""
    began = time.monotonic()
    first, second = (told(place, *words) for place in ELSEWHERE)
    seconds = time.monotonic() - began
    print(first.stdout)
    print(first.stderr + second.stderr, file=sys.stderr, end="")
    differences = list(unified_diff(first.stdout.splitlines(), second.stdout.splitlines(), lineterm=""))
    print("\n".join(differences))
    played = sum(line.startswith(tuple(f"{name}: " for name in SCENES)) for line in first.stdout.splitlines())
    word = "DIFFERENT" if differences or not played else "identical"
    print(f"{played} scenes, {seconds:.0f} s, {word}")
    late = seconds > SECONDS_MAX
    return int(bool(differences) or not played or late or first.returncode != 0 or second.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
