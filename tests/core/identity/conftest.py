"""Every test of identity gets an identity of its own."""

import pytest

from tests.core.identity.door import Identity, open_identity


@pytest.fixture
def identity() -> Identity:
    return open_identity()
