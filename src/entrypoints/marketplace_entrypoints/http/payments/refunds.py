"""Money back: ask for it, give it, decide about it, see where it stands."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import OrderId, RefundId, SellerId, SellerOrderId
from marketplace_core.payments import (
    ApproveRefund,
    CancelRefund,
    ListRefunds,
    PreviewRefund,
    RefundState,
    RefundWish,
    RejectRefund,
    RequestRefund,
    SettleRefund,
    ViewRefund,
)
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, once
from marketplace_entrypoints.http.payments.refund_schemas import (
    RefundIn,
    RefundOut,
    RefundPageOut,
    RefundPreviewIn,
    RefundPreviewOut,
    RejectionIn,
    SettlementIn,
)

router = APIRouter()
OrderPath = Annotated[str, Path(max_length=64, examples=["ord_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
RefundPath = Annotated[str, Path(max_length=64, examples=["rfd_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.post("/orders/{order_id}/refunds", status_code=201, response_model=RefundOut, operation_id="request_refund")
async def request_refund(
    order_id: OrderPath, body: RefundIn, market: Market, by: By, key: Key, response: Response
) -> RefundOut:
    """Ask for money back, or give it.

    A buyer's wish waits for the seller, and is approved if nobody decides within 7 days. What a seller gives back of
    their own part, or an operator of any, is approved at once; a large amount by another operator. No more goes back
    than is left of each part: `payments.refund_exceeds_remaining` says how much is.
    """
    command = RequestRefund(
        order_id=OrderId(order_id), reason=body.reason, wishes=_wishes(body), amount_minor=body.amount_minor
    )
    asked = await once(market, command, by=by, key=key, response=response)
    response.headers["Location"] = f"/v1/refunds/{asked.refund_id}"
    return await _shown(market, asked.refund_id, by)


@router.post("/orders/{order_id}/refunds/preview", response_model=RefundPreviewOut, operation_id="preview_refund")
async def preview_refund(order_id: OrderPath, body: RefundPreviewIn, market: Market, by: By) -> RefundPreviewOut:
    """See what a refund would come to and, unless you are the buyer, who would bear it. Changes nothing.

    Amounts are of goods and delivery; tax and service fee go with them, and so does a discount at our expense.
    """
    question = PreviewRefund(order_id=OrderId(order_id), wishes=_wishes(body), amount_minor=body.amount_minor)
    return RefundPreviewOut.model_validate(await market.ask(question, by=by))


@router.get("/refunds", response_model=RefundPageOut, operation_id="list_refunds")
async def list_refunds(
    market: Market,
    by: By,
    page: Paging,
    order_id: Annotated[str | None, Query(max_length=64, description="Only of this order")] = None,
    seller_id: Annotated[str | None, Query(max_length=64, description="Only of this seller")] = None,
    state: Annotated[
        frozenset[RefundState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
) -> RefundPageOut:
    """List refunds, the newest first: a buyer their own, a seller their part of them, an operator everybody's."""
    query = ListRefunds(
        order_id=OrderId(order_id) if order_id else None,
        seller_id=SellerId(seller_id) if seller_id else None,
        states=state,
        page=page,
    )
    return RefundPageOut.model_validate(await market.ask(query, by=by))


@router.get("/refunds/{refund_id}", response_model=RefundOut, operation_id="view_refund")
async def view_refund(refund_id: RefundPath, market: Market, by: By) -> RefundOut:
    """Look at a refund that concerns you."""
    return await _shown(market, RefundId(refund_id), by)


@router.post("/refunds/{refund_id}/approval", response_model=RefundOut, operation_id="approve_refund")
async def approve_refund(refund_id: RefundPath, market: Market, by: By, key: Key, response: Response) -> RefundOut:
    """Give the money back that was asked for: a seller of their own part, an operator of any."""
    refund = RefundId(refund_id)
    await once(market, ApproveRefund(refund_id=refund), by=by, key=key, response=response)
    return await _shown(market, refund, by)


@router.post("/refunds/{refund_id}/rejection", response_model=RefundOut, operation_id="reject_refund")
async def reject_refund(
    refund_id: RefundPath, body: RejectionIn, market: Market, by: By, key: Key, response: Response
) -> RefundOut:
    """Refuse a refund and tell the buyer why: a seller of their own part, an operator of any."""
    refund = RefundId(refund_id)
    await once(market, RejectRefund(refund_id=refund, note=body.note), by=by, key=key, response=response)
    return await _shown(market, refund, by)


@router.post("/refunds/{refund_id}/cancellation", response_model=RefundOut, operation_id="cancel_refund")
async def cancel_refund(refund_id: RefundPath, market: Market, by: By, key: Key, response: Response) -> RefundOut:
    """Take an approved refund back while the provider has not been asked (operators)."""
    refund = RefundId(refund_id)
    await once(market, CancelRefund(refund_id=refund), by=by, key=key, response=response)
    return await _shown(market, refund, by)


@router.post("/refunds/{refund_id}/settlement", response_model=RefundOut, operation_id="settle_refund")
async def settle_refund(
    refund_id: RefundPath, body: SettlementIn, market: Market, by: By, key: Key, response: Response
) -> RefundOut:
    """Say how a refund that did not reach the buyer's card, or came back from it, was paid after all (operators)."""
    refund = RefundId(refund_id)
    await once(market, SettleRefund(refund_id=refund, how=body.how), by=by, key=key, response=response)
    return await _shown(market, refund, by)


async def _shown(market: Marketplace, refund_id: RefundId, by: Actor) -> RefundOut:
    return RefundOut.model_validate(await market.ask(ViewRefund(refund_id=refund_id), by=by))


def _wishes(body: RefundPreviewIn) -> tuple[RefundWish, ...]:
    return tuple(
        RefundWish(
            seller_order_id=SellerOrderId(part.seller_order_id),
            items_minor=part.items_minor,
            delivery_minor=part.delivery_minor,
            platform_minor=part.platform_minor,
        )
        for part in body.parts
    )
