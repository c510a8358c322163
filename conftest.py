"""What every test folder shares: readable assertions from the published kit, its marker, and what makes tests quick."""

import os
import shutil
from pathlib import Path

import pytest

KIT = "marketplace_core.testing.conformance"
LEAST_WORK = {"MEMORY_KIB": "7168", "TIME_COST": "1"}
"""The cheapest hash that the adapter takes. How dear it is by default is for the tests of the adapter to say."""

pytest.register_assert_rewrite("marketplace_core.testing", "features", "tests")


MEMORY = Path("/dev/shm")  # noqa: S108
"""Where there is one, files of tests are kept in it: there is no disk to wait for at every commit."""
MEMORY_BYTES_MIN = 2 * 1024**3
"""A session writes some hundred million bytes."""
DEAR = ("town", "running")
"""Fixtures that start processes. Those of the whole session are to be made in one process of tests only."""
HERE = Path(__file__).parent

os.environ.update({f"MARKETPLACE_ADAPTERS__ARGON2__{name}": value for name, value in LEAST_WORK.items()})
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark conformance classes, so that ``-m conformance`` finds them wherever they stand, and what runs together."""
    for item in items:
        if item.cls is not None and any(base.__module__.startswith(KIT) for base in item.cls.__mro__):
            item.add_marker("conformance")
        if (group := _group(item)) is not None:
            item.add_marker(pytest.mark.xdist_group(group))


def _group(item: pytest.Function) -> str | None:
    """Name the tests that one process runs: those that share something dear, or else those of a module.

    Features share nothing, so each goes to whichever process has time.
    """
    for name in DEAR:
        found = item._fixtureinfo.name2fixturedefs.get(name)
        if found and found[-1].scope == "session":
            return name
    return None if item.path.is_relative_to(HERE / "features") else str(item.path.relative_to(HERE))
