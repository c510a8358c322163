"""What operators do with money: release, freeze, pay out, and read the books."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId
from marketplace_core.payments import (
    AuditBooks,
    BeginOnboarding,
    CancelPayout,
    ConnectPayoutAccount,
    FreezeEscrow,
    HoldPayout,
    HoldState,
    ListEscrows,
    ListJournals,
    ReleaseEscrow,
    RetryPayout,
    SweepPayouts,
    TrialBalance,
    UnfreezeEscrow,
    ViewEscrow,
    ViewPayout,
)
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, Reason, once
from marketplace_entrypoints.http.payments.schemas import (
    AuditOut,
    EscrowOut,
    EscrowPageOut,
    FreezeIn,
    JournalPageOut,
    OnboardingOut,
    PayoutAccountOut,
    PayoutOut,
    PayoutRunOut,
    ReleaseOutcomeOut,
    TrialBalanceOut,
)
from marketplace_entrypoints.own_addresses import MONEY_PAGE, ONBOARDING_PAGE

router = APIRouter()
SellerOrderPath = Annotated[str, Path(max_length=64, examples=["sor_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
PayoutPath = Annotated[str, Path(max_length=64, examples=["pyt_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/escrow", response_model=EscrowPageOut, operation_id="list_escrow")
async def list_escrow(
    market: Market,
    by: By,
    page: Paging,
    order_id: Annotated[str | None, Query(max_length=64, description="Only of this order")] = None,
    seller_id: Annotated[str | None, Query(max_length=64, description="Only of this seller")] = None,
    state: Annotated[
        frozenset[HoldState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
) -> EscrowPageOut:
    """List held payments, the newest first: a seller sees their own, an operator everybody's."""
    query = ListEscrows(
        order_id=OrderId(order_id) if order_id else None,
        seller_id=SellerId(seller_id) if seller_id else None,
        states=state,
        page=page,
    )
    return EscrowPageOut.model_validate(await market.ask(query, by=by))


@router.get("/escrow/{seller_order_id}", response_model=EscrowOut, operation_id="view_escrow")
async def view_escrow(seller_order_id: SellerOrderPath, market: Market, by: By) -> EscrowOut:
    """Look at the held payment of a seller order."""
    query = ViewEscrow(seller_order_id=SellerOrderId(seller_order_id))
    return EscrowOut.model_validate(await market.ask(query, by=by))


