"""Which tests one process of pytest-xdist runs together, with ``--dist loadscope``."""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SHARE_A_MARKETPLACE: Final = (
    ("tests/browser/", frozenset({"test_player.py"})),
    (
        "tests/entrypoints/running/",
        frozenset({"test_deadly.py", "test_fuzz.py", "test_kill.py", "test_twice.py", "test_wrong_clocks.py"}),
    ),
)
"""Folders whose tests share running processes, but for the modules that bring their own."""
FEATURES: Final = "features/"


def scope(test: str) -> str:
    """Name the tests that run together with this one: a folder that shares processes, or else a module.

    Scenarios share nothing, so each goes to whichever process has time.
    """
    path = test.partition("::")[0]
    if path.startswith(FEATURES):
        return test
    for folder, on_their_own in SHARE_A_MARKETPLACE:
        if path.startswith(folder) and path.removeprefix(folder) not in on_their_own:
            return folder
    return path


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out scopes; the largest come first."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Take the place of xdist's own scheduling by modules and classes."""
    return _Together(config, log) if config.getvalue("dist") == "loadscope" else None
