"""Where each cent is, why, and what moves it next; and sellers' statements."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId
from marketplace_core.payments import BalanceHeading
from marketplace_core.payments.books import (
    ExplainBalance,
    ExplainCommission,
    ExplainOrder,
    ExplainPayout,
    SellerStatement,
    ViewStatement,
)
from marketplace_entrypoints.http.dependencies import By, Market, MoneyOut, Outgoing
from marketplace_entrypoints.http.payments.schemas import BalanceEntryOut
from marketplace_entrypoints.statements import as_csv

router = APIRouter()
Name = Annotated[str, Path(max_length=64)]
Currency = Annotated[str, Query(min_length=3, max_length=3, examples=["EUR"])]
Since = Annotated[datetime, Query(description="From here on", examples=["2026-11-01T00:00:00Z"])]
Until = Annotated[datetime, Query(description="Up to, not with", examples=["2026-12-01T00:00:00Z"])]


class CentsOut(Outgoing):
    """Some of the money: where it is, about what, why, what moves it next, and when where that is known."""

    where: str
    about: str
    amount: MoneyOut
    why: str
    next: str
    at: datetime | None


class ExplanationOut(Outgoing):
    """What all of it comes to, and where every cent of it is; the parts sum to the total."""

    subject: str
    total: MoneyOut
    parts: list[CentsOut]


class BalanceExplanationOut(Outgoing):
    """A seller's money, one explanation per currency."""

    items: list[ExplanationOut]


class StatementSectionOut(Outgoing):
    """One figure over the period: opening + amounts = closing."""

    heading: BalanceHeading
    opening: MoneyOut
    lines: list[BalanceEntryOut]
    closing: MoneyOut


class StatementOut(Outgoing):
    """What a seller had and has of ours; opening + movements = closing."""

    seller_id: str
    currency: str
    since: datetime
    until: datetime
    opening: MoneyOut
    movements: MoneyOut
    closing: MoneyOut
    sections: list[StatementSectionOut]


@router.get("/orders/{order_id}/explanation", response_model=ExplanationOut, operation_id="explain_order")
async def explain_order(order_id: Name, market: Market, by: By) -> ExplanationOut:
    """Say where each cent of an order is, as far as it concerns you."""
    return ExplanationOut.model_validate(await market.ask(ExplainOrder(OrderId(order_id)), by=by))


@router.get("/payouts/{payout_id}/explanation", response_model=ExplanationOut, operation_id="explain_payout")
async def explain_payout(payout_id: Name, market: Market, by: By) -> ExplanationOut:
    """Say what a payout of your shop is made of, and what becomes of it."""
    return ExplanationOut.model_validate(await market.ask(ExplainPayout(PayoutId(payout_id)), by=by))


@router.get(
    "/sellers/{seller_id}/balance/explanation",
    response_model=BalanceExplanationOut,
    operation_id="explain_balance",
)
async def explain_balance(seller_id: Name, market: Market, by: By) -> BalanceExplanationOut:
    """Say where the money of your shop is, and what moves it next."""
    found = await market.ask(ExplainBalance(SellerId(seller_id)), by=by)
    return BalanceExplanationOut.model_validate({"items": found})


@router.get("/escrow/{seller_order_id}/commission", response_model=ExplanationOut, operation_id="explain_commission")
async def explain_commission(seller_order_id: Name, market: Market, by: By) -> ExplanationOut:
    """Say how the commission on a part of an order, with its tax, comes about."""
    query = ExplainCommission(SellerOrderId(seller_order_id))
    return ExplanationOut.model_validate(await market.ask(query, by=by))


@router.get("/sellers/{seller_id}/statement", response_model=StatementOut, operation_id="view_statement")
async def view_statement(
    seller_id: Name, market: Market, by: By, currency: Currency, since: Since, until: Until
) -> StatementOut:
    """See the statement of your shop over a period: opening, every movement, closing."""
    return StatementOut.model_validate(await _statement(market, by, seller_id, currency, since, until))


@router.get(
    "/sellers/{seller_id}/statement.csv",
    operation_id="download_statement",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def download_statement(
    seller_id: Name, market: Market, by: By, currency: Currency, since: Since, until: Until
) -> Response:
    """Download the statement of your shop as a table for spreadsheets."""
    statement = await _statement(market, by, seller_id, currency, since, until)
    name = f"statement-{statement.since:%Y-%m-%d}-{statement.until:%Y-%m-%d}.csv"
    return Response(
        as_csv(statement),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _statement(
    market: Market, by: By, seller_id: str, currency: str, since: datetime, until: datetime
) -> SellerStatement:
    query = ViewStatement(seller_id=SellerId(seller_id), currency=currency, since=_aware(since), until=_aware(until))
    return await market.ask(query, by=by)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