@router.post("/escrow/{seller_order_id}/release", response_model=ReleaseOutcomeOut, operation_id="release_escrow")
async def release_escrow(
    seller_order_id: SellerOrderPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> ReleaseOutcomeOut:
    """Release a delivered part of an order to its seller before its time (operators)."""
    command = ReleaseEscrow(seller_order_id=SellerOrderId(seller_order_id))
    return ReleaseOutcomeOut.model_validate(
        await once(market, command, by=by, key=key, response=response, reason=reason)
    )


@router.post("/escrow/{seller_order_id}/freezes", response_model=EscrowOut, operation_id="freeze_escrow")
async def freeze_escrow(seller_order_id: SellerOrderPath, body: FreezeIn, market: Market, by: By) -> EscrowOut:
    """Stop the release of held money for a reason (operators)."""
    seller_order = SellerOrderId(seller_order_id)
    await market.execute(FreezeEscrow(seller_order_id=seller_order, reason=body.reason), by=by)
    return EscrowOut.model_validate(await market.ask(ViewEscrow(seller_order_id=seller_order), by=by))


@router.delete("/escrow/{seller_order_id}/freezes/{reason}", response_model=EscrowOut, operation_id="unfreeze_escrow")
async def unfreeze_escrow(
    seller_order_id: SellerOrderPath,
    reason: Annotated[str, Path(max_length=60, examples=["risk"])],
    market: Market,
    by: By,
) -> EscrowOut:
    """Take a reason away; with the last one the money goes on (operators)."""
    seller_order = SellerOrderId(seller_order_id)
    await market.execute(UnfreezeEscrow(seller_order_id=seller_order, reason=reason), by=by)
    return EscrowOut.model_validate(await market.ask(ViewEscrow(seller_order_id=seller_order), by=by))


@router.post("/payout-runs", response_model=PayoutRunOut, operation_id="run_payouts")
async def run_payouts(market: Market, by: By, key: Key, response: Response, reason: Reason = None) -> PayoutRunOut:
    """Assemble payouts now (operators); refused while the audit of the books finds anything."""
    made = await once(market, SweepPayouts(), by=by, key=key, response=response, reason=reason)
    return PayoutRunOut.model_validate(made)


@router.post("/payouts/{payout_id}/hold", response_model=PayoutOut, operation_id="hold_payout")
async def hold_payout(
    payout_id: PayoutPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> PayoutOut:
    """Hold a payout back before it is sent, until it is let go or cancelled (operators)."""
    payout = PayoutId(payout_id)
    await once(market, HoldPayout(payout_id=payout), by=by, key=key, response=response, reason=reason)
    return PayoutOut.model_validate(await market.ask(ViewPayout(payout_id=payout), by=by))


@router.post("/payouts/{payout_id}/retry", response_model=PayoutOut, operation_id="retry_payout")
async def retry_payout(
    payout_id: PayoutPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> PayoutOut:
    """Send a failed payout again, or let one go that was held back (operators)."""
    payout = PayoutId(payout_id)
    await once(market, RetryPayout(payout_id=payout), by=by, key=key, response=response, reason=reason)
    return PayoutOut.model_validate(await market.ask(ViewPayout(payout_id=payout), by=by))


@router.post("/payouts/{payout_id}/cancellation", response_model=PayoutOut, operation_id="cancel_payout")
async def cancel_payout(
    payout_id: PayoutPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> PayoutOut:
    """Cancel a payout that was not sent; its releases are payable again (operators)."""
    payout = PayoutId(payout_id)
    await once(market, CancelPayout(payout_id=payout), by=by, key=key, response=response, reason=reason)
    return PayoutOut.model_validate(await market.ask(ViewPayout(payout_id=payout), by=by))


@router.post("/sellers/{seller_id}/payout-account", response_model=PayoutAccountOut, operation_id="connect_account")
async def connect_account(seller_id: Annotated[str, Path(max_length=64)], market: Market, by: By) -> PayoutAccountOut:
    """Ask the provider how a seller's payout account stands, opening it there if need be (operators)."""
    state = await market.execute(ConnectPayoutAccount(seller_id=SellerId(seller_id)), by=by)
    return PayoutAccountOut(seller_id=seller_id, state=state)


@router.post(
    "/sellers/{seller_id}/payout-account/onboarding", response_model=OnboardingOut, operation_id="begin_onboarding"
)
async def begin_onboarding(
    seller_id: Annotated[str, Path(max_length=64)], request: Request, market: Market, by: By
) -> OnboardingOut:
    """Ask for the address where a seller tells the payment provider what it wants to know: good once, for minutes."""
    address = request.app.state.opened.address
    command = BeginOnboarding(
        seller_id=SellerId(seller_id), return_url=address + MONEY_PAGE, refresh_url=address + ONBOARDING_PAGE
    )
    return OnboardingOut.model_validate(await market.execute(command, by=by))


@router.get("/ledger/trial-balance", response_model=TrialBalanceOut, operation_id="trial_balance")
async def trial_balance(market: Market, by: By) -> TrialBalanceOut:
    """Sum up the books by kind of account and currency (operators)."""
    return TrialBalanceOut.model_validate(await market.ask(TrialBalance(), by=by))


@router.get("/ledger/journals", response_model=JournalPageOut, operation_id="list_journals")
async def list_journals(
    market: Market,
    by: By,
    page: Paging,
    source_id: Annotated[
        str | None, Query(max_length=200, description="Only of this payment, release or payout")
    ] = None,
) -> JournalPageOut:
    """List what was booked, the newest first (operators)."""
    return JournalPageOut.model_validate(await market.ask(ListJournals(source_id=source_id, page=page), by=by))


@router.get("/ledger/audit", response_model=AuditOut, operation_id="audit_books")
async def audit_books(market: Market, by: By) -> AuditOut:
    """Look for what must never be in the books (operators)."""
    return AuditOut.model_validate({"violations": await market.ask(AuditBooks(), by=by)})
