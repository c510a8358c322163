"""What every test folder shares: readable assertions from the published kit, its marker, and what makes tests quick."""

import os
import shutil
from pathlib import Path

import pytest

pytest_plugins = ("tests.together", "tests.databases", "tests.conformance")
LEAST_WORK = {"MEMORY_KIB": "7168", "TIME_COST": "1"}
"""The cheapest hash that the adapter takes. How dear it is by default is for the tests of the adapter to say."""

pytest.register_assert_rewrite("marketplace_core.testing", "features", "tests")


MEMORY = Path("/dev/shm")  # noqa: S108
"""Where there is one, files of tests are kept in it: there is no disk to wait for at every commit."""
MEMORY_BYTES_MIN = 2 * 1024**3
"""A session writes some hundred million bytes."""

os.environ.update({f"MARKETPLACE_ADAPTERS__ARGON2__{name}": value for name, value in LEAST_WORK.items()})
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
