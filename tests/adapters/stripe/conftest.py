"""Our gateways to Stripe, through its SDK and over HTTP, to a stand-in that keeps books."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from attrs import frozen

from marketplace_adapters.stripe.books import StripeBooks
from marketplace_adapters.stripe.connection import StripeConnection
from marketplace_adapters.stripe.disputes import StripeDisputeGateway
from marketplace_adapters.stripe.gateway import StripePaymentGateway
from marketplace_adapters.stripe.news import StripeNews
from marketplace_adapters.stripe.payouts import StripePayoutGateway
from marketplace_core.payments import ProviderPayment
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.payment_provider import ProviderGround
from tests.adapters.stripe.levers import StripeLevers
from tests.adapters.stripe.standin.app import KEY, PUBLISHABLE_KEY, StandIn
from tests.adapters.stripe.standin.books import Books
from tests.adapters.stripe.standin.serving import served


@frozen(kw_only=True)
class Stage:
    """The stand-in, where it is, and our gateways to it."""

    standin: StandIn
    address: str
    ground: ProviderGround
    connection: StripeConnection

    @property
    def books(self) -> Books:
        """What the stand-in knows."""
        return self.standin.books


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    """Serve an empty stand-in and connect to it."""
    clock = FrozenClock()
    standin = StandIn(books=Books(clock=clock.now))
    async with served(standin.app()) as address, httpx.AsyncClient(base_url=address) as browser:
        connection = StripeConnection(KEY, address=address)

        async def show_card(payment: ProviderPayment, card: str) -> None:
            form = {
                "client_secret": payment.client_secret or "",
                "payment_method_data[type]": "card",
                "payment_method_data[card][number]": card,
            }
            headers = {"Authorization": f"Bearer {PUBLISHABLE_KEY}"}
            answer = await browser.post(f"/v1/payment_intents/{payment.reference}/confirm", data=form, headers=headers)
            assert answer.status_code in {200, 402}, answer.text

        async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
            standin.books.answer_bank(payment.reference, approve=approve)

        ground = ProviderGround(
            payments=StripePaymentGateway(connection, "FR"),
            payouts=StripePayoutGateway(connection),
            disputes=StripeDisputeGateway(connection),
            books=StripeBooks(connection, page_size=2),
            news=StripeNews(connection),
            levers=StripeLevers(standin.books),
            clock=clock,
            show_card=show_card,
            answer_bank=answer_bank,
        )
        yield Stage(standin=standin, address=address, ground=ground, connection=connection)
        await connection.close()
