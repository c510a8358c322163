"""Settle claims and let money go on: what the commands about claims share. Runs in an open transaction."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import IdFactory, PaymentId, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.access import no_claim
from marketplace_core.payments.domain.claim import Claim
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe, wake
from marketplace_core.payments.usecases.release_escrow import let_go

_IN_SELLERS_FAVOUR = frozenset({ClaimState.RESOLVED_PARTIAL, ClaimState.RESOLVED_RELEASE})


def party_in(claim: Claim, by: Actor) -> Who:
    """Tell as what somebody takes part in a claim. Raises ``ClaimNotFound`` for anybody else."""
    if by.user_id == claim.buyer_id:
        return Who.BUYER
    if by.seller_id == claim.seller_id:
        return Who.SELLER
    if Role.OPERATOR in by.roles:
        return Who.OPERATOR
    raise no_claim()


def require_party(claim: Claim, by: Actor, who: Who) -> None:
    """Pass, or raise ``NotAllowed`` for another party of the claim and ``ClaimNotFound`` for anybody else."""
    if party_in(claim, by) is not who:
        raise NotAllowed(f"That is for the {who.value} to say.")


@frozen(kw_only=True)
class ClaimSettler:
    """Carries out what became of a claim."""

    policy: PaymentPolicy
    ids: IdFactory

    async def left(self, work: PaymentsWork, claim: Claim) -> Portion:
        """Return what can still go back of the seller order."""
        return (await work.holds.get(claim.seller_order_id)).standing.refundable

    async def policy_of(self, work: PaymentsWork, claim: Claim) -> PaymentPolicy:
        """Return the policy, with what was agreed with the order that the claim is about."""
        return self.policy.agreed((await work.holds.get(claim.seller_order_id)).terms)

    async def settle(self, work: PaymentsWork, claim: Claim, granted: Portion, now: datetime) -> None:
        """Send back what was granted, and let the rest go on: in the seller's favour, it is released at once."""
        if granted.amount:
            claim.refund_id = await self._give_back(work, claim, granted, now)
        await work.claims.save(claim)
        await work.deadlines.cancel(timers.CLAIM, claim.claim_id)
        await self._let_on(work, claim, now)

    async def _give_back(self, work: PaymentsWork, claim: Claim, granted: Portion, now: datetime) -> RefundId:
        payment = await work.payments.get(claim.payment_id)
        refund = Refund.request(
            refund_id=RefundId(self.ids.new("rfd")),
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            buyer_id=payment.buyer_id,
            provider=payment.provider,
            currency=claim.currency,
            reason=f"Claim {claim.claim_id}: {claim.kind.value}.",
            who=Who.SYSTEM,
            requester_id=None,
            parts=(
                RefundPart(seller_order_id=claim.seller_order_id, seller_id=claim.seller_id, wanted=granted),
            ),
            now=now,
        )  # fmt: skip
        await owe(work, refund, Who.SYSTEM, now)
        return refund.refund_id

    async def _let_on(self, work: PaymentsWork, claim: Claim, now: datetime) -> None:
        hold = await work.holds.get(claim.seller_order_id)
        if claim.freeze_reason not in hold.freezes:
            return
        hold.unfreeze(claim.freeze_reason, claim.decided_by or Who.SYSTEM)
        if claim.state in _IN_SELLERS_FAVOUR and not hold.blocked_by(now, early=True):
            await let_go(work, hold, now=now, policy=self.policy, early=True)
            return
        await work.holds.save(hold)
        await wake(work, hold, now)


async def supersede_claims(work: PaymentsWork, payment_id: PaymentId, now: datetime) -> None:
    """End the open claims about a payment that a card dispute takes the money of."""
    for claim in await work.claims.of_payment(payment_id):
        if not claim.is_open:
            continue
        claim.supersede(now)
        await work.claims.save(claim)
        await work.deadlines.cancel(timers.CLAIM, claim.claim_id)
        hold = await work.holds.get(claim.seller_order_id)
        if claim.freeze_reason in hold.freezes:
            hold.unfreeze(claim.freeze_reason, Who.PROVIDER)
            await work.holds.save(hold)
