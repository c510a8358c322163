"""Split services of real processes behind a real gateway."""

from collections.abc import Iterator

import httpx
import pytest

from features.drivers.names import free_port
from features.drivers.split import HERE, Split
from marketplace_entrypoints.roles import ROLES


@pytest.fixture(scope="session")
def split(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Split]:
    """Return a marketplace in four services that many tests share."""
    folder = tmp_path_factory.mktemp("split")
    apart = ("identity", "catalog", "web")
    groups = (*((role,) for role in apart), tuple(role for role in ROLES if role not in apart))
    environment = {
        "MARKETPLACE_DATA": str(folder / "data"),
        "MARKETPLACE_RATES": '{"join_from": {"times": 100000, "seconds": 3600}}',
    }
    there = Split(folder, environment, free_port(), groups=groups)
    there.start()
    yield there
    for process in there.processes:
        process.terminate()
    for process in there.processes:
        process.wait(30)


@pytest.fixture
def client(split: Split) -> Iterator[httpx.Client]:
    """Return a client of the gateway."""
    with httpx.Client(base_url=f"http://{HERE}:{split.port}", timeout=30, trust_env=False) as there:
        yield there
