"""Where money is: of an order, a payout, a shop; and how a commission comes about."""

from collections.abc import Sequence

from starlette.responses import Response

from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId
from marketplace_core.orders import ViewOrder
from marketplace_core.payments.books import ExplainBalance, ExplainCommission, ExplainOrder, ExplainPayout
from marketplace_entrypoints.web.explained import Heap, Reader, heap, heaps
from marketplace_entrypoints.web.visit import Visit


async def of_order(visit: Visit) -> Response:
    """Say where every cent of an order is, shop by shop."""
    order_id = OrderId(visit.named("order_id"))
    found = await visit.ask(ExplainOrder(order_id))
    shops = {
        part.seller_order_id: part.seller_name for part in (await visit.ask(ViewOrder(order_id=order_id))).seller_orders
    }
    told = [(shops[SellerOrderId(each.about)], each) for each in heaps(visit.language, found, Reader.OPERATOR)]
    return _page(visit, told, order_id, f"/console/orders/{order_id}", visit.language.say("Order"), "orders")


async def of_hold(visit: Visit) -> Response:
    """Say how the commission on a part of an order comes about."""
    part = SellerOrderId(visit.named("seller_order_id"))
    found = await visit.ask(ExplainCommission(part))
    told = [
        (
            visit.language.say("The commission"),
            heap(visit.language, part, found.parts, Reader.OPERATOR, found.total.currency),
        )
    ]
    say = visit.language.say
    return _page(visit, told if found.parts else (), part, f"/console/holds/{part}", say("Held payment"), "holds")


async def of_payout(visit: Visit) -> Response:
    """Say what a payout is made of, and what becomes of it."""
    payout_id = PayoutId(visit.named("payout_id"))
    found = await visit.ask(ExplainPayout(payout_id))
    told = [("", heap(visit.language, payout_id, found.parts, Reader.OPERATOR, found.total.currency))]
    at = f"/console/payouts/{payout_id}"
    return _page(visit, told, payout_id, at, visit.language.say("Payout"), "payouts", "/console/holds")


async def of_shop(visit: Visit) -> Response:
    """Say where a shop's money is in every currency."""
    seller_id = SellerId(visit.named("seller_id"))
    told = [
        (one.total.currency, heap(visit.language, seller_id, one.parts, Reader.OPERATOR, one.total.currency))
        for one in await visit.ask(ExplainBalance(seller_id))
        if one.parts
    ]
    return _page(visit, told, seller_id, f"/console/shops/{seller_id}", visit.language.say("Shop"), "shops")


def _page(
    visit: Visit, told: Sequence[tuple[str, Heap]], subject: str, back: str, back_to: str, room: str, parts: str = ""
) -> Response:
    return visit.page(
        "console/where.html", told=told, subject=subject, back=back, back_to=back_to, room=room, parts=parts
    )
