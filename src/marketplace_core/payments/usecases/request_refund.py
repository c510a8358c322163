"""Request a refund: a buyer wants money back, or somebody in charge gives it."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OrderId, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.access import no_payment, party_of
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.domain.wishes import RefundWish, wanted_parts
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe


@frozen(kw_only=True)
class RequestedRefund:
    """The refund, where it stands, and what it comes to in minor units."""

    refund_id: RefundId
    state: RefundState
    amount_minor: int
    currency: str


@frozen(kw_only=True)
class RequestRefund(Command[RequestedRefund]):
    """Ask for money back, or give it: ``wishes`` per seller order, or ``amount_minor`` over the whole order.

    A buyer's wish waits for the seller; what a seller (of their own part) or an operator says is approved at once.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId
    reason: str
    wishes: tuple[RefundWish, ...] = ()
    amount_minor: int | None = field(default=None)


@frozen(kw_only=True)
class RequestRefundHandler:
    """Ask for a refund.

    - Nothing is refunded of what was not paid, and no more than is left of each seller's part.
    - An amount without seller orders is split over all parts in proportion to what can still be refunded, to the cent.
    - A buyer's wish is decided by the seller or an operator; if nobody does within 7 days it is approved.
    - A seller gives back what is of their own part, at once. An operator gives back anything, at once; from 1 000.00 on
      another operator approves it; if none does within 7 days it is rejected.
    - The buyer's money comes out of escrow while it is held; afterwards commission is given back first, then the
      seller's reserve and what is payable to them is used, and what is missing is the seller's debt. The buyer waits
      for none of it.
    - While a card dispute is open on a part, the dispute decides about its money.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: RequestRefund, by: Actor) -> RequestedRefund:
        """Carry it out.

        Raises ``PaymentNotFound``, ``MalformedRefund``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``,
        ``WrongState`` for an order that is not paid.
        """
        now = self.clock.now()
        async with self.begin() as work:
            payment = await work.payments.of_order(command.order_id)
            if payment is None:
                raise no_payment()
            holds = await work.holds.of_payment(payment.payment_id)
            who = party_of(by, buyer_id=payment.buyer_id, seller_ids={hold.seller_id for hold in holds})
            parts = wanted_parts(
                [hold for hold in holds if who is not Who.SELLER or hold.seller_id == by.seller_id],
                state=payment.state,
                wishes=command.wishes,
                amount_minor=command.amount_minor,
                who=who,
            )
            refund = Refund.request(
                refund_id=RefundId(self.ids.new("rfd")),
                payment_id=payment.payment_id,
                order_id=payment.order_id,
                buyer_id=payment.buyer_id,
                provider=payment.provider,
                currency=payment.amount.currency,
                reason=command.reason,
                who=who,
                requester_id=by.user_id,
                parts=parts,
                now=now,
            )
            waits = who is Who.BUYER or (who is Who.OPERATOR and refund.needs_second(self.policy))
            if waits:
                await work.refunds.save(refund)
                at = now + self.policy.refund_decided_after
                await work.deadlines.set(timers.DECIDE_REFUND, refund.refund_id, at)
            else:
                await owe(work, refund, who, now)
        return RequestedRefund(
            refund_id=refund.refund_id,
            state=refund.state,
            amount_minor=refund.amount.amount_minor,
            currency=refund.amount.currency,
        )
