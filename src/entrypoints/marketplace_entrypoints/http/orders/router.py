"""From the cart to the doorstep: quote, order, ship, deliver, receive."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId
from marketplace_core.orders import (
    AcceptPayment,
    AcceptSellerOrder,
    CancelOrder,
    CancelSellerOrder,
    ConfirmReceipt,
    DeclineSellerOrder,
    ListAllOrders,
    ListOrders,
    ListSellerOrders,
    MarkDelivered,
    OrderState,
    PlaceOrder,
    QuoteCheckout,
    RejectPayment,
    ReportReturn,
    SellerOrderState,
    SetDelivery,
    ShipSellerOrder,
    ViewDelivery,
    ViewOrder,
    ViewOrderByLink,
    ViewSellerOrder,
)
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, Reason, Trying, once
from marketplace_entrypoints.http.orders import vouchers
from marketplace_entrypoints.http.orders.schemas import (
    AnyOrderPageOut,
    CancellationIn,
    CancelledOrderOut,
    DeliveredOut,
    DeliveryOut,
    DeliveryTermsIn,
    NoteIn,
    OrderIn,
    OrderOut,
    OrderPageOut,
    PlacedOrderOut,
    QuoteOut,
    ReviewedPaymentOut,
    SellerOrderOut,
    SellerOrderPageOut,
    SellerOrderStateOut,
    ShipmentIn,
    ShippedOut,
)

router = APIRouter(prefix="/v1", tags=["orders"])
router.include_router(vouchers.router)
OrderPath = Annotated[str, Path(max_length=64, examples=["ord_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SellerPath = Annotated[str, Path(max_length=64, examples=["sel_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SellerOrderPath = Annotated[str, Path(max_length=64, examples=["sor_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
TrackingQuery = Annotated[
    str | None,
    Query(max_length=200, description="One parcel of several; with the last one all has arrived"),
]


@router.get("/checkout/quote", response_model=QuoteOut, operation_id="quote_checkout")
async def quote_checkout(
    market: Market,
    by: By,
    country: Annotated[
        str, Query(pattern="^([A-Z]{2})?$", description="Where the goods go, as far as that is known")
    ] = "",
) -> QuoteOut:
    """Ask what your cart costs now, seller by seller, delivery included; the quote holds for 15 minutes.

    A cart in which something cannot be bought gets no quote: `orders.not_available` names the lines. Tax depends on the
    country: an order to another one than the quote was for is refused with `orders.quote_changed`.
    """
    return QuoteOut.model_validate(await market.ask(QuoteCheckout(country=country), by=by))


@router.post("/orders", status_code=201, response_model=PlacedOrderOut, operation_id="place_order")
async def place_order(
    body: OrderIn, market: Market, by: By, key: Key, response: Response, tries: Trying
) -> PlacedOrderOut:
    """Order what is in your cart, exactly as quoted, and learn how to pay.

    Goods are held for every line or for none, for 15 minutes. What differs from the quote is refused with
    `orders.quote_changed`, the old and new prices, and what the whole comes to now (`totals`); a voucher that somebody
    else has used up with `orders.voucher_exhausted`. A cart becomes one order at most; sending the same request with
    the same `Idempotency-Key` again returns the same order. A guest leaves a contact first: `orders.contact_needed`.
    """
    await tries.checkout(by.principal)
    command = PlaceOrder(quote_hash=body.quote_hash, address=body.address.address(), request_key=key)
    placed = await once(market, command, by=by, key=key, response=response)
    response.headers["Location"] = f"/v1/orders/{placed.order_id}"
    return PlacedOrderOut.model_validate(placed)


@router.get("/orders", response_model=OrderPageOut, operation_id="list_orders")
async def list_orders(market: Market, by: By, page: Paging) -> OrderPageOut:
    """List your orders, the newest first."""
    return OrderPageOut.model_validate(await market.ask(ListOrders(page=page), by=by))


@router.get("/all-orders", response_model=AnyOrderPageOut, operation_id="list_all_orders")
async def list_all_orders(
    market: Market,
    by: By,
    page: Paging,
    state: Annotated[OrderState | None, Query(description="Only those in this state")] = None,
) -> AnyOrderPageOut:
    """List everybody's orders, the newest first (operators)."""
    return AnyOrderPageOut.model_validate(await market.ask(ListAllOrders(state=state, page=page), by=by))


@router.get("/orders/{order_id}", response_model=OrderOut, operation_id="view_order")
async def view_order(order_id: OrderPath, market: Market, by: By) -> OrderOut:
    """Look at an order of yours: its parts, its timeline, and what is left to do to pay it."""
    return OrderOut.model_validate(await market.ask(ViewOrder(order_id=OrderId(order_id)), by=by))


