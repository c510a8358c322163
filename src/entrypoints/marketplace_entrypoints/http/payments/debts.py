"""What sellers may do, what they owe, and how operators settle it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.kernel.ids import PayoutId, SellerId, SettlementId
from marketplace_core.payments.debts import (
    DecideWriteOff,
    ListDebtors,
    ListSettlements,
    SettleDebt,
    SettlementState,
    ViewSellerStanding,
)
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, once
from marketplace_entrypoints.http.payments.debt_schemas import (
    DebtorPageOut,
    DebtSettlementPageOut,
    SellerStandingOut,
    SettledDebtOut,
    SettlementIn,
)

router = APIRouter()
SellerPath = Annotated[str, Path(max_length=64, examples=["sel_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SettlementPath = Annotated[str, Path(max_length=64, examples=["dst_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/sellers/{seller_id}/standing", response_model=SellerStandingOut, operation_id="view_seller_standing")
async def view_seller_standing(seller_id: SellerPath, market: Market, by: By) -> SellerStandingOut:
    """See what a shop may do, what stands in the way, and what it owes (the shop itself, operators)."""
    return SellerStandingOut.model_validate(await market.ask(ViewSellerStanding(seller_id=SellerId(seller_id)), by=by))


@router.post(
    "/sellers/{seller_id}/debt-settlements", status_code=201, response_model=SettledDebtOut, operation_id="settle_debt"
)
async def settle_debt(
    seller_id: SellerPath, body: SettlementIn, market: Market, by: By, key: Key, response: Response
) -> SettledDebtOut:
    """Settle a debt (operators): a top-up has arrived, the provider takes something back, or it is written off.

    Of a top-up, what exceeds the debt is payable to the seller. A large write-off waits for another operator.
    """
    command = SettleDebt(
        seller_id=SellerId(seller_id),
        currency=body.currency,
        means=body.means,
        amount_minor=body.amount_minor,
        note=body.note,
        payout_id=PayoutId(body.payout_id) if body.payout_id else None,
    )
    settled = await once(market, command, by=by, key=key, response=response, reason=body.note)
    return SettledDebtOut.model_validate(settled)


@router.get("/debtors", response_model=DebtorPageOut, operation_id="list_debtors")
async def list_debtors(market: Market, by: By, page: Paging) -> DebtorPageOut:
    """List sellers who owe something, the newest shops first (operators)."""
    return DebtorPageOut.model_validate(await market.ask(ListDebtors(page=page), by=by))


@router.get("/debt-settlements", response_model=DebtSettlementPageOut, operation_id="list_debt_settlements")
async def list_debt_settlements(
    market: Market,
    by: By,
    page: Paging,
    seller_id: Annotated[str | None, Query(max_length=64, description="Only of this seller")] = None,
    state: Annotated[
        frozenset[SettlementState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
) -> DebtSettlementPageOut:
    """List settlements of debts, the newest first (operators)."""
    query = ListSettlements(seller_id=SellerId(seller_id) if seller_id else None, states=state, page=page)
    return DebtSettlementPageOut.model_validate(await market.ask(query, by=by))


@router.post(
    "/debt-settlements/{settlement_id}/approval", response_model=SettledDebtOut, operation_id="approve_write_off"
)
async def approve_write_off(
    settlement_id: SettlementPath, market: Market, by: By, key: Key, response: Response
) -> SettledDebtOut:
    """Approve a large write-off that another operator asked for (operators)."""
    return await _decided(settlement_id, True, market, by, key, response)


@router.post(
    "/debt-settlements/{settlement_id}/rejection", response_model=SettledDebtOut, operation_id="reject_write_off"
)
async def reject_write_off(
    settlement_id: SettlementPath, market: Market, by: By, key: Key, response: Response
) -> SettledDebtOut:
    """Reject a write-off that was asked for (operators)."""
    return await _decided(settlement_id, False, market, by, key, response)


async def _decided(
    settlement_id: str, approve: bool, market: Market, by: By, key: Key, response: Response
) -> SettledDebtOut:
    command = DecideWriteOff(settlement_id=SettlementId(settlement_id), approve=approve)
    state = await once(market, command, by=by, key=key, response=response)
    return SettledDebtOut(settlement_id=settlement_id, state=state)
