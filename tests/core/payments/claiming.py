"""Whom and what tests of claims talk about, and short ways to have one."""

from typing import Any

from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import ClaimId, OfferId, SellerOrderId
from marketplace_core.payments import (
    Proof,
)
from marketplace_core.payments.claims import (
    AnswerClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimedGoods,
    ClaimKind,
    ClaimState,
    ClaimView,
    DecideClaim,
    OpenClaim,
    ViewClaim,
)
from tests.core.payments.refunding import (
    SELLER_ADA,
    SOR_ADA,
)
from tests.core.payments.till import ANN, OPERATOR, Till

CUP, POT, TEA = OfferId("off_cup"), OfferId("off_pot"), OfferId("off_tea")
C = ClaimState


async def claim(
    till: Till, *goods: tuple[OfferId, int], of: SellerOrderId = SOR_ADA, by: Actor = ANN, **changes: Any
) -> ClaimId:
    """Have Ann claim that something is chipped."""
    values: dict[str, Any] = {"kind": ClaimKind.DAMAGED, "text": "Chipped."} | changes
    named = tuple(ClaimedGoods(offer_id=offer_id, quantity=quantity) for offer_id, quantity in goods)
    return await till.market.execute(OpenClaim(seller_order_id=of, goods=named, **values), by=by)


async def claimed_on_delivery(till: Till, *goods: tuple[OfferId, int], **changes: Any) -> ClaimId:
    """Have the order paid, Ada's part delivered by a carrier, and a claim opened."""
    await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    return await claim(till, *goods, **changes)


async def answer(till: Till, claim_id: ClaimId, says: ClaimAnswer, *minor: int, by: Actor = SELLER_ADA) -> ClaimState:
    """Have the seller answer."""
    items, delivery = (*minor, 0, 0)[:2]
    command = AnswerClaim(claim_id=claim_id, answer=says, text="Hm.", items_minor=items, delivery_minor=delivery)
    return await till.market.execute(command, by=by)


async def decide(
    till: Till, claim_id: ClaimId, says: ClaimDecision, *minor: int, by: Actor = OPERATOR, reason: str = "The photo."
) -> ClaimState:
    """Have an operator decide."""
    items, delivery = (*minor, 0, 0)[:2]
    command = DecideClaim(
        claim_id=claim_id, decision=says, reason=reason, items_minor=items, delivery_minor=delivery
    )  # fmt: skip
    return await till.market.execute(command, by=by)


async def shown(till: Till, claim_id: ClaimId, by: Actor = OPERATOR) -> ClaimView:
    """Look at a claim."""
    return await till.market.ask(ViewClaim(claim_id=claim_id), by=by)
