"""The gateways to FakePay survive what goes wrong on the way there."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.fakepay.books import FakepayBooks
from marketplace_adapters.fakepay.buyer import FakepayBuyer
from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.disputes import FakepayDisputeGateway
from marketplace_adapters.fakepay.gateway import FakepayPaymentGateway
from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_adapters.fakepay.provider.app import create_provider
from marketplace_adapters.fakepay.script import FakepayScript
from marketplace_core.payments import ProviderPayment
from marketplace_core.testing.chaos import chaos
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.chaos import ChaosGround, SurvivesChaos
from marketplace_core.testing.conformance.payment_provider import ProviderGround
from tests.adapters.fakepay.levers import FakepayLevers
from tests.adapters.fakepay.test_conformance import API_KEY, TEST_SECRET
from tests.adapters.stripe.standin.serving import served


class TestFakepayThroughChaos(SurvivesChaos):
    @pytest.fixture
    async def ground(self, tmp_path: Path) -> AsyncGenerator[ChaosGround]:
        clock = FrozenClock()
        app = create_provider(
            tmp_path / "books.sqlite", secrets=["secret"], clock=clock.now, api_key=API_KEY, test_secret=TEST_SECRET
        )
        async with (
            served(app) as address,
            chaos(address) as proxy,
            httpx.AsyncClient(base_url=address) as direct,
            httpx.AsyncClient(base_url=proxy.address) as client,
        ):
            connection, buyer = FakepayConnection(client, api_key=API_KEY), FakepayBuyer(direct)

            async def show_card(payment: ProviderPayment, card: str) -> None:
                await buyer.pay(payment.reference, payment.client_secret or "", card)

            async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
                await buyer.authenticate(payment.reference, payment.client_secret or "", approve=approve)

            provider = ProviderGround(
                payments=FakepayPaymentGateway(connection),
                payouts=FakepayPayoutGateway(connection),
                disputes=FakepayDisputeGateway(connection),
                books=FakepayBooks(connection, page_size=4),
                levers=FakepayLevers(FakepayScript(direct, TEST_SECRET)),
                clock=clock,
                show_card=show_card,
                answer_bank=answer_bank,
            )
            yield ChaosGround(provider=provider, proxy=proxy)
        app.state.provider.close()
