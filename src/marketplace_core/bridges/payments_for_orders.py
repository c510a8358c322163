"""Payments as the orders context needs them."""

from collections.abc import Sequence

from attrs import frozen

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PaymentId, UserId
from marketplace_core.kernel.messages import Handler
from marketplace_core.orders.ports import CancelOutcome, Checkout, PaymentStep, Share
from marketplace_core.payments import (
    CancelPayment,
    GiveBack,
    OpenPayment,
    PaymentNotFound,
    PaymentsReader,
    RequestPayment,
)
from marketplace_core.payments import PaymentStep as Step
from marketplace_core.payments import Share as PaymentShare


@frozen(kw_only=True)
class PaymentsCheckout(Checkout):
    """The till. The four handlers are the payments' own; ``open_payment`` and
    ``give_back_payment`` run inside the order's transaction.
    """

    payments: PaymentsReader
    open_payment: Handler
    request_payment: Handler
    cancel_payment: Handler
    give_back_payment: Handler

    async def open(self, order_id: OrderId, buyer_id: UserId, currency: str, shares: Sequence[Share]) -> PaymentId:
        """Open the payment."""
        command = OpenPayment(
            order_id=order_id,
            buyer_id=buyer_id,
            currency=currency,
            shares=tuple(
                PaymentShare(
                    seller_order_id=share.seller_order_id,
                    seller_id=share.seller_id,
                    items=share.items,
                    delivery=share.delivery,
                )
                for share in shares
            ),
        )
        payment_id: PaymentId = await self.open_payment(command, SYSTEM)
        return payment_id

    async def request(self, payment_id: PaymentId) -> PaymentStep:
        """Request it."""
        return _translated(await self.request_payment(RequestPayment(payment_id=payment_id), SYSTEM))

    async def step(self, payment_id: PaymentId) -> PaymentStep:
        """Read it."""
        view = await self.payments.payment(payment_id)
        if view is None:
            raise PaymentNotFound("There is no such payment.")
        return _translated(view.step)

    async def cancel(self, payment_id: PaymentId) -> CancelOutcome:
        """Cancel it."""
        outcome = await self.cancel_payment(CancelPayment(payment_id=payment_id), SYSTEM)
        return CancelOutcome(outcome.value)

    async def give_back(self, payment_id: PaymentId) -> None:
        """Owe it to the buyer."""
        await self.give_back_payment(GiveBack(payment_id=payment_id), SYSTEM)


def _translated(step: Step) -> PaymentStep:
    return PaymentStep(
        payment_id=step.payment_id,
        provider=step.provider,
        state=step.state.value,
        amount=step.amount,
        client_secret=step.client_secret,
        provider_reference=step.provider_reference,
        failure_code=step.failure_code,
    )
