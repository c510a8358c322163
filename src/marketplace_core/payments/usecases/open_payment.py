"""Open a payment: the row that everything about one order's money hangs on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, OrderId, PaymentId, UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.payment import Payment, Share
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.ports import PaymentGateway, PaymentsWork
from marketplace_core.payments.usecases.standing import require_can_sell


@frozen(kw_only=True)
class OpenPayment(Command[PaymentId]):
    """Open the payment of an order that has just been placed; joins the transaction that places it."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    order_id: OrderId
    buyer_id: UserId
    currency: str
    shares: tuple[Share, ...]


@frozen(kw_only=True)
class OpenPaymentHandler:
    """Open a payment with one hold per seller.

    - The buyer owes, of each share, items and delivery and on top of them tax and fee, less what the platform
      subsidises; no part is below zero.
    - For each seller order a hold is opened, waiting for the money, under today's commission terms: later changes of
      the terms do not touch it.
    - A shop that is suspended, owes too much or for too long, or is not yet paid by the provider and has reached its
      limit, takes no order: the whole order is refused and names the shop.
    - An order has one payment; opening it again returns the same one.
    - Nothing is asked of the payment provider here; a timer makes sure that it will be.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: OpenPayment, by: Actor) -> PaymentId:
        """Carry it out. Raises ``MalformedShares``, ``SellerCannotSell``."""
        now = self.clock.now()
        async with self.begin() as work:
            existing = await work.payments.of_order(command.order_id)
            if existing is not None:
                return existing.payment_id
            payment = Payment.open(
                payment_id=PaymentId(self.ids.new("pay")),
                order_id=command.order_id,
                buyer_id=command.buyer_id,
                currency=command.currency,
                provider=self.gateway.provider,
                shares=command.shares,
                now=now,
            )
            shares = {share.seller_id: share.amount for share in payment.shares}
            await require_can_sell(work, shares, self.policy, now)
            await work.payments.save(payment)
            for share in payment.shares:
                await work.holds.save(
                    EscrowHold(
                        seller_order_id=share.seller_order_id,
                        payment_id=payment.payment_id,
                        order_id=payment.order_id,
                        seller_id=share.seller_id,
                        items=share.items,
                        delivery=share.delivery,
                        terms=self.policy.terms(),
                        extras=share.extras,
                        tax_jurisdiction=share.tax_jurisdiction,
                    )
                )
            await work.deadlines.set(timers.REQUEST_PAYMENT, payment.payment_id, now + timers.REQUEST_AFTER)
        return payment.payment_id