@router.get("/order-links/{order_id}", response_model=OrderOut, operation_id="view_order_by_link")
async def view_order_by_link(
    order_id: OrderPath,
    market: Market,
    response: Response,
    key: Annotated[str, Query(max_length=200, description="What the link in the confirmation carries")] = "",
) -> OrderOut:
    """Look at an order that was placed without an account, by the link in its confirmation.

    The link works for 90 days from placing the order. It shows, and changes nothing; what it takes to pay is not shown.
    A wrong or expired key gets the same answer as an order that does not exist.
    """
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    question = ViewOrderByLink(order_id=OrderId(order_id), key=key)
    return OrderOut.model_validate(await market.ask(question, by=ANONYMOUS))


@router.post("/orders/{order_id}/cancellation", response_model=CancelledOrderOut, operation_id="cancel_order")
async def cancel_order(
    order_id: OrderPath, market: Market, by: By, body: CancellationIn | None = None
) -> CancelledOrderOut:
    """Call off an order that is not paid yet, or of which nothing is sent yet; all that was paid goes back.

    Of an unpaid one the payment provider is asked first, and its answer wins.
    """
    command = CancelOrder(order_id=OrderId(order_id), note=body.note if body else "")
    return CancelledOrderOut.model_validate(await market.execute(command, by=by))


