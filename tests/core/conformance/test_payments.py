"""Payments in memory, and the provider in memory, pass the conformance classes of payments."""

import pytest

from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.ledger import InMemoryBooksReader
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_messages import InMemoryProviderMessages
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.store import Store
from marketplace_core.payments import ProviderPayment
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import (
    MIDDAY,
    MessagesGround,
    PaymentGatewayConformance,
    PayoutGatewayConformance,
    ProviderGround,
    ProviderMessagesConformance,
)
from marketplace_core.testing.conformance.payments import (
    EscrowHoldsConformance,
    PaymentsConformance,
    SellerAccountsConformance,
)
from marketplace_core.testing.conformance.payments_reader import PaymentsReaderConformance
from marketplace_core.testing.conformance.payouts import PayoutsConformance
from marketplace_core.testing.conformance.provider_returns import ProviderReturnsConformance
from marketplace_core.testing.conformance.refunds import RefundsConformance
from marketplace_core.testing.conformance.refunds_reader import RefundsReaderConformance
from marketplace_core.testing.payments import PaymentsGround


class _InMemory:
    @pytest.fixture
    def ground(self) -> PaymentsGround:
        store = Store(FrozenClock(), CountingIds())
        return PaymentsGround(
            begin=store.begin(InMemoryPaymentsWork),
            reader=InMemoryPaymentsReader(store),
            books=InMemoryBooksReader(store),
            audit=InMemoryAudit(store),
        )


class TestInMemoryPayments(_InMemory, PaymentsConformance):
    pass


class TestInMemoryEscrowHolds(_InMemory, EscrowHoldsConformance):
    pass


class TestInMemorySellerAccounts(_InMemory, SellerAccountsConformance):
    pass


class TestInMemoryPayouts(_InMemory, PayoutsConformance):
    pass


class TestInMemoryRefunds(_InMemory, RefundsConformance):
    pass


class TestInMemoryPaymentsReader(_InMemory, PaymentsReaderConformance):
    pass


class TestInMemoryRefundsReader(_InMemory, RefundsReaderConformance):
    pass


class _ProviderInMemory:
    @pytest.fixture
    def ground(self) -> ProviderGround:
        clock = FrozenClock()
        provider = InMemoryPaymentProvider(clock)

        async def show_card(payment: ProviderPayment, card: str) -> None:
            assert payment.client_secret is not None
            provider.pay(payment.client_secret, card)

        async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
            assert payment.client_secret is not None
            provider.authenticate(payment.client_secret, approve=approve)

        return ProviderGround(
            payments=InMemoryPaymentGateway(provider),
            payouts=InMemoryPayoutGateway(provider),
            clock=clock,
            show_card=show_card,
            answer_bank=answer_bank,
        )


class TestInMemoryPaymentGateway(_ProviderInMemory, PaymentGatewayConformance):
    pass


class TestInMemoryPayoutGateway(_ProviderInMemory, PayoutGatewayConformance):
    pass


class TestInMemoryProviderReturns(_ProviderInMemory, ProviderReturnsConformance):
    pass


class TestInMemoryProviderMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        messages = InMemoryProviderMessages(b"secret")
        headers, body = messages.write("msg_1", "payment.succeeded", "payment", "pay_1", MIDDAY)
        return MessagesGround(messages=messages, headers=headers, body=body, sent_at=MIDDAY, signed=messages.sign)
