"""Play a feature file as a scene: by its own steps, through the core's own door, which live beside it in a clone."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from marketplace_core.kernel.errors import InvalidInput

TELLER: Final = Path("features") / "as_scene.py"
QUIET: Final = ("-o", "addopts=--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider", "--capture=no")


class NoSteps(InvalidInput):
    """The feature file is in no clone of the marketplace, where its steps would be."""

    code = "simulation.no_steps"


def play(feature: Path, *, as_json: bool) -> int:
    """Tell the file's scenarios; return 0 if all of them held. Raises ``NoSteps``."""
    file = feature.resolve()
    clone = next((folder for folder in file.parents if (folder / TELLER).is_file()), None)
    if clone is None:
        raise NoSteps(f"No {TELLER} above {feature}: the steps of features are in a clone of the marketplace.")
    told = {"MARKETPLACE_SCENE": str(file), "MARKETPLACE_SCENE_JSON": "1" if as_json else ""}
    command = [sys.executable, "-m", "pytest", *QUIET, str(TELLER)]
    return subprocess.run(command, cwd=clone, env=os.environ | told, check=False).returncode  # noqa: S603 - ours
