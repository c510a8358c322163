"""Request a refund: a buyer wants money back, or somebody in charge gives it."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OrderId, RefundId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import allocate
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.access import no_payment, party_of
from marketplace_core.payments.domain.errors import MalformedRefund, RefundExceedsRemaining, WrongState
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund import Refund, RefundPart
from marketplace_core.payments.domain.standing import NOTHING, Portion
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe


@frozen(kw_only=True)
class RefundWish:
    """What shall go back of one seller order, in minor units of the order's currency.

    ``platform_minor`` is what the platform bears of a part whose money the seller has already; operators only.
    """

    seller_order_id: SellerOrderId
    items_minor: int = 0
    delivery_minor: int = 0
    platform_minor: int = 0


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
      another operator approves it.
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
            parts = _parts(command, payment, holds, by, who)
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
                if who is Who.BUYER:
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


def _parts(
    command: RequestRefund, payment: Payment, holds: Sequence[EscrowHold], by: Actor, who: Who
) -> tuple[RefundPart, ...]:
    if payment.state is not PaymentState.CAPTURED:
        raise WrongState("The order is not paid; there is nothing to give back.", state=payment.state.value)
    known = {hold.seller_order_id: hold for hold in holds}
    if who is Who.SELLER:
        known = {name: hold for name, hold in known.items() if hold.seller_id == by.seller_id}
    if (command.amount_minor is None) == (not command.wishes):
        raise MalformedRefund("Name seller orders, or an amount for all of them; not both.")
    if command.amount_minor is not None:
        return spread(command.amount_minor, tuple(known.values()))
    parts = []
    for wish in command.wishes:
        hold = known.get(wish.seller_order_id)
        if hold is None:
            raise MalformedRefund(f"{wish.seller_order_id} is no part of this order that you decide about.")
        if min(wish.items_minor, wish.delivery_minor, wish.platform_minor) < 0:
            raise MalformedRefund("No amount of a refund is below zero.")
        if wish.platform_minor and who is not Who.OPERATOR:
            raise MalformedRefund("Only an operator lets the platform bear a part.")
        wanted = Portion(items=wish.items_minor, delivery=wish.delivery_minor)
        hold.refund_of(wanted)
        parts.append(
            RefundPart(
                seller_order_id=hold.seller_order_id,
                seller_id=hold.seller_id,
                wanted=wanted,
                platform_minor=wish.platform_minor,
            )
        )
    return tuple(parts)


def spread(amount_minor: int, holds: Sequence[EscrowHold]) -> tuple[RefundPart, ...]:
    """Split an amount over what can still be refunded, by largest remainder, ties by name.

    Raises ``MalformedRefund`` unless it is above zero, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``.
    """
    ordered = sorted(holds, key=lambda hold: hold.seller_order_id)
    for hold in ordered:
        hold.refund_of(NOTHING)
    left = [hold.standing.refundable for hold in ordered]
    remaining = sum(portion.amount for portion in left)
    if amount_minor <= 0:
        raise MalformedRefund("A refund is an amount above zero.")
    if amount_minor > remaining:
        raise RefundExceedsRemaining("That is more than can still be refunded.", remaining_minor=remaining)
    shares = iter(allocate(amount_minor, [minor for one in left for minor in (one.items, one.delivery)]))
    parts = [(hold, Portion(items=next(shares), delivery=next(shares))) for hold in ordered]
    return tuple(
        RefundPart(seller_order_id=hold.seller_order_id, seller_id=hold.seller_id, wanted=wanted)
        for hold, wanted in parts
        if wanted.amount
    )
