"""A till for every test."""

import pytest

from tests.core.payments.till import Till, a_till


@pytest.fixture
def till() -> Till:
    """Return an empty till."""
    return a_till()
