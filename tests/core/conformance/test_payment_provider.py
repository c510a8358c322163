"""The payment provider in memory passes the conformance classes of payment providers."""

from datetime import timedelta

import pytest
from attrs import evolve, frozen

from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_messages import InMemoryProviderMessages
from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import DisputeState, ProviderPayment, ProviderPayout, ProviderRefund
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.dispute_gateway import DisputeGatewayConformance
from marketplace_core.testing.conformance.payment_provider import (
    ACCOUNT_CLOSED,
    CARD_CLOSED,
    Levers,
    PaymentGatewayConformance,
    ProviderGround,
)
from marketplace_core.testing.conformance.payout_gateway import PayoutGatewayConformance
from marketplace_core.testing.conformance.provider_books import ProviderBooksConformance
from marketplace_core.testing.conformance.provider_messages import MIDDAY, MessagesGround, ProviderMessagesConformance
from marketplace_core.testing.conformance.provider_news import ProviderNewsConformance
from marketplace_core.testing.conformance.refunding import RefundingConformance
from marketplace_core.testing.conformance.reversing import ReversingConformance


@frozen
class InMemoryLevers(Levers):
    """Moves the provider and the card network in memory."""

    provider: InMemoryPaymentProvider
    network: InMemoryCardNetwork

    async def hold_refunds(self) -> None:
        """Change the terms."""
        self.provider.terms = evolve(self.provider.terms, holds_refunds=True)

    async def settle_refund(self, refund: ProviderRefund) -> None:
        """Change them back."""
        self.provider.terms = evolve(self.provider.terms, holds_refunds=False)
        self.provider.settle()

    async def fail_refund(self, refund: ProviderRefund) -> None:
        """Have it fail."""
        self.provider.fail_refund(RefundId(refund.refund_id), CARD_CLOSED)

    async def open_dispute(self, payment: ProviderPayment, amount: Money, *, warning: bool = False) -> str:
        """Have the network open it."""
        return self.network.open(
            payment.reference,
            amount,
            state=DisputeState.WARNING if warning else DisputeState.NEEDS_RESPONSE,
            evidence_due=self.provider.clock.now() + timedelta(days=7),
        )

    async def move_dispute(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Have the network decide."""
        self.network.move(reference, state, returns_fee=returns_fee)

    async def return_payout(self, payout: ProviderPayout) -> None:
        """Have the bank return it."""
        self.provider.return_payout(PayoutId(payout.payout_id), ACCOUNT_CLOSED)


def provider_in_memory() -> ProviderGround:
    """Put an empty provider together."""
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    network = InMemoryCardNetwork(provider)

    async def show_card(payment: ProviderPayment, card: str) -> None:
        assert payment.client_secret is not None
        provider.pay(payment.client_secret, card)

    async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
        assert payment.client_secret is not None
        provider.authenticate(payment.client_secret, approve=approve)

    return ProviderGround(
        payments=InMemoryPaymentGateway(provider),
        payouts=InMemoryPayoutGateway(provider),
        disputes=InMemoryDisputeGateway(network),
        books=InMemoryProviderBooks(network),
        news=InMemoryProviderNews(provider),
        levers=InMemoryLevers(provider, network),
        clock=clock,
        show_card=show_card,
        answer_bank=answer_bank,
    )


class _ProviderInMemory:
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_in_memory()


class TestInMemoryPaymentGateway(_ProviderInMemory, PaymentGatewayConformance):
    pass


class TestInMemoryPayoutGateway(_ProviderInMemory, PayoutGatewayConformance):
    pass


class TestInMemoryRefunding(_ProviderInMemory, RefundingConformance):
    pass


class TestInMemoryReversing(_ProviderInMemory, ReversingConformance):
    pass


class TestInMemoryDisputeGateway(_ProviderInMemory, DisputeGatewayConformance):
    pass


class TestInMemoryProviderBooks(_ProviderInMemory, ProviderBooksConformance):
    pass


class TestInMemoryProviderNews(_ProviderInMemory, ProviderNewsConformance):
    pass


class TestInMemoryProviderMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        messages = InMemoryProviderMessages(b"secret")
        headers, body = messages.write("msg_1", "payment.succeeded", "payment", "pay_1", MIDDAY)
        return MessagesGround(messages=messages, headers=headers, body=body, sent_at=MIDDAY, signed=messages.sign)
