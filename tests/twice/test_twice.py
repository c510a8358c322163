"""Whatever comes to the core comes twice, and the second time changes nothing: every event, message and deadline."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import frozen

from marketplace_core.inmemory import open_marketplace
from tests.architecture.commands import run

ROOT: Final = Path(__file__).parents[2]
MARKET: Final = open_marketplace().market
HANDLED: Final = sorted(
    {f"event {event.__name__}" for event in MARKET._reactions}
    | {f"deadline {kind}" for kind in MARKET._timers}
    | {f"message {subject}" for subject in MARKET._reconciliations}
)
"""Everything that anybody has set up."""


@frozen
class Seen:
    """How often each came, and what was another the second time."""

    seen: Mapping[str, int]
    changed: Mapping[str, Sequence[str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Tell all features, and what they leave out, to a core where everything comes twice."""
    file = tmp_path_factory.mktemp("twice") / "seen.json"
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "features", "tests/twice/rest.py")
    ended = run(*command, cwd=ROOT, MARKETPLACE_TWICE_SEEN=str(file))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found: dict[str, Any] = json.loads(file.read_text())
    return Seen(found["seen"], found["changed"])


@pytest.mark.slow
@pytest.mark.parametrize("name", HANDLED)
def test_what_comes_twice_happens_once(told: Seen, name: str) -> None:
    assert told.seen.get(name, 0) > 0, "no feature and nothing in tests/twice/rest.py makes it come"
    assert told.changed.get(name, []) == []


@pytest.mark.slow
def test_nothing_else_came(told: Seen) -> None:
    assert told.seen.keys() <= set(HANDLED)