@router.post("/orders/{order_id}/payment-acceptance", response_model=ReviewedPaymentOut, operation_id="accept_payment")
async def accept_payment(
    order_id: OrderPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> ReviewedPaymentOut:
    """Keep a payment in review and let the order go on, as far as its goods are there (operators).

    What came beyond the price goes back; less than the price is refused with `orders.payment_too_small`.
    """
    command = AcceptPayment(order_id=OrderId(order_id))
    state = await once(market, command, by=by, key=key, response=response, reason=reason)
    return ReviewedPaymentOut(order_id=order_id, state=state)


@router.post("/orders/{order_id}/payment-rejection", response_model=ReviewedPaymentOut, operation_id="reject_payment")
async def reject_payment(
    order_id: OrderPath, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> ReviewedPaymentOut:
    """Send a payment in review back in full and call the order off (operators)."""
    command = RejectPayment(order_id=OrderId(order_id))
    state = await once(market, command, by=by, key=key, response=response, reason=reason)
    return ReviewedPaymentOut(order_id=order_id, state=state)


@router.get("/sellers/{seller_id}/delivery", response_model=DeliveryOut, operation_id="view_delivery")
async def view_delivery(seller_id: SellerPath, market: Market, by: By) -> DeliveryOut:
    """Look at what a parcel of a shop costs."""
    return DeliveryOut.model_validate(await market.ask(ViewDelivery(seller_id=SellerId(seller_id)), by=by))


@router.put("/sellers/{seller_id}/delivery", response_model=DeliveryOut, operation_id="set_delivery")
async def set_delivery(seller_id: SellerPath, body: DeliveryTermsIn, market: Market, by: By) -> DeliveryOut:
    """Say what a parcel of your shop costs; quotes that were given before are void, orders keep their delivery."""
    await market.execute(SetDelivery(seller_id=SellerId(seller_id), terms=body.terms()), by=by)
    return DeliveryOut.model_validate(await market.ask(ViewDelivery(seller_id=SellerId(seller_id)), by=by))


@router.delete("/sellers/{seller_id}/delivery", response_model=DeliveryOut, operation_id="reset_delivery")
async def reset_delivery(seller_id: SellerPath, market: Market, by: By) -> DeliveryOut:
    """Deliver on the marketplace's terms again."""
    await market.execute(SetDelivery(seller_id=SellerId(seller_id), terms=None), by=by)
    return DeliveryOut.model_validate(await market.ask(ViewDelivery(seller_id=SellerId(seller_id)), by=by))


@router.get("/seller-orders", response_model=SellerOrderPageOut, operation_id="list_seller_orders")
async def list_seller_orders(
    market: Market,
    by: By,
    page: Paging,
    state: Annotated[SellerOrderState | None, Query(description="Only those in this state")] = None,
    seller_id: Annotated[str | None, Query(max_length=64, description="The shop; your own by default")] = None,
) -> SellerOrderPageOut:
    """List what your shop has sold, the newest first."""
    shop = by.own_seller if seller_id is None else SellerId(seller_id)
    found = await market.ask(ListSellerOrders(seller_id=shop, state=state, page=page), by=by)
    return SellerOrderPageOut.model_validate(found)


@router.get("/seller-orders/{seller_order_id}", response_model=SellerOrderOut, operation_id="view_seller_order")
async def view_seller_order(seller_order_id: SellerOrderPath, market: Market, by: By) -> SellerOrderOut:
    """Look at what your shop has to send; where to is told once the money is held."""
    question = ViewSellerOrder(seller_order_id=SellerOrderId(seller_order_id))
    return SellerOrderOut.model_validate(await market.ask(question, by=by))


@router.post("/seller-orders/{seller_order_id}/shipment", response_model=ShippedOut, operation_id="ship_seller_order")
async def ship_seller_order(seller_order_id: SellerOrderPath, body: ShipmentIn, market: Market, by: By) -> ShippedOut:
    """Say as the seller that a parcel was handed to a carrier; the buyer is told.

    Without `lines` it holds all that is left to send. The same parcel said again changes nothing.
    """
    command = ShipSellerOrder(
        seller_order_id=SellerOrderId(seller_order_id),
        carrier=body.carrier,
        tracking=body.tracking,
        lines=tuple(line.units() for line in body.lines),
    )
    return ShippedOut.model_validate(await market.execute(command, by=by))


@router.post(
    "/seller-orders/{seller_order_id}/acceptance",
    response_model=SellerOrderStateOut,
    operation_id="accept_seller_order",
)
async def accept_seller_order(seller_order_id: SellerOrderPath, market: Market, by: By) -> SellerOrderStateOut:
    """Promise as the seller to send it; 14 days remain for that."""
    command = AcceptSellerOrder(seller_order_id=SellerOrderId(seller_order_id))
    return SellerOrderStateOut(seller_order_id=seller_order_id, state=await market.execute(command, by=by))


@router.post(
    "/seller-orders/{seller_order_id}/decline", response_model=SellerOrderStateOut, operation_id="decline_seller_order"
)
async def decline_seller_order(
    seller_order_id: SellerOrderPath, body: NoteIn, market: Market, by: By
) -> SellerOrderStateOut:
    """Say as the seller that you will not send it. The buyer is told why, and all of their payment goes back."""
    command = DeclineSellerOrder(seller_order_id=SellerOrderId(seller_order_id), note=body.note)
    return SellerOrderStateOut(seller_order_id=seller_order_id, state=await market.execute(command, by=by))


@router.post(
    "/seller-orders/{seller_order_id}/cancellation",
    response_model=SellerOrderStateOut,
    operation_id="cancel_seller_order",
)
async def cancel_seller_order(
    seller_order_id: SellerOrderPath, body: CancellationIn, market: Market, by: By
) -> SellerOrderStateOut:
    """Call off what is not sent yet, as the buyer before anything is sent, as the seller also the rest after a part.

    What the buyer paid for it goes back at once. While a card dispute is open: `orders.money_disputed`.
    """
    command = CancelSellerOrder(seller_order_id=SellerOrderId(seller_order_id), note=body.note)
    return SellerOrderStateOut(seller_order_id=seller_order_id, state=await market.execute(command, by=by))


@router.post(
    "/seller-orders/{seller_order_id}/return-to-sender",
    response_model=SellerOrderStateOut,
    operation_id="report_return",
)
async def report_return(seller_order_id: SellerOrderPath, market: Market, by: By) -> SellerOrderStateOut:
    """Say as the seller that it could not be delivered and comes back. Its payment is held until that is settled."""
    command = ReportReturn(seller_order_id=SellerOrderId(seller_order_id))
    return SellerOrderStateOut(seller_order_id=seller_order_id, state=await market.execute(command, by=by))


@router.post("/seller-orders/{seller_order_id}/delivery", response_model=DeliveredOut, operation_id="mark_delivered")
async def mark_delivered(
    seller_order_id: SellerOrderPath, market: Market, by: By, tracking: TrackingQuery = None
) -> DeliveredOut:
    """Say as the seller that the parcel arrived. The held money waits 14 days for the buyer to object."""
    command = MarkDelivered(seller_order_id=SellerOrderId(seller_order_id), tracking=tracking)
    return DeliveredOut.model_validate(await market.execute(command, by=by))


@router.post("/seller-orders/{seller_order_id}/receipt", response_model=DeliveredOut, operation_id="confirm_receipt")
async def confirm_receipt(
    seller_order_id: SellerOrderPath, market: Market, by: By, tracking: TrackingQuery = None
) -> DeliveredOut:
    """Say as the buyer that the parcel arrived. The held money goes to the seller at once."""
    command = ConfirmReceipt(seller_order_id=SellerOrderId(seller_order_id), tracking=tracking)
    return DeliveredOut.model_validate(await market.execute(command, by=by))
