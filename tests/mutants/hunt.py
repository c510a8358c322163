"""Hunt a mutant: run the test that should catch it against a copy of the sources with the fault in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from tests.mutants.mutant import ROOT, Mutant

COPIED: Final = ("src", "tests", "features", "conftest.py", "pyproject.toml")
IMPORTED_FROM: Final = ("src", "src/contracts", "src/adapters", "src/entrypoints")
SECONDS_MAX: Final = 300
PASSED, FAILED = 0, 1  # what pytest ends with


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EXCUSED = "excused"
    ALIVE = "alive"


@frozen(kw_only=True)
class Hunted:
    """A mutant, what became of it, and the end of what the test printed."""

    mutant: Mutant
    fate: Fate
    printed: str


@define(kw_only=True)
class Ground:
    """A copy of the sources in ``folder``, one fault at a time in it."""

    folder: Path
    _ticks: "count[int]" = field(factory=lambda: count(1_000_000_000), init=False)

    def __attrs_post_init__(self) -> None:
        for name in COPIED:
            source, target = ROOT / name, self.folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)

    def hunt(self, mutant: Mutant) -> Hunted:
        """Seed the fault, run its test, take the fault out again.

        Raises ``ValueError`` if the fault does not fit, ``RuntimeError`` if the test could not be run at all.
        """
        path = self.folder / mutant.file
        original = path.read_text(encoding="utf-8")
        self._write(path, mutant.seeded(original))
        try:
            ended, printed = self.run([mutant.killed_by or "tests/core/payments"])
        finally:
            self._write(path, original)
        if ended == FAILED and mutant.survives_because:
            raise ValueError(f"{mutant.name}: it is excused, and a test kills it: {printed}")
        fate = Fate.KILLED if ended == FAILED else Fate.EXCUSED if mutant.survives_because else Fate.ALIVE
        return Hunted(mutant=mutant, fate=fate, printed=printed)

    def run(self, tests: Sequence[str]) -> tuple[int, str]:
        """Run tests against the copy; return pytest's exit code and the end of what it said."""
        paths = os.pathsep.join(str(self.folder / part) for part in IMPORTED_FROM)
        environment = {**os.environ, "PYTHONPATH": paths, "HYPOTHESIS_STORAGE_DIRECTORY": str(self.folder / "examples")}
        environment.pop("PYTEST_ADDOPTS", None)
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-n", "0", *tests],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )
        if ended.returncode not in {PASSED, FAILED}:
            raise RuntimeError(f"The tests could not be run: {ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        return ended.returncode, ended.stdout[-600:]

    def _write(self, path: Path, source: str) -> None:
        path.write_text(source, encoding="utf-8")
        # Compiled modules are known by time and size: each version of a file gets a time of its own.
        tick = next(self._ticks)
        os.utime(path, (tick, tick))
