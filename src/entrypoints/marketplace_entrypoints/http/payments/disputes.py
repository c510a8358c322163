"""Card disputes, for operators: see them, answer them, give them up."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import DisputeId, OrderId, SellerOrderId
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    DisputeState,
    ListDisputes,
    ListPartDisputes,
    ViewDispute,
)
from marketplace_entrypoints.evidence import evidence_pack
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, once
from marketplace_entrypoints.http.payments.dispute_schemas import (
    DisputeOut,
    DisputePageOut,
    EvidenceIn,
    PartDisputeOut,
    PartDisputesOut,
)

router = APIRouter()
DisputePath = Annotated[str, Path(max_length=64, examples=["dsp_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/disputes", response_model=DisputePageOut, operation_id="list_disputes")
async def list_disputes(
    market: Market,
    by: By,
    page: Paging,
    order_id: Annotated[str | None, Query(max_length=64, description="Only of this order")] = None,
    state: Annotated[
        frozenset[DisputeState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
) -> DisputePageOut:
    """List card disputes, the newest first (operators)."""
    query = ListDisputes(order_id=OrderId(order_id) if order_id else None, states=state, page=page)
    return DisputePageOut.model_validate(await market.ask(query, by=by))


@router.get("/disputes/{dispute_id}", response_model=DisputeOut, operation_id="view_dispute")
async def view_dispute(dispute_id: DisputePath, market: Market, by: By) -> DisputeOut:
    """Look at a card dispute and on whom it falls (operators)."""
    return await _shown(market, DisputeId(dispute_id), by)


@router.get(
    "/disputes/{dispute_id}/evidence-pack",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "The pack"}},
    operation_id="download_evidence_pack",
)
async def download_evidence_pack(dispute_id: DisputePath, market: Market, by: By) -> Response:
    """Download what speaks for us as a ZIP archive: order, parcels, messages, terms, photos of claims.

    With the SHA-256 of each (operators).
    """
    pack = await evidence_pack(market, DisputeId(dispute_id), by, photos=True)
    headers = {"Content-Disposition": f'attachment; filename="{pack.filename}"', "Cache-Control": "private, no-store"}
    return Response(pack.archive(), media_type="application/zip", headers=headers)


@router.get(
    "/seller-orders/{seller_order_id}/disputes", response_model=PartDisputesOut, operation_id="list_part_disputes"
)
async def list_part_disputes(
    seller_order_id: Annotated[str, Path(max_length=64, examples=["sor_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])],
    market: Market,
    by: By,
) -> PartDisputesOut:
    """List the card disputes that fall on a part of your shop, the newest first."""
    found = await market.ask(ListPartDisputes(seller_order_id=SellerOrderId(seller_order_id)), by=by)
    return PartDisputesOut(items=[PartDisputeOut.model_validate(one) for one in found])


@router.post("/disputes/{dispute_id}/evidence", response_model=DisputeOut, operation_id="answer_dispute")
async def answer_dispute(
    dispute_id: DisputePath, body: EvidenceIn, market: Market, by: By, key: Key, response: Response
) -> DisputeOut:
    """Hand in the evidence, once, while the network waits for it (operators)."""
    dispute = DisputeId(dispute_id)
    statements = tuple((statement.about, statement.words) for statement in body.statements)
    command = AnswerDispute(dispute_id=dispute, statements=statements)
    await once(market, command, by=by, key=key, response=response)
    return await _shown(market, dispute, by)


@router.post("/disputes/{dispute_id}/acceptance", response_model=DisputeOut, operation_id="accept_dispute")
async def accept_dispute(dispute_id: DisputePath, market: Market, by: By, key: Key, response: Response) -> DisputeOut:
    """Give a dispute up while the network waits for evidence; there is no way back (operators)."""
    dispute = DisputeId(dispute_id)
    await once(market, AcceptDispute(dispute_id=dispute), by=by, key=key, response=response)
    return await _shown(market, dispute, by)


async def _shown(market: Marketplace, dispute_id: DisputeId, by: Actor) -> DisputeOut:
    return DisputeOut.model_validate(await market.ask(ViewDispute(dispute_id=dispute_id), by=by))
