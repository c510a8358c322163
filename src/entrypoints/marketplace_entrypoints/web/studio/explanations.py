"""Where the shop's money is: of an order, of a payout, and all of it; and how a commission comes about."""

from collections.abc import Sequence

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.payments import ViewEscrow
from marketplace_core.payments.books import ExplainBalance, ExplainCommission, ExplainOrder, ExplainPayout, Explanation
from marketplace_entrypoints.own_addresses import MONEY_PAGE
from marketplace_entrypoints.web.explained import Heap, Reader, heap
from marketplace_entrypoints.web.studio.orders import own_order
from marketplace_entrypoints.web.visit import Visit


async def of_order(visit: Visit, shop: SellerView) -> Response:
    """Say where every cent of the shop's part of an order is, and how the commission on it comes about."""
    say, part = visit.language.say, (await own_order(visit, shop)).seller_order_id
    hold = await visit.ask(ViewEscrow(seller_order_id=part))
    whole = await visit.ask(ExplainOrder(hold.order_id))
    own = [one for one in whole.parts if one.about == part]
    told = [(say("The payment"), heap(visit.language, part, own, Reader.SELLER, whole.total.currency))]
    charged = await visit.ask(ExplainCommission(part))
    if charged.parts:
        told.append((say("The commission"), _one(visit, charged)))
    return _page(
        visit,
        shop,
        told,
        back=f"/studio/orders/{part}",
        back_to=say("Order"),
        opening=say("Every cent that the buyer pays for your part of the order, and what moves it next."),
    )


async def of_payout(visit: Visit, shop: SellerView) -> Response:
    """Say what a payout is made of, and what becomes of it."""
    say = visit.language.say
    found = await visit.ask(ExplainPayout(PayoutId(visit.named("payout_id"))))
    told = [("", _one(visit, found))]
    return _page(
        visit,
        shop,
        told,
        back=MONEY_PAGE,
        back_to=say("Money"),
        opening=say("A payout of %(amount)s, order by order.", amount=visit.language.money(found.total)),
        parts="/studio/orders",
    )


async def of_balance(visit: Visit, shop: SellerView) -> Response:
    """Say where all of the shop's money is that has not arrived at the bank."""
    say = visit.language.say
    found = await visit.ask(ExplainBalance(shop.seller_id))
    told = [(one.total.currency if len(found) > 1 else "", _one(visit, one)) for one in found if one.parts]
    return _page(
        visit,
        shop,
        told,
        back=MONEY_PAGE,
        back_to=say("Money"),
        opening=say("All that is yours or on its way to you, less what you owe."),
    )


def _one(visit: Visit, found: Explanation) -> Heap:
    return heap(visit.language, found.subject, found.parts, Reader.SELLER, found.total.currency)


def _page(
    visit: Visit,
    shop: SellerView,
    told: Sequence[tuple[str, Heap]],
    *,
    back: str,
    back_to: str,
    opening: str,
    parts: str = "",
) -> Response:
    return visit.page(
        "studio/where.html", shop=shop, told=told, back=back, back_to=back_to, opening=opening, parts=parts
    )
