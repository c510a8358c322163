"""Vouchers: make them, stop them, use them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import SellerId, VoucherId
from marketplace_core.orders import DropVoucher, ListVouchers, StopVoucher, UseVoucher, ViewVoucher
from marketplace_entrypoints.http.dependencies import By, Host, Key, Market, Paging, Reason, Trying, once
from marketplace_entrypoints.http.orders.schemas import QuoteOut
from marketplace_entrypoints.http.orders.voucher_schemas import VoucherCodeIn, VoucherIn, VoucherOut, VoucherPageOut

router = APIRouter()
VoucherPath = Annotated[str, Path(max_length=64, examples=["vch_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.put("/cart/voucher", response_model=QuoteOut, operation_id="use_voucher")
async def use_voucher(body: VoucherCodeIn, market: Market, by: By, tries: Trying, host: Host) -> QuoteOut:
    """Use a voucher for your cart, and learn what it costs then; another code replaces it.

    It counts as used when the order is placed. A code that takes nothing off this cart, for whatever reason, is refused
    with `orders.voucher_not_applicable`; one that was used as often as it may be with `orders.voucher_exhausted`.
    Who guesses too often is refused with `kernel.too_often` (429) until `Retry-After` is over.
    """
    async with tries.voucher(by.principal, host):
        return QuoteOut.model_validate(await market.execute(UseVoucher(code=body.code, country=body.country), by=by))


@router.delete("/cart/voucher", status_code=204, operation_id="drop_voucher")
async def drop_voucher(market: Market, by: By) -> None:
    """Take the voucher out of your cart; if there is none, nothing changes."""
    await market.execute(DropVoucher(), by=by)


@router.post("/vouchers", status_code=201, response_model=VoucherOut, operation_id="make_voucher")
async def make_voucher(
    body: VoucherIn, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> VoucherOut:
    """Make a voucher of your shop, or, without `seller_id`, of the platform (operators).

    A shop's voucher is off that shop's goods and lowers what the shop gets. The platform's is off everybody's, and the
    shops get what they would get without it. A code exists once: `orders.voucher_code_taken`.
    """
    voucher_id = await once(market, body.command(), by=by, key=key, response=response, reason=reason)
    response.headers["Location"] = f"/v1/vouchers/{voucher_id}"
    return await _shown(market, voucher_id, by)


@router.get("/vouchers", response_model=VoucherPageOut, operation_id="list_vouchers")
async def list_vouchers(
    market: Market,
    by: By,
    page: Paging,
    seller_id: Annotated[str | None, Query(max_length=64, description="Whose; nobody named: the platform's")] = None,
) -> VoucherPageOut:
    """List a shop's vouchers, or the platform's (operators), the newest first."""
    query = ListVouchers(seller_id=SellerId(seller_id) if seller_id else None, page=page)
    return VoucherPageOut.model_validate(await market.ask(query, by=by))


@router.get("/vouchers/{voucher_id}", response_model=VoucherOut, operation_id="view_voucher")
async def view_voucher(voucher_id: VoucherPath, market: Market, by: By) -> VoucherOut:
    """Look at a voucher of yours, and how often it was used."""
    return await _shown(market, VoucherId(voucher_id), by)


@router.post("/vouchers/{voucher_id}/stop", response_model=VoucherOut, operation_id="stop_voucher")
async def stop_voucher(voucher_id: VoucherPath, market: Market, by: By, reason: Reason = None) -> VoucherOut:
    """Let nobody use it any more. Orders that were placed with it keep what it took off; there is no way back."""
    await market.execute(StopVoucher(voucher_id=VoucherId(voucher_id)), by=by, reason=reason)
    return await _shown(market, VoucherId(voucher_id), by)


async def _shown(market: Marketplace, voucher_id: VoucherId, by: Actor) -> VoucherOut:
    return VoucherOut.model_validate(await market.ask(ViewVoucher(voucher_id=voucher_id), by=by))
