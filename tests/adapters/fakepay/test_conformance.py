"""The gateways to FakePay pass the conformance classes of payment providers, over HTTP."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.fakepay.books import FakepayBooks
from marketplace_adapters.fakepay.buyer import FakepayBuyer
from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.disputes import FakepayDisputeGateway
from marketplace_adapters.fakepay.gateway import FakepayPaymentGateway
from marketplace_adapters.fakepay.news import FakepayNews
from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_adapters.fakepay.provider.app import create_provider
from marketplace_adapters.fakepay.provider.terms import Terms
from marketplace_adapters.fakepay.script import FakepayScript
from marketplace_core.payments import ProviderPayment, ProviderRefused
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.dispute_gateway import DisputeGatewayConformance
from marketplace_core.testing.conformance.payment_provider import PaymentGatewayConformance, ProviderGround
from marketplace_core.testing.conformance.payout_gateway import PayoutGatewayConformance
from marketplace_core.testing.conformance.provider_books import ProviderBooksConformance
from marketplace_core.testing.conformance.provider_news import ProviderNewsConformance
from marketplace_core.testing.conformance.refunding import RefundingConformance
from marketplace_core.testing.conformance.reversing import ReversingConformance
from tests.adapters.fakepay.levers import FakepayLevers

API_KEY, TEST_SECRET = "test-api-key", "test-secret"


class _OverHttp:
    @pytest.fixture
    async def ground(self, tmp_path: Path) -> AsyncGenerator[ProviderGround]:
        clock = FrozenClock()
        app = create_provider(
            tmp_path / "books.sqlite",
            secrets=["secret"],
            clock=clock.now,
            api_key=API_KEY,
            test_secret=TEST_SECRET,
            terms=Terms(bank_delay_seconds=60),
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://fakepay.test") as client:
            connection, buyer = FakepayConnection(client, api_key=API_KEY), FakepayBuyer(client)

            async def show_card(payment: ProviderPayment, card: str) -> None:
                try:
                    await buyer.pay(payment.reference, payment.client_secret or "", card)
                except ProviderRefused:
                    return  # a declined card is what some tests want

            async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
                try:
                    await buyer.authenticate(payment.reference, payment.client_secret or "", approve=approve)
                except ProviderRefused:
                    return

            yield ProviderGround(
                payments=FakepayPaymentGateway(connection),
                payouts=FakepayPayoutGateway(connection),
                disputes=FakepayDisputeGateway(connection),
                books=FakepayBooks(connection, page_size=2),
                news=FakepayNews(connection),
                levers=FakepayLevers(FakepayScript(client, TEST_SECRET)),
                clock=clock,
                show_card=show_card,
                answer_bank=answer_bank,
            )
            audit = (await client.get("/v1/audit", headers={"Authorization": f"Bearer {API_KEY}"})).json()
            assert audit["sound"], audit["findings"]
        app.state.provider.close()


class TestFakepayPaymentGateway(_OverHttp, PaymentGatewayConformance):
    pass


class TestFakepayPayoutGateway(_OverHttp, PayoutGatewayConformance):
    pass


class TestFakepayRefunding(_OverHttp, RefundingConformance):
    pass


class TestFakepayReversing(_OverHttp, ReversingConformance):
    pass


class TestFakepayDisputeGateway(_OverHttp, DisputeGatewayConformance):
    pass


class TestFakepayBooks(_OverHttp, ProviderBooksConformance):
    pass


class TestFakepayNews(_OverHttp, ProviderNewsConformance):
    pass
