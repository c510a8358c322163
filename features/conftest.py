"""Every scenario runs once per door."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from zlib import crc32

import pytest

from features.clips import make_clips
from features.drivers.cli import CliDriver
from features.drivers.core import CoreDriver
from features.drivers.driver import Driver
from features.drivers.http import HttpDriver
from features.drivers.split import SplitDriver
from features.steps.world import World
from tests.coherence import assert_coherent, coherent_afterwards, watch
from tests.databases import BESIDE, folders_on_postgres, marketplaces_in
from tests.logs import log_only

__all__ = ["coherent_afterwards", "watch"]

DOORS: Final[dict[str, Callable[[Path], Driver]]] = {"core": CoreDriver, "http": HttpDriver, "cli": CliDriver}
ON_POSTGRES: Final = "http on postgresql"
SPLIT: Final = "split services on postgresql"
WAYS: Final[tuple[str, ...]] = ("core", "http", "cli", "http on postgresql", "split services on postgresql")
EVERYTHING_SPLIT: Final = "MARKETPLACE_FEATURES_SPLIT"
"""Asks for the scenarios at split services behind the gateway, and for no others: ``./dev features-split``."""
BESIDE_POSTGRES: Final[dict[str, type[HttpDriver]]] = {ON_POSTGRES: HttpDriver, SPLIT: SplitDriver}
pytest_plugins = (
    "features.steps.shops",
    "features.steps.terms",
    "features.steps.buying",
    "features.steps.claims",
    "features.steps.disputes",
    "features.steps.guests",
    "features.steps.money",
    "features.steps.operating",
    "features.steps.parts",
    "features.steps.presenting",
    "features.steps.refunds",
    "features.steps.vouchers",
    "features.steps.webhooks",
    *(("tests.twice.delivery",) if "MARKETPLACE_TWICE_SEEN" in os.environ else ()),
)


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Let only errors be logged by what runs in this process."""
    log_only()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the scenarios at split services, or all others where those were asked for.

    Those about money are played every time at every door. Each of the others is played every time at the core and at
    one of the doors HTTP and command line, and at all doors by ``./dev features``.
    """
    items[:] = [item for item in items if _wanted(item)]
    for item in items:
        if item.get_closest_marker("money") is None and _way(item) in _left_out(item):
            item.add_marker(pytest.mark.long)


def _left_out(item: pytest.Item) -> tuple[str, str]:
    name = getattr(item, "originalname", item.name)
    return ON_POSTGRES, ("http", "cli")[crc32(name.encode()) % 2]


def _way(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec and callspec.params.get("driver")


def _wanted(item: pytest.Item) -> bool:
    way = _way(item)
    if way is None:
        return True
    if EVERYTHING_SPLIT in os.environ:
        return bool(way == SPLIT)
    return bool(way != SPLIT)


@pytest.fixture(params=WAYS, autouse=True)
def driver(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Driver]:
    """Return a driver for one door over a marketplace of its own."""
    if request.param not in BESIDE_POSTGRES:
        opened = DOORS[request.param](tmp_path)
        yield opened
        opened.close()
        return
    with folders_on_postgres(request.getfixturevalue("postgres")) as assign:
        there = BESIDE_POSTGRES[request.param](tmp_path, assign)
        yield there
        there.close()
        for data in marketplaces_in(tmp_path):
            assert_coherent(data)
            (data / BESIDE).unlink()


@pytest.fixture
def world(driver: Driver) -> Iterator[World]:
    """Return the scenario's memory; a refusal that no step expected fails the scenario."""
    remembered = World(driver=driver)
    yield remembered
    remembered.nothing_refused()


@pytest.fixture
def opened_shops() -> set[str]:
    """Return the shops this scenario has opened."""
    return set()


@pytest.fixture
def _shop() -> str:
    """Return the shop last spoken of; steps that open one replace it."""
    return ""


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a real clip and files that are none."""
    return make_clips(tmp_path_factory.mktemp("clips"))
