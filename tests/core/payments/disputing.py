"""Whom and what tests of card disputes talk about, and short ways to have one."""

from marketplace_core.kernel.ids import PaymentId, SellerOrderId
from marketplace_core.payments import (
    DisputeState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.dispute import Dispute
from marketplace_core.testing.payments import BOB, EUR, euros
from tests.core.payments.till import Till

S = DisputeState
PAYABLE_BOB, LOSSES, FEES = accounts.seller_payable(BOB, EUR), accounts.dispute_losses(EUR), accounts.dispute_fees(EUR)


def dispute_of(till: Till) -> Dispute:
    """Return the one dispute there is."""
    (dispute,) = till.store.table("payments_disputes")
    assert isinstance(dispute, Dispute)
    return dispute


def reference_of(till: Till, payment_id: PaymentId) -> str:
    """Return the provider's name of a payment."""
    return next(one.reference for one in till.provider.all_payments.values() if one.payment_id == payment_id)


async def disputed(
    till: Till,
    payment_id: PaymentId,
    amount_minor: int,
    state: DisputeState = S.NEEDS_RESPONSE,
    item: SellerOrderId | None = None,
) -> str:
    """Have the buyer's bank take some of a payment back, and perhaps say for whose goods."""
    reference = till.network.open(reference_of(till, payment_id), euros(amount_minor), state=state, item=item)
    await till.settle()
    return reference


async def decided(till: Till, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
    """Have the network decide."""
    till.network.move(reference, state, returns_fee=returns_fee)
    await till.settle()
