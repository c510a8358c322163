"""Pay, see where the money is, get paid; and for operators: release, run payouts, look into the books."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId
from marketplace_core.payments import (
    BalanceHeading,
    ListBalanceEntries,
    ListPayouts,
    PayoutState,
    ReconcilePayment,
    RequestPayment,
    ViewBalance,
    ViewOrderHolds,
    ViewOrderPayment,
    ViewPayment,
    ViewPayout,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging
from marketplace_entrypoints.http.payments.claims import router as claims
from marketplace_entrypoints.http.payments.debts import router as debts
from marketplace_entrypoints.http.payments.disputes import router as disputes
from marketplace_entrypoints.http.payments.explanations import router as explanations
from marketplace_entrypoints.http.payments.operators import router as operators
from marketplace_entrypoints.http.payments.refunds import router as refunds
from marketplace_entrypoints.http.payments.schemas import (
    BalanceEntryPageOut,
    BalanceOut,
    OrderHoldsOut,
    PaymentOut,
    PaymentStepOut,
    PayoutOut,
    PayoutPageOut,
)
from marketplace_entrypoints.http.payments.soundness import router as soundness

router = APIRouter(prefix="/v1", tags=["payments"])
PaymentPath = Annotated[str, Path(max_length=64, examples=["pay_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
PayoutPath = Annotated[str, Path(max_length=64, examples=["pyt_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SellerQuery = Annotated[str | None, Query(max_length=64, description="Only of this seller")]


@router.get("/payments/{payment_id}", response_model=PaymentOut, operation_id="view_payment")
async def view_payment(payment_id: PaymentPath, market: Market, by: By) -> PaymentOut:
    """Look at your payment and what to do next."""
    return PaymentOut.model_validate(await market.ask(ViewPayment(payment_id=PaymentId(payment_id)), by=by))


@router.get("/orders/{order_id}/payment", response_model=PaymentOut, operation_id="view_order_payment")
async def view_order_payment(order_id: Annotated[str, Path(max_length=64)], market: Market, by: By) -> PaymentOut:
    """Look at the payment of your order."""
    return PaymentOut.model_validate(await market.ask(ViewOrderPayment(order_id=OrderId(order_id)), by=by))


@router.get("/orders/{order_id}/holds", response_model=OrderHoldsOut, operation_id="view_order_holds")
async def view_order_holds(order_id: Annotated[str, Path(max_length=64)], market: Market, by: By) -> OrderHoldsOut:
    """See what is held of your order, until when, and what lets it go to the sellers."""
    return OrderHoldsOut.model_validate(await market.ask(ViewOrderHolds(order_id=OrderId(order_id)), by=by))


@router.post("/payments/{payment_id}/request", response_model=PaymentStepOut, operation_id="request_payment")
async def request_payment(payment_id: PaymentPath, market: Market, by: By) -> PaymentStepOut:
    """Ask the provider for a payment that it could not open at checkout; asking again changes nothing."""
    step = await market.execute(RequestPayment(payment_id=PaymentId(payment_id)), by=by)
    return PaymentStepOut.model_validate(step)


@router.post("/payments/{payment_id}/reconciliation", response_model=PaymentStepOut, operation_id="reconcile_payment")
async def reconcile_payment(payment_id: PaymentPath, market: Market, by: By) -> PaymentStepOut:
    """Come back from the provider's page: we ask the provider itself how the payment stands."""
    step = await market.execute(ReconcilePayment(payment_id=PaymentId(payment_id)), by=by)
    return PaymentStepOut.model_validate(step)


@router.get("/sellers/{seller_id}/balance", response_model=BalanceOut, operation_id="view_balance")
async def view_balance(seller_id: Annotated[str, Path(max_length=64)], market: Market, by: By) -> BalanceOut:
    """See where your shop's money is: held, payable, on its way, paid, in reserve, owed by it."""
    return BalanceOut.model_validate(await market.ask(ViewBalance(seller_id=SellerId(seller_id)), by=by))


@router.get(
    "/sellers/{seller_id}/balance/entries", response_model=BalanceEntryPageOut, operation_id="list_balance_entries"
)
async def list_balance_entries(
    seller_id: Annotated[str, Path(max_length=64)],
    market: Market,
    by: By,
    page: Paging,
    heading: Annotated[BalanceHeading, Query(description="Which figure of the balance")],
    currency: Annotated[str, Query(max_length=3, examples=["EUR"], description="In which currency")],
) -> BalanceEntryPageOut:
    """List the entries behind one figure of your shop's balance, the newest first; together they sum to it."""
    query = ListBalanceEntries(seller_id=SellerId(seller_id), currency=currency, heading=heading, page=page)
    return BalanceEntryPageOut.model_validate(await market.ask(query, by=by))


@router.get("/payouts", response_model=PayoutPageOut, operation_id="list_payouts")
async def list_payouts(
    market: Market,
    by: By,
    page: Paging,
    seller_id: SellerQuery = None,
    state: Annotated[
        frozenset[PayoutState], Query(description="Only those in this state; may be given repeatedly")
    ] = frozenset(),
) -> PayoutPageOut:
    """List your shop's payouts, the newest first; an operator lists everybody's."""
    query = ListPayouts(seller_id=SellerId(seller_id) if seller_id else None, states=state, page=page)
    return PayoutPageOut.model_validate(await market.ask(query, by=by))


@router.get("/payouts/{payout_id}", response_model=PayoutOut, operation_id="view_payout")
async def view_payout(payout_id: PayoutPath, market: Market, by: By) -> PayoutOut:
    """Look at a payout of your shop."""
    return PayoutOut.model_validate(await market.ask(ViewPayout(payout_id=PayoutId(payout_id)), by=by))


router.include_router(operators)
router.include_router(soundness)
router.include_router(explanations)
router.include_router(refunds)
router.include_router(claims)
router.include_router(debts)
router.include_router(disputes)
