"""What you are considering: put things in, change how many, take them out."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from marketplace_core.cart import AddToCart, CartView, ChangeQuantity, EmptyCart, RemoveLine, TakeOverCart, ViewCart
from marketplace_core.kernel.ids import CartLineId, OfferId
from marketplace_entrypoints.http.cart.schemas import (
    CartOut,
    CartTakenOverOut,
    GuestCartIn,
    LeftOutOut,
    LineIn,
    QuantityIn,
)
from marketplace_entrypoints.http.dependencies import By, Market, Version, etag

router = APIRouter(prefix="/v1", tags=["cart"])
LinePath = Annotated[str, Path(max_length=64, examples=["cln_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


def _answer(cart: CartView, response: Response) -> CartOut:
    response.headers["ETag"] = etag(cart.version)
    response.headers["Cache-Control"] = "private, no-store"
    return CartOut.model_validate(cart)


@router.get("/cart", response_model=CartOut, operation_id="view_cart")
async def view_cart(market: Market, by: By, response: Response) -> CartOut:
    """See your cart by seller, at today's prices.

    A price other than the one you saw is named with both; what can no longer be bought stays and says why. Subtotals
    and total count what can be bought.
    """
    return _answer(await market.ask(ViewCart(), by=by), response)


@router.post("/cart/lines", status_code=201, response_model=CartOut, operation_id="add_to_cart")
async def add_to_cart(body: LineIn, market: Market, by: By, response: Response) -> CartOut:
    """Put units of an offer into your cart; units of an offer that is there already join its line."""
    command = AddToCart(
        offer_id=OfferId(body.offer_id),
        quantity=body.quantity,
        source=body.source.source() if body.source else None,
    )
    cart = await market.execute(command, by=by)
    response.headers["Location"] = "/v1/cart"
    return _answer(cart, response)


@router.post("/cart/takeover", response_model=CartTakenOverOut, operation_id="take_over_cart")
async def take_over_cart(body: GuestCartIn, market: Market, by: By, response: Response) -> CartTakenOverOut:
    """Let the cart you filled as a guest join your own, after signing in.

    Units of the same offer are added up as far as they are in stock; `left_out` names what did not fit, and why. The
    guest's cart is empty afterwards, so that doing it again changes nothing.
    """
    taken = await market.execute(TakeOverCart(guest_token=body.guest_token), by=by)
    return CartTakenOverOut(
        cart=_answer(taken.cart, response), left_out=[LeftOutOut.model_validate(one) for one in taken.left_out]
    )


@router.patch("/cart/lines/{line_id}", response_model=CartOut, operation_id="change_cart_quantity")
async def change_quantity(
    line_id: LinePath, body: QuantityIn, market: Market, by: By, version: Version, response: Response
) -> CartOut:
    """Change how many units of a line you want. With `If-Match`, only if the cart is still as you saw it."""
    command = ChangeQuantity(line_id=CartLineId(line_id), quantity=body.quantity, expected_version=version)
    return _answer(await market.execute(command, by=by), response)


@router.delete("/cart/lines/{line_id}", response_model=CartOut, operation_id="remove_cart_line")
async def remove_line(line_id: LinePath, market: Market, by: By, version: Version, response: Response) -> CartOut:
    """Take a line out of your cart. With `If-Match`, only if the cart is still as you saw it."""
    command = RemoveLine(line_id=CartLineId(line_id), expected_version=version)
    return _answer(await market.execute(command, by=by), response)


@router.delete("/cart", response_model=CartOut, operation_id="empty_cart")
async def empty_cart(market: Market, by: By, version: Version, response: Response) -> CartOut:
    """Take everything out of your cart. With `If-Match`, only if the cart is still as you saw it."""
    return _answer(await market.execute(EmptyCart(expected_version=version), by=by), response)
