"""A shop to type commands about."""

import pytest

from marketplace_entrypoints.composition.settings import Settings
from tests.entrypoints.cli.music_shop import FurnishedFolder, furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> FurnishedFolder:
    """Return a data folder with the shop, of which every test takes a copy."""
    return furnish(Settings(data=tmp_path_factory.mktemp("music")))
