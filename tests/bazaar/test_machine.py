"""The marketplace under everything at once, for a short while and always the same; `./dev machine` goes on longer."""

import pytest
from hypothesis import HealthCheck, settings

from tests.bazaar.machine import Marketplace

TestMarketplace = pytest.mark.slow(Marketplace.TestCase)
TestMarketplace.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
