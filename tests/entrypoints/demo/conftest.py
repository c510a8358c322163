"""Fixtures of the demonstration's tests."""

import pytest

from marketplace_entrypoints.demo.hands import Hands
from tests.entrypoints.demo.memory import hands_in_memory


@pytest.fixture
def hands() -> Hands:
    return hands_in_memory()
