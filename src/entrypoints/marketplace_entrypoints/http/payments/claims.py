"""Claims: a buyer opens one, the seller answers, an operator decides what the two cannot."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.acts import REASON_CHARACTERS_MAX
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, OfferId, OrderId, SellerId, SellerOrderId
from marketplace_core.payments.claims import (
    AcceptClaimOffer,
    AddClaimPhoto,
    AddToClaim,
    AnswerClaim,
    ClaimedGoods,
    ClaimState,
    DecideClaim,
    ForeseeClaim,
    ListClaims,
    OpenClaim,
    ReadClaimPhoto,
    ViewClaim,
    WithdrawClaim,
)
from marketplace_entrypoints.claim_photos import photo_answer
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, once
from marketplace_entrypoints.http.payments.claim_schemas import (
    ClaimAcceptanceIn,
    ClaimAnswerIn,
    ClaimDecisionIn,
    ClaimForecastOut,
    ClaimIn,
    ClaimMessageIn,
    ClaimOut,
    ClaimPageOut,
)

router = APIRouter()
PHOTO_TYPES: Final = ("image/jpeg", "image/png", "image/webp")
_OCTETS: Final = {"schema": {"type": "string", "format": "binary"}}
SellerOrderPath = Annotated[str, Path(max_length=64, examples=["sor_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
ClaimPath = Annotated[str, Path(max_length=64, examples=["clm_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.post(
    "/seller-orders/{seller_order_id}/claims", status_code=201, response_model=ClaimOut, operation_id="open_claim"
)
async def open_claim(
    seller_order_id: SellerOrderPath, body: ClaimIn, market: Market, by: By, key: Key, response: Response
) -> ClaimOut:
    """Say that something is wrong with a part of your order.

    For 14 days after delivery or, where nothing arrives, from 28 days after the payment on. What is held for this part
    stays held until the claim is closed. The seller has 72 hours to answer; silence means a refund. Why there can be no
    claim, `payments.claim_not_possible` says in `reason`.
    """
    command = OpenClaim(
        seller_order_id=SellerOrderId(seller_order_id),
        kind=body.kind,
        text=body.text,
        goods=tuple(ClaimedGoods(offer_id=OfferId(one.offer_id), quantity=one.quantity) for one in body.goods),
    )
    claim_id = await once(market, command, by=by, key=key, response=response)
    response.headers["Location"] = f"/v1/claims/{claim_id}"
    return await _shown(market, claim_id, by)


@router.get("/seller-orders/{seller_order_id}/claimable", response_model=ClaimForecastOut, operation_id="foresee_claim")
async def foresee_claim(seller_order_id: SellerOrderPath, market: Market, by: By) -> ClaimForecastOut:
    """Ask what may be claimed now of a part of your order, and if nothing, why and until when."""
    question = ForeseeClaim(seller_order_id=SellerOrderId(seller_order_id))
    return ClaimForecastOut.model_validate(await market.ask(question, by=by))


@router.get("/claims", response_model=ClaimPageOut, operation_id="list_claims")
async def list_claims(
    market: Market,
    by: By,
    page: Paging,
    order_id: Annotated[str | None, Query(max_length=64, description="Only of this order")] = None,
    seller_id: Annotated[str | None, Query(max_length=64, description="Only about this seller's parts")] = None,
    state: Annotated[
        frozenset[ClaimState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
    mine: Annotated[bool, Query(description="Only those that you opened yourself as a buyer")] = False,
) -> ClaimPageOut:
    """List claims, the newest first: a buyer their own, a seller those about their parts, an operator everybody's."""
    query = ListClaims(
        order_id=OrderId(order_id) if order_id else None,
        seller_id=SellerId(seller_id) if seller_id else None,
        states=state,
        mine=mine,
        page=page,
    )
    return ClaimPageOut.model_validate(await market.ask(query, by=by))


@router.get("/claims/{claim_id}", response_model=ClaimOut, operation_id="view_claim")
async def view_claim(claim_id: ClaimPath, market: Market, by: By) -> ClaimOut:
    """Look at a claim that concerns you, and at all that was said in it."""
    return await _shown(market, ClaimId(claim_id), by)


