"""The gateways to Stripe pass the conformance classes of payment providers, the SDK speaking HTTP with a stand-in."""

import pytest
import stripe

from marketplace_core.testing.conformance.dispute_gateway import DisputeGatewayConformance
from marketplace_core.testing.conformance.payment_provider import PaymentGatewayConformance, ProviderGround
from marketplace_core.testing.conformance.payout_gateway import PayoutGatewayConformance
from marketplace_core.testing.conformance.provider_books import ProviderBooksConformance
from marketplace_core.testing.conformance.provider_news import ProviderNewsConformance
from marketplace_core.testing.conformance.refunding import RefundingConformance
from marketplace_core.testing.conformance.reversing import ReversingConformance
from tests.adapters.stripe.conftest import Stage
from tests.conformance import Met


class _AtTheStandIn:
    @pytest.fixture
    def ground(self, stage: Stage, met: Met) -> ProviderGround:
        met("the stand-in, by Stripe's SDK", stripe.VERSION)
        return stage.ground


class TestStripePaymentGateway(_AtTheStandIn, PaymentGatewayConformance):
    pass


class TestStripePayoutGateway(_AtTheStandIn, PayoutGatewayConformance):
    pass


class TestStripeRefunding(_AtTheStandIn, RefundingConformance):
    pass


class TestStripeReversing(_AtTheStandIn, ReversingConformance):
    pass


class TestStripeDisputeGateway(_AtTheStandIn, DisputeGatewayConformance):
    pass


class TestStripeBooks(_AtTheStandIn, ProviderBooksConformance):
    pass


class TestStripeNews(_AtTheStandIn, ProviderNewsConformance):
    pass
