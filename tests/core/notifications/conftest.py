"""Every test of notifications gets a post office of its own."""

import pytest

from tests.core.notifications.post_office import PostOffice, open_post_office


@pytest.fixture
def office() -> PostOffice:
    return open_post_office()
