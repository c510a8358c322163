"""What was ordered from the shop, and what becomes of it."""

from typing import Final, TypeAlias

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import (
    AcceptSellerOrder,
    CancelSellerOrder,
    DeclineSellerOrder,
    InvalidShipment,
    ListSellerOrders,
    MarkDelivered,
    ReportReturn,
    SellerOrderNotFound,
    SellerOrderState,
    SellerOrderView,
    ShipSellerOrder,
    Units,
    ViewSellerOrder,
)
from marketplace_core.payments import (
    EscrowNotFound,
    EscrowView,
    ListPartDisputes,
    ListRefunds,
    PartDispute,
    RefundView,
    ViewEscrow,
)
from marketplace_core.payments.claims import ListClaims
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.claims.history import ahead
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.studio.claims import OWN_STATES as CLAIM_STATES
from marketplace_entrypoints.web.studio.rooms import turned
from marketplace_entrypoints.web.studio.words import (
    DISPUTE_STATES,
    HOLD_STATES,
    ORDER_STATES,
    REFUND_STATES,
    STEPS,
    WHO,
)
from marketplace_entrypoints.web.visit import Visit

_Moves: TypeAlias = AcceptSellerOrder | DeclineSellerOrder | CancelSellerOrder | ReportReturn | MarkDelivered
ORDERS: Final = 25
REFUNDS: Final = 100
FILTERS: Final = (
    ("", msg("All")),
    ("confirmed", msg("To be accepted")),
    ("accepted", msg("To be shipped")),
    ("part_shipped", msg("Shipped in part")),
    ("shipped", msg("On their way")),
    ("delivered", msg("Delivered")),
    ("pending", msg("Waiting for payment")),
    ("cancelled", msg("Cancelled")),
)


async def orders(visit: Visit, shop: SellerView) -> Response:
    """Show them, the newest first, those in one state if asked."""
    chosen = visit.asked("state")
    state = SellerOrderState(chosen) if chosen in set(SellerOrderState) else None
    found = await visit.ask(ListSellerOrders(seller_id=shop.seller_id, state=state, page=turned(visit, ORDERS)))
    return visit.page(
        "studio/orders.html",
        shop=shop,
        orders=found.items,
        next_cursor=found.next_cursor,
        chosen=state.value if state else "",
        filters=FILTERS,
        states=ORDER_STATES,
    )


async def order(visit: Visit, shop: SellerView) -> Response:
    """Show one."""
    return await shown_order(visit, shop, await own_order(visit, shop), Form(language=visit.language))


async def ship(visit: Visit, shop: SellerView) -> Response:
    """Say that a parcel is on its way, with so much of each line in it; all of it, unless the form says less."""
    view, form = await own_order(visit, shop), await visit.form()
    carrier, tracking = form.text("carrier", required=True), form.text("tracking", required=True)
    units = [(one.offer_id, form.whole(f"units-{one.offer_id}", one.quantity)) for one in view.open_units]
    lines = tuple(Units(offer_id=offer_id, quantity=quantity) for offer_id, quantity in units if quantity)
    if view.open_units and not lines:
        form.refusal = visit.language.say("At least one thing is in a parcel.")
    if not form.fits:
        return await shown_order(visit, shop, view, form, status=422)
    command = ShipSellerOrder(seller_order_id=view.seller_order_id, carrier=carrier, tracking=tracking, lines=lines)
    try:
        await visit.execute(command)
    except InvalidShipment as refusal:
        visit.blame(form, refusal, "carrier", "tracking")
        return await shown_order(visit, shop, view, form, status=422)
    except MarketplaceError as refusal:
        form.refusal = visit.sentence(refusal)
        return await shown_order(visit, shop, await own_order(visit, shop), form, status=status_of(refusal))
    return visit.go(f"/studio/orders/{view.seller_order_id}", "parcel-shipped")


async def accept(visit: Visit, shop: SellerView) -> Response:
    """Promise to send it."""
    view = await own_order(visit, shop)
    return await _moved(visit, shop, AcceptSellerOrder(seller_order_id=view.seller_order_id), "order-accepted")


