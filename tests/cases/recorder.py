"""A plugin of pytest: which kinds of journals were written while which test ran, kept as JSON for whoever asked."""

import json
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final

import pytest

from marketplace_core.inmemory.ledger import InMemoryLedger
from marketplace_core.payments import Journal

FILE: Final = "JOURNALS_WRITTEN_TO"
_written: Final[defaultdict[str, set[str]]] = defaultdict(set)
_running: Final = [""]


def _recorded(post: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @wraps(post)
    async def recording(self: Any, journal: Journal, at: datetime) -> None:
        await post(self, journal, at)
        if journal.transfers:
            _written[_running[0]].add(journal.kind.value)

    return recording


def pytest_configure() -> None:
    """Listen to the ledger."""
    InMemoryLedger.post = _recorded(InMemoryLedger.post)  # type: ignore[assignment, method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Remember which test runs."""
    _running[0] = item.nodeid.partition("[")[0]
    return (yield)


def pytest_sessionfinish() -> None:
    """Write down what was written."""
    Path(os.environ[FILE]).write_text(json.dumps({test: sorted(kinds) for test, kinds in _written.items()}))
