"""Payments as the orders context needs them."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId, UserId
from marketplace_core.kernel.messages import Handler
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import CalledOff, Cause, MoneyDisputed, ParcelArrival
from marketplace_core.orders.ports import CancelOutcome, Checkout, OpenMatters, PaymentStep, Share
from marketplace_core.payments import (
    AcceptCapture,
    CancelPayment,
    DisputeState,
    Extras,
    FreezeEscrow,
    GiveBack,
    HoldState,
    OpenPayment,
    PaymentNotFound,
    PaymentsReader,
    Proof,
    RefundBlockedByDispute,
    RefundState,
    RequestPayment,
    ReturnShare,
    ScheduleParcel,
    UnfreezeEscrow,
)
from marketplace_core.payments import PaymentStep as Step
from marketplace_core.payments import Share as PaymentShare
from marketplace_core.payments.claims import ClaimState

UNDELIVERED: Final = "undelivered"
"""Why a held payment is frozen whose goods came back to their seller."""

_HELD: Final = frozenset({HoldState.PENDING, HoldState.HELD, HoldState.FROZEN})
_REFUNDS_OPEN: Final = frozenset({
    RefundState.REQUESTED,
    RefundState.DUE,
    RefundState.APPROVED,
    RefundState.SUBMITTED,
    RefundState.PENDING,
    RefundState.BOUNCED,
})  # fmt: skip
_DISPUTES_OPEN: Final = frozenset({DisputeState.WARNING, DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW})
_CLAIMS_OPEN: Final = frozenset({ClaimState.AWAITING_SELLER, ClaimState.AWAITING_OPERATOR})
_REASONS: Final = {
    Cause.OUT_OF_STOCK: "Sold out.",
    Cause.DECLINED: "Declined by the seller.",
    Cause.NOT_ACCEPTED: "Not accepted in time.",
    Cause.NOT_SHIPPED: "Not shipped in time.",
    Cause.BUYER: "Called off by the buyer.",
    Cause.SELLER: "Called off by the seller.",
    Cause.OPERATOR: "Called off by the marketplace.",
}


@frozen(kw_only=True)
class PaymentsCheckout(Checkout):
    """The till. The handlers are the payments' own; all but ``request_payment`` and ``cancel_payment`` run inside the
    order's transaction.
    """

    payments: PaymentsReader
    open_payment: Handler
    request_payment: Handler
    cancel_payment: Handler
    give_back_payment: Handler
    accept_capture: Handler
    give_share_back: Handler
    freeze_escrow: Handler
    unfreeze_escrow: Handler
    schedule_parcel: Handler

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
                    extras=Extras(tax=share.tax_minor, fee=share.fee_minor, subsidy=share.subsidy_minor),
                    tax_jurisdiction=share.tax_jurisdiction,
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

    async def accept(self, payment_id: PaymentId) -> bool:
        """Keep it."""
        enough: bool = await self.accept_capture(AcceptCapture(payment_id=payment_id), SYSTEM)
        return enough

    async def return_share(self, seller_order_id: SellerOrderId, gone: CalledOff) -> None:
        """Refund it, approved at once."""
        command = ReturnShare(
            seller_order_id=seller_order_id,
            reason=f"{_REASONS[gone.cause]} {gone.note}".strip(),
            items_minor=gone.items.amount_minor,
            delivery_minor=gone.delivery.amount_minor,
            whole=gone.whole,
        )
        try:
            await self.give_share_back(command, SYSTEM)
        except RefundBlockedByDispute as refusal:
            raise MoneyDisputed(
                "A card dispute decides about the money of these goods; they cannot be called off meanwhile.",
                seller_order_id=seller_order_id,
            ) from refusal

    async def freeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        """Freeze it, if anything is held."""
        hold = await self.payments.escrow(seller_order_id)
        if hold is not None and hold.state in {HoldState.HELD, HoldState.FROZEN}:
            await self.freeze_escrow(FreezeEscrow(seller_order_id=seller_order_id, reason=UNDELIVERED), SYSTEM)

    async def unfreeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        """Unfreeze it."""
        await self.unfreeze_escrow(UnfreezeEscrow(seller_order_id=seller_order_id, reason=UNDELIVERED), SYSTEM)

    async def parcel_arrived(self, seller_order_id: SellerOrderId, arrival: ParcelArrival) -> None:
        """Schedule its release."""
        command = ScheduleParcel(
            seller_order_id=seller_order_id,
            number=arrival.number,
            items_minor=arrival.items.amount_minor,
            expected_minor=arrival.expected.amount_minor,
            proof=Proof(arrival.proof.value),
            delivered_at=arrival.delivered_at,
        )
        await self.schedule_parcel(command, SYSTEM)

    async def open_matters(self, order_id: OrderId) -> OpenMatters:
        """Look at its holds, its refunds, its disputes and its claims."""
        holds = await self.payments.order_holds(order_id)
        held = () if holds is None else holds.holds
        one = PageRequest(limit=1)
        refunds = await self.payments.refunds(one, order_id=order_id, states=_REFUNDS_OPEN)
        disputes = await self.payments.disputes(one, order_id=order_id, states=_DISPUTES_OPEN)
        claims = await self.payments.claims(one, order_id=order_id, states=_CLAIMS_OPEN)
        return OpenMatters(
            held=frozenset(hold.seller_order_id for hold in held if hold.state in _HELD),
            pending=bool(refunds.items or disputes.items or claims.items),
        )


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
