"""Every test of orders gets a house of its own."""

import pytest

from tests.core.orders.house import House, open_house


@pytest.fixture
def house() -> House:
    return open_house()
