"""A till whose payouts can fail, and how a payout stands."""

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import PayoutId, UserId
from marketplace_core.payments import (
    PayoutState,
    ViewPayout,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, EUR
from tests.core.payments.faults import FaultyPayouts
from tests.core.payments.till import OPERATOR, Till, a_till

SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
PAYABLE_ADA = accounts.seller_payable(ADA, EUR)
WALLET_ADA = accounts.wallet(ADA, EUR)


def a_faulty_till(terms: Terms | None = None) -> tuple[Till, FaultyPayouts]:
    """Return a till whose payout gateway can fail."""
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock, terms=terms)
    gateway = FaultyPayouts(InMemoryPayoutGateway(provider))
    return a_till(clock=clock, provider=provider, payouts=gateway), gateway


async def state_of(till: Till, payout_id: PayoutId) -> PayoutState:
    """Look how a payout stands."""
    return (await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)).state
