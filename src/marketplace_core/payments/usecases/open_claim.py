"""Open a claim: a buyer says that something is wrong with what they bought."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ClaimId, IdFactory, OfferId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.access import no_escrow
from marketplace_core.payments.domain.claim import Claim
from marketplace_core.payments.domain.claim_parts import ClaimKind, claimed, worth
from marketplace_core.payments.domain.claimable import check_claimable, check_unclaimed
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.ports import PaymentsWork, SoldGoods


@frozen(kw_only=True)
class ClaimedGoods:
    """So many of a line, named by its offer."""

    offer_id: OfferId
    quantity: int


@frozen(kw_only=True)
class OpenClaim(Command[ClaimId]):
    """Say that something is wrong with a seller's part of an order: with ``goods``, or with all of it if none is named.

    ``text`` says what it is; the seller and operators read it.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    seller_order_id: SellerOrderId
    kind: ClaimKind
    text: str
    goods: tuple[ClaimedGoods, ...] = ()


@frozen(kw_only=True)
class OpenClaimHandler:
    """Open a claim.

    - Who bought it may claim, for 14 days after delivery; where nothing arrives, from 28 days after the payment on, or
      at once if the parcel went back to its sender.
    - What is held for this part of the order stays held until the claim is closed; other parts go on. What the seller
      has been paid already is claimed all the same.
    - The claim is worth what was paid for the goods that are named, and their delivery if they are all of them.
    - One claim about a part at a time, and none after one was decided, or while a card dispute decides.
    - The seller has 72 hours to answer; silence means a refund.
    """

    begin: Begin[PaymentsWork]
    goods: SoldGoods
    policy: PaymentPolicy
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: OpenClaim, by: Actor) -> ClaimId:
        """Carry it out.

        Raises ``EscrowNotFound``, ``MalformedClaim``, ``ClaimNotPossible``, ``RefundBlockedByDispute``.
        """
        now = self.clock.now()
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            payment = await work.payments.get(hold.payment_id)
            if payment.buyer_id != by.own_user:
                raise no_escrow()
            check_unclaimed(hold.seller_order_id, await work.claims.of_payment(hold.payment_id))
            policy = self.policy.agreed(hold.terms)
            check_claimable(hold, command.kind, policy, now)
            sold = await self.goods.lines(hold.seller_order_id)
            lines = claimed(sold, [(one.offer_id, one.quantity) for one in command.goods])
            claim = Claim.open(
                claim_id=ClaimId(self.ids.new("clm")),
                hold=hold,
                buyer_id=payment.buyer_id,
                kind=command.kind,
                lines=lines,
                wanted=worth(lines, sold, hold.delivery),
                text=command.text,
                policy=policy,
                now=now,
            )
            if hold.state in {HoldState.HELD, HoldState.FROZEN}:
                hold.freeze(claim.freeze_reason, Who.BUYER)
                await work.holds.save(hold)
            await work.claims.save(claim)
            await work.deadlines.set(timers.CLAIM, claim.claim_id, now + policy.claim_answer_within)
        return claim.claim_id