@router.post("/claims/{claim_id}/answer", response_model=ClaimOut, operation_id="answer_claim")
async def answer_claim(
    claim_id: ClaimPath, body: ClaimAnswerIn, market: Market, by: By, key: Key, response: Response
) -> ClaimOut:
    """Agree to a claim about your part of an order, offer a part of what is wanted, or contest it (its seller).

    Agreeing refunds at once. An offer is the buyer's to take until an operator decides, within 7 days.
    """
    claim = ClaimId(claim_id)
    command = AnswerClaim(
        claim_id=claim,
        answer=body.answer,
        text=body.text,
        items_minor=body.items_minor,
        delivery_minor=body.delivery_minor,
    )
    await once(market, command, by=by, key=key, response=response)
    return await _shown(market, claim, by)


@router.post("/claims/{claim_id}/acceptance", response_model=ClaimOut, operation_id="accept_claim_offer")
async def accept_claim_offer(
    claim_id: ClaimPath, body: ClaimAcceptanceIn, market: Market, by: By, key: Key, response: Response
) -> ClaimOut:
    """Take what the seller offers (its buyer): that goes back to you, and the rest is the seller's."""
    claim = ClaimId(claim_id)
    command = AcceptClaimOffer(claim_id=claim, offered_minor=body.offered_minor)
    await once(market, command, by=by, key=key, response=response)
    return await _shown(market, claim, by)


@router.post("/claims/{claim_id}/withdrawal", response_model=ClaimOut, operation_id="withdraw_claim")
async def withdraw_claim(claim_id: ClaimPath, market: Market, by: By, key: Key, response: Response) -> ClaimOut:
    """Take your claim back (its buyer): the money goes on as if there had been none."""
    claim = ClaimId(claim_id)
    await once(market, WithdrawClaim(claim_id=claim), by=by, key=key, response=response)
    return await _shown(market, claim, by)


@router.post("/claims/{claim_id}/messages", response_model=ClaimOut, operation_id="add_to_claim")
async def add_to_claim(
    claim_id: ClaimPath, body: ClaimMessageIn, market: Market, by: By, key: Key, response: Response
) -> ClaimOut:
    """Say something in a claim that concerns you, while it is open."""
    claim = ClaimId(claim_id)
    await once(market, AddToClaim(claim_id=claim, text=body.text), by=by, key=key, response=response)
    return await _shown(market, claim, by)


@router.post(
    "/claims/{claim_id}/photos",
    status_code=201,
    response_model=ClaimOut,
    operation_id="add_claim_photo",
    openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(PHOTO_TYPES, _OCTETS)}},
)
async def add_claim_photo(claim_id: ClaimPath, request: Request, market: Market, by: By) -> ClaimOut:
    """Show a photo in a claim that concerns you, while it is open: a JPEG, PNG or WebP of at most 8 MiB, 20 in all.

    The body is the file. Where, when and with what it was taken is removed before it is kept. The same picture sent
    again is the one that is there.
    """
    by.require(AddClaimPhoto.permission)
    claim = ClaimId(claim_id)
    await market.ask(ViewClaim(claim_id=claim), by=by)  # strangers send nothing
    await market.execute(AddClaimPhoto(claim_id=claim, content=await request.body()), by=by)
    return await _shown(market, claim, by)


@router.get(
    "/claims/{claim_id}/photos/{photo_id}",
    operation_id="read_claim_photo",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(PHOTO_TYPES, _OCTETS)}},
)
async def read_claim_photo(
    claim_id: ClaimPath,
    photo_id: Annotated[str, Path(max_length=64, examples=["cph_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])],
    market: Market,
    by: By,
) -> Response:
    """Look at a photo in a claim that concerns you."""
    question = ReadClaimPhoto(claim_id=ClaimId(claim_id), photo_id=ClaimPhotoId(photo_id))
    return photo_answer(await market.ask(question, by=by))


@router.post("/claims/{claim_id}/decision", response_model=ClaimOut, operation_id="decide_claim")
async def decide_claim(
    claim_id: ClaimPath, body: ClaimDecisionIn, market: Market, by: By, key: Key, response: Response
) -> ClaimOut:
    """Say what becomes of the money once the seller has answered, and why (operators who are no party of it)."""
    claim = ClaimId(claim_id)
    command = DecideClaim(
        claim_id=claim,
        decision=body.decision,
        reason=body.reason,
        items_minor=body.items_minor,
        delivery_minor=body.delivery_minor,
    )
    await once(market, command, by=by, key=key, response=response, reason=body.reason[:REASON_CHARACTERS_MAX])
    return await _shown(market, claim, by)


async def _shown(market: Marketplace, claim_id: ClaimId, by: Actor) -> ClaimOut:
    return ClaimOut.model_validate(await market.ask(ViewClaim(claim_id=claim_id), by=by))
