"""The gateways to Stripe survive what goes wrong on the way there."""

from collections.abc import AsyncGenerator

import pytest
from attrs import evolve

from marketplace_adapters.stripe.books import StripeBooks
from marketplace_adapters.stripe.connection import StripeConnection
from marketplace_adapters.stripe.disputes import StripeDisputeGateway
from marketplace_adapters.stripe.gateway import StripePaymentGateway
from marketplace_adapters.stripe.payouts import StripePayoutGateway
from marketplace_core.testing.chaos import chaos
from marketplace_core.testing.conformance.chaos import ChaosGround, SurvivesChaos
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY


class TestStripeThroughChaos(SurvivesChaos):
    @pytest.fixture
    async def ground(self, stage: Stage) -> AsyncGenerator[ChaosGround]:
        async with chaos(stage.address) as proxy:
            connection = StripeConnection(KEY, address=proxy.address)
            provider = evolve(
                stage.ground,
                payments=StripePaymentGateway(connection, "FR"),
                payouts=StripePayoutGateway(connection),
                disputes=StripeDisputeGateway(connection),
                books=StripeBooks(connection, page_size=4),
            )
            yield ChaosGround(provider=provider, proxy=proxy)
            await connection.close()
