"""What the tests of the examples share: installing one like anybody's package, and checking what was chosen."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from tests.architecture.commands import printed_by, run
from tests.architecture.source_tree import ROOT

EXAMPLES: Final = ROOT / "examples"
UV: Final = Path(sys.executable).with_name("uv")
MARKETPLACE: Final = Path(sys.executable).with_name("marketplace")
Checked: TypeAlias = tuple[int, dict[str, Any]]
"""The exit code of ``marketplace adapters check``, and what it said of each port."""


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Install an example into a folder to be put on the path, which is returned."""

    def install(example: str) -> Path:
        folder = tmp_path_factory.mktemp("site")
        install = (UV, "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation")
        printed_by(*install, "--python", sys.executable, "--target", folder, EXAMPLES / example, cwd=ROOT)
        return folder

    return install


def kit_of(example: str, site: Path) -> str:
    """Run an example's own tests; return what pytest told."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLES / example / "tests")
    return printed_by(*command, cwd=ROOT, PYTHONPATH=str(site))


def checked(*arguments: str, site: Path, data: Path, **environment: str) -> Checked:
    """Check the adapters."""
    ended = run(
        MARKETPLACE,
        *("adapters", "check", "--json", *arguments),
        cwd=data,
        PYTHONPATH=str(site),
        MARKETPLACE_DATA=str(data),
        **environment,
    )
    return ended.returncode, {one["port"]: one for one in json.loads(ended.stdout)}
