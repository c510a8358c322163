"""A marketplace of real processes for the tests of this folder."""

from collections.abc import Iterator

import pytest

from features.drivers.processes import executed
from tests.entrypoints.running.people import Person, appoint
from tests.entrypoints.running.processes import Make, Running
from tests.entrypoints.running.trade import Shop, add_category, open_shop


@pytest.fixture(scope="module")
def marketplaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Make marketplaces over folders of their own; what runs of them is ended after the module."""
    made: list[Running] = []

    def make() -> Running:
        made.append(Running(tmp_path_factory.mktemp("marketplace")))
        return made[-1]

    yield make
    for running in made:
        running.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return a marketplace with server and worker that many tests share: each brings its own people and goods.

    Its processes are started as an operator starts them.
    """
    shared = Running(tmp_path_factory.mktemp("shared"), begin=executed)
    try:
        shared.start_server()
        shared.start_worker()
        yield shared
    finally:
        shared.close()


@pytest.fixture(scope="session")
def operator(running: Running) -> Person:
    """Return the shared marketplace's operator; there is a category, too."""
    person = appoint(running, "Operator")
    add_category(person)
    return person


@pytest.fixture(scope="session")
def shop(operator: Person) -> Shop:
    """Return a shop of the shared marketplace."""
    return open_shop(operator, "Clay and Co")
