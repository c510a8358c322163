"""Every test of the cart gets a stall of its own."""

import pytest

from tests.core.cart.stall import Stall, open_stall


@pytest.fixture
def stall() -> Stall:
    return open_stall()
