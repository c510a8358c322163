"""Shops: who wants to sell, who may, and who may not any more."""

from starlette.responses import Response

from marketplace_core.catalog import ListOwnProducts
from marketplace_core.identity import (
    ApproveSeller,
    ListSellers,
    ReinstateSeller,
    SellerStatus,
    SellerView,
    SuspendSeller,
    ViewSeller,
    ViewUser,
)
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import ViewBalance
from marketplace_entrypoints.web.console.desk import carry_out, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

PRODUCTS = 8


async def shops(visit: Visit) -> Response:
    """List them, the newest first."""
    status = picked(visit, "status", SellerStatus)
    found = await visit.ask(ListSellers(status=status, page=turned(visit)))
    return visit.page(
        "console/shops.html", said=said(visit.language), shops=found, chosen=status, statuses=list(SellerStatus)
    )


async def shop(visit: Visit) -> Response:
    """Show one: who runs it, what it sells, where its money is, and what can be done about it."""
    return await _shop(visit, Form(language=visit.language), 200)


async def approve(visit: Visit) -> Response:
    """Let it sell."""
    seller = await _named(visit)
    return await carry_out(
        visit, ApproveSeller(seller_id=seller.seller_id), again=_shop, after=_at(seller), notice="shop-approved"
    )


async def suspend(visit: Visit) -> Response:
    """Stop it from selling, for a reason that is kept."""
    seller, form = await _named(visit), await visit.form()
    reason = form.text("reason", required=True)
    if not form.fits:
        return await _shop(visit, form, 422)
    command = SuspendSeller(seller_id=seller.seller_id, reason=reason)
    return await carry_out(visit, command, again=_shop, after=_at(seller), notice="shop-suspended")


async def reinstate(visit: Visit) -> Response:
    """Let it sell again."""
    seller = await _named(visit)
    return await carry_out(
        visit, ReinstateSeller(seller_id=seller.seller_id), again=_shop, after=_at(seller), notice="shop-reinstated"
    )


async def _shop(visit: Visit, form: Form, status: int) -> Response:
    seller = await _named(visit)
    return visit.page(
        "console/shop.html",
        status=status,
        said=said(visit.language),
        form=form,
        shop=seller,
        owner=await visit.ask(ViewUser(user_id=seller.user_id)) if seller.user_id else None,
        balance=await visit.ask(ViewBalance(seller_id=seller.seller_id)),
        products=await visit.ask(ListOwnProducts(seller_id=seller.seller_id, page=PageRequest(limit=PRODUCTS))),
    )


async def _named(visit: Visit) -> SellerView:
    return await visit.ask(ViewSeller(seller=visit.named("seller_id")))


def _at(seller: SellerView) -> str:
    return f"/console/shops/{seller.seller_id}"
