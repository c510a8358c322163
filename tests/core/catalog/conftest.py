"""Fixtures of the catalogue's tests."""

import pytest

from tests.core.catalog.stand import Stand


@pytest.fixture
def stand() -> Stand:
    """Return an empty catalogue with two shops."""
    return Stand()