async def decline(visit: Visit, shop: SellerView) -> Response:
    """Say that it will not be sent."""
    view, form = await own_order(visit, shop), await visit.form()
    command = DeclineSellerOrder(seller_order_id=view.seller_order_id, note=form.text("why"))
    return await _moved(visit, shop, command, "order-declined", form)


async def cancel(visit: Visit, shop: SellerView) -> Response:
    """Call off what is not sent yet."""
    view, form = await own_order(visit, shop), await visit.form()
    command = CancelSellerOrder(seller_order_id=view.seller_order_id, note=form.text("why"))
    return await _moved(visit, shop, command, "part-cancelled", form)


async def came_back(visit: Visit, shop: SellerView) -> Response:
    """Say that it could not be delivered."""
    view = await own_order(visit, shop)
    return await _moved(visit, shop, ReportReturn(seller_order_id=view.seller_order_id), "parcel-returned")


async def delivered(visit: Visit, shop: SellerView) -> Response:
    """Say that the parcel has arrived."""
    view = await own_order(visit, shop)
    return await _moved(visit, shop, MarkDelivered(seller_order_id=view.seller_order_id), "parcel-delivered")


async def _moved(visit: Visit, shop: SellerView, command: _Moves, notice: str, sent: Form | None = None) -> Response:
    """Carry out what moves an order, and show it; a refusal is said where they stand."""
    form = sent or Form(language=visit.language)
    try:
        await visit.execute(command)
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "why")
        return await shown_order(visit, shop, await own_order(visit, shop), form, status=status_of(refusal))
    return visit.go(f"/studio/orders/{command.seller_order_id}", notice)


async def shown_order(
    visit: Visit, shop: SellerView, view: SellerOrderView, form: Form, *, status: int = 200
) -> Response:
    """Show an order, with a form as it was sent."""
    question = ListClaims(order_id=view.order_id, seller_id=shop.seller_id, page=PageRequest(limit=REFUNDS))
    claims = [one for one in (await visit.ask(question)).items if one.seller_order_id == view.seller_order_id]
    return visit.page(
        "studio/order.html",
        status=status,
        shop=shop,
        order=view,
        titles={line.offer_id: ", ".join(filter(None, (line.title, line.variant_title))) for line in view.lines},
        hold=await _hold(visit, view),
        refunds=await _refunds(visit, shop, view),
        refund_states=REFUND_STATES,
        claims=claims,
        claim_states=CLAIM_STATES,
        aheads={one.claim_id: ahead(visit.language, one, Who.SELLER) for one in claims},
        disputes=await _disputes(visit, view),
        dispute_states=DISPUTE_STATES,
        form=form,
        states=ORDER_STATES,
        holds=HOLD_STATES,
        steps=STEPS,
        who=WHO,
    )


async def own_order(visit: Visit, shop: SellerView) -> SellerOrderView:
    """Return the order that the path names. Raises ``SellerOrderNotFound`` for another shop's too."""
    view = await visit.ask(ViewSellerOrder(seller_order_id=SellerOrderId(visit.named("seller_order_id"))))
    if view.seller_id != shop.seller_id:
        raise SellerOrderNotFound
    return view


async def _hold(visit: Visit, view: SellerOrderView) -> EscrowView | None:
    try:
        return await visit.ask(ViewEscrow(seller_order_id=view.seller_order_id))
    except EscrowNotFound:
        return None


async def _disputes(visit: Visit, view: SellerOrderView) -> tuple[PartDispute, ...]:
    try:
        return await visit.ask(ListPartDisputes(seller_order_id=view.seller_order_id))
    except EscrowNotFound:
        return ()


async def _refunds(visit: Visit, shop: SellerView, view: SellerOrderView) -> list[RefundView]:
    page = PageRequest(limit=REFUNDS)
    found = await visit.ask(ListRefunds(order_id=view.order_id, seller_id=shop.seller_id, page=page))
    of_order = (refund.for_seller_order(view.seller_order_id) for refund in found.items)
    return [refund for refund in of_order if refund is not None]
