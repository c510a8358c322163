"""Return what is left of a share: its goods will not be sent."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, RefundId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.standing import NOTHING, Portion
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe


@frozen(kw_only=True)
class ReturnShare(Command[RefundId | None]):
    """Owe a part of a seller order to its buyer, in minor units; joins the transaction that calls the goods off.

    ``whole`` means all that is left of it, whatever its parts.
    """

    permission: ClassVar[Permission] = Permission.SYSTEM

    seller_order_id: SellerOrderId
    reason: str
    items_minor: int = 0
    delivery_minor: int = 0
    whole: bool = False


@frozen(kw_only=True)
class ReturnShareHandler:
    """Give back what goods cost that will not be sent.

    - No more than is left: what was refunded before is not refunded again. If nothing is left there is no refund.
    - It is approved at once, without a second operator: nobody chose the amount.
    - While a card dispute is open on the share, the dispute decides about its money and the goods cannot be called off.
    """

    begin: Begin[PaymentsWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: ReturnShare, by: Actor) -> RefundId | None:
        """Carry it out. Raises ``EscrowNotFound``, ``RefundBlockedByDispute``."""
        now = self.clock.now()
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            hold.refund_of(NOTHING)
            if hold.parcels.expected and not command.whole:
                hold.expect_less(command.items_minor)
                await work.holds.save(hold)
            left = hold.standing.refundable
            wanted = left.up_to(
                left if command.whole else Portion(items=command.items_minor, delivery=command.delivery_minor)
            )
            if not wanted.amount:
                return None
            payment = await work.payments.get(hold.payment_id)
            refund = Refund.request(
                refund_id=RefundId(self.ids.new("rfd")),
                payment_id=payment.payment_id,
                order_id=payment.order_id,
                buyer_id=payment.buyer_id,
                provider=payment.provider,
                currency=payment.amount.currency,
                reason=command.reason,
                who=Who.SYSTEM,
                requester_id=None,
                parts=(RefundPart(seller_order_id=hold.seller_order_id, seller_id=hold.seller_id, wanted=wanted),),
                now=now,
            )
            await owe(work, refund, Who.SYSTEM, now)
        return refund.refund_id
