"""The marketplace under everything at once, for a short while; `./dev machine` does it for longer."""

from hypothesis import HealthCheck, settings

from tests.bazaar.machine import Marketplace

TestMarketplace = Marketplace.TestCase
TestMarketplace.settings = settings(
    max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
