"""Where the money for an order is, for its buyer."""

from starlette.responses import Response

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import ViewOrder
from marketplace_core.payments.books import ExplainOrder
from marketplace_entrypoints.web.explained import Reader, heaps
from marketplace_entrypoints.web.visit import Visit


async def money(visit: Visit) -> Response:
    """Say where every cent of the parcels' price is, shop by shop."""
    order_id = OrderId(visit.named("order_id"))
    order = await visit.ask(ViewOrder(order_id=order_id))
    found = await visit.ask(ExplainOrder(order_id))
    return visit.page(
        "storefront/money.html",
        order=order,
        names={part.seller_order_id: part.seller_name for part in order.seller_orders},
        heaps=heaps(visit.language, found, Reader.BUYER),
    )
