"""The shop's own vouchers."""

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import VoucherId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import ListVouchers, StopVoucher, ViewVoucher, VoucherNotFound
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit
from marketplace_entrypoints.web.vouchers import FIELDS, asked_for, shown


async def vouchers(visit: Visit, shop: SellerView) -> Response:
    """List them, the newest first."""
    return await _page(visit, shop, Form(language=visit.language))


async def make(visit: Visit, shop: SellerView) -> Response:
    """Make another one."""
    form = await visit.form()
    command = asked_for(form, seller_id=shop.seller_id, currency=shop.currency)
    if command is None:
        return await _page(visit, shop, form, 422)
    try:
        await visit.execute(command)
    except MarketplaceError as refusal:
        visit.blame(form, refusal, *FIELDS)
        return await _page(visit, shop, form, status_of(refusal))
    return visit.go("/studio/vouchers", "voucher-made")


async def stop(visit: Visit, shop: SellerView) -> Response:
    """Let nobody use one of the shop's any more."""
    voucher = await visit.ask(ViewVoucher(voucher_id=VoucherId(visit.named("voucher_id"))))
    if voucher.seller_id != shop.seller_id:
        raise VoucherNotFound
    await visit.execute(StopVoucher(voucher_id=voucher.voucher_id))
    return visit.go("/studio/vouchers", "voucher-stopped")


async def _page(visit: Visit, shop: SellerView, form: Form, status: int = 200) -> Response:
    page = PageRequest(cursor=visit.asked("cursor") or None)
    found = await visit.ask(ListVouchers(seller_id=shop.seller_id, page=page))
    return visit.page(
        "studio/vouchers.html",
        status=status,
        shop=shop,
        form=form,
        vouchers=shown(visit.language, found),
        next_cursor=found.next_cursor,
    )
