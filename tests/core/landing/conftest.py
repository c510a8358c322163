"""Every test of landing gets a shop of its own."""

import pytest

from tests.core.landing.shop import Shop, open_shop


@pytest.fixture
def shop() -> Shop:
    return open_shop()
