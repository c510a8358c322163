"""What the shop may do and what it owes; and closing it."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from marketplace_core.identity import (
    CloseShop,
    KeepShop,
    SellerNotInState,
    SellerView,
    ShopHasOpenMatters,
    ShopMatters,
    ViewShopMatters,
)
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.payments import SellerAccountNotFound
from marketplace_core.payments.debts import SellerStandingView, ViewSellerStanding
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.standing import capabilities
from marketplace_entrypoints.web.visit import Visit

AT: Final = "/studio/closing"


async def standing(visit: Visit, shop: SellerView) -> Response:
    """Show what the shop may do, why not where not, and what it owes."""
    found = await _standing(visit, shop)
    return visit.page(
        "studio/standing.html",
        shop=shop,
        standing=found,
        capabilities=capabilities(visit.language, found) if found else (),
    )


async def closing(visit: Visit, shop: SellerView) -> Response:
    """Show what closing the shop means, what keeps it from being closed, or what it still waits for."""
    return await _closing(visit, shop)


async def close(visit: Visit, shop: SellerView) -> Response:
    """Begin to close the shop."""
    try:
        await visit.execute(CloseShop(seller_id=shop.seller_id))
    except (SellerNotInState, ShopHasOpenMatters) as refusal:
        return await _closing(visit, shop, refusal)
    return visit.go(AT, "shop-closing")


async def keep(visit: Visit, shop: SellerView) -> Response:
    """Keep it after all."""
    try:
        await visit.execute(KeepShop(seller_id=shop.seller_id))
    except SellerNotInState as refusal:
        return await _closing(visit, shop, refusal)
    return visit.go(AT, "shop-kept")


async def _closing(visit: Visit, shop: SellerView, refusal: MarketplaceError | None = None) -> Response:
    matters = await visit.ask(ViewShopMatters(seller_id=shop.seller_id))
    return visit.page(
        "studio/closing.html",
        status=200 if refusal is None else status_of(refusal),
        shop=shop,
        matters=matters,
        hindrances=_hindrances(visit, matters),
        refused="" if refusal is None else visit.sentence(refusal),
    )


def _hindrances(visit: Visit, matters: ShopMatters) -> Sequence[tuple[str, str]]:
    """Return what keeps the shop from being closed: what it is, and where it is dealt with."""
    say = visit.language.say
    orders = [
        (say("Order …%(end)s is not delivered yet.", end=one[-6:]), f"/studio/orders/{one}") for one in matters.orders
    ]
    claims = [(say("A buyer's claim is open."), f"/studio/claims/{one}") for one in matters.claims]
    disputes = [(say("A card dispute is open."), "/studio/orders") for _ in matters.disputes]
    refunds = [(say("A refund is not over yet."), "/studio/orders") for _ in matters.refunds]
    debts = [
        (say("You owe %(amount)s.", amount=visit.language.money(one)), "/studio/money/standing")
        for one in matters.debts
    ]
    return [*orders, *claims, *disputes, *refunds, *debts]


async def _standing(visit: Visit, shop: SellerView) -> SellerStandingView | None:
    try:
        return await visit.ask(ViewSellerStanding(seller_id=shop.seller_id))
    except SellerAccountNotFound:
        return None
