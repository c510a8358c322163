"""The buyer's journey: one cart from two sellers, one payment, two parcels, and the way of the money."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

import httpx
from attrs import frozen

from marketplace_entrypoints.demo.catalogue.deeds import Card
from marketplace_entrypoints.demo.check.books import Books
from marketplace_entrypoints.demo.check.outsider import Outsider, eventually, require, told
from marketplace_entrypoints.demo.check.selling import OpenedShop, mail
from marketplace_entrypoints.demo.check.steps import Steps

ADDRESS: Final = {
    "name": "Sam Okafor",
    "line1": "Quay Street 5",
    "city": "Galway",
    "postal_code": "H91 X8C4",
    "country": "IE",
}
EXPIRY: Final = "12/34"


@frozen(kw_only=True)
class Neighbour:
    """The other seller of the cart, one of the demonstration's own."""

    seller: Outsider
    name: str
    search: str
    title: str


@frozen(kw_only=True)
class FinishedOrder:
    """An order that went all the way; ``order`` and ``escrows`` as they were answered in the end."""

    order_id: str
    payment_id: str
    order: Mapping[str, Any]
    escrows: tuple[Mapping[str, Any], ...]
    payouts: tuple[Mapping[str, Any], ...]


async def buy(steps: Steps, buyer: Outsider, shop: OpenedShop, neighbour: Neighbour, books: Books) -> FinishedOrder:
    """Walk it. Raises ``StepFailed``."""
    async with steps.step("A buyer registers and is welcomed by mail"):
        await buyer.register()
        await mail(buyer, "welcome")
    async with steps.step("He finds what he wants in spite of typing errors"):
        await _find(buyer, "lighthuose lantren", "Lighthouse Storm Lantern")
        other = await _find(buyer, neighbour.search, neighbour.title)
    async with steps.step("He fills one cart from two sellers"):
        cart = await _fill_cart(buyer, shop, other)
        require(
            {group["seller_name"] for group in cart["groups"]} == {shop.name, neighbour.name},
            "The cart does not hold both sellers.",
        )
    async with steps.step("He gets a quote, delivery included"):
        quote = await buyer.get("/v1/checkout/quote")
        require(len(quote["groups"]) == 2, "The quote does not name both sellers.")
        parts = [group["total"]["amount_minor"] for group in quote["groups"]]
        require(sum(parts) == quote["total"]["amount_minor"], "The sellers' parts do not add up to the total.")
    async with steps.step("He orders, repeats the request, and gets the same answer"):
        placed = await order_twice(buyer, quote)
    order_id, payment = placed["order_id"], placed["payment"]
    async with steps.step("His first card is declined: nothing is paid, nothing is booked"):
        await decline(buyer, payment)
        await still_unpaid(buyer, books, order_id, payment)
    async with steps.step("His second card works, and the order is confirmed"):
        await show_card(buyer.http, payment, Card.GOOD)
        await eventually(lambda: in_state(buyer, order_id, "confirmed"), "The paid order was not confirmed in time.")
    async with steps.step("He and both sellers get one mail each about it"):
        order = await buyer.get(f"/v1/orders/{order_id}")
        await _told_once(buyer, shop, neighbour, order)
    async with steps.step("The money is held, each seller's part apart"):
        held = {one["seller_order_id"]: one["held"]["amount_minor"] for one in await books.escrows(order_id)}
        owed = {one["seller_order_id"]: one["total"]["amount_minor"] for one in order["seller_orders"]}
        require(held == owed, f"Held is {held}, and the parts are {owed}.")
    async with steps.step("Both sellers ship, and he gets a mail for each parcel"):
        await _ship(buyer, order, {shop.name: shop.seller, neighbour.name: neighbour.seller})
    async with steps.step("He confirms both parcels, and nothing is held any more"):
        for part in order["seller_orders"]:
            await buyer.post(f"/v1/seller-orders/{part['seller_order_id']}/receipt")
        escrows = await eventually(lambda: _released(books, order_id), "The held money was not released in time.")
    async with steps.step("Both sellers are paid out, and told so by mail"):
        payouts = await _paid_out(books, {shop.name: shop.seller, neighbour.name: neighbour.seller}, order)
    return FinishedOrder(
        order_id=order_id,
        payment_id=payment["payment_id"],
        order=await buyer.get(f"/v1/orders/{order_id}"),
        escrows=escrows,
        payouts=payouts,
    )


async def order_twice(buyer: Outsider, quote: Mapping[str, Any]) -> Mapping[str, Any]:
    """Place the quoted order, and again with the same key; return the one answer."""
    body = {"quote_hash": quote["quote_hash"], "address": ADDRESS}
    key = {"Idempotency-Key": f"check-{secrets.token_hex(8)}"}
    first = await buyer.send("POST", "/v1/orders", json=body, headers=key)
    again = await buyer.send("POST", "/v1/orders", json=body, headers=key)
    require(again.json() == first.json(), "The repeated request got another answer.")
    require(again.headers.get("Idempotent-Replayed") == "true", "The repetition does not say that it is one.")
    placed: Mapping[str, Any] = first.json()
    require(placed["payment"]["client_secret"], "The order does not say how to pay it.")
    return placed


async def show_card(http: httpx.AsyncClient, payment: Mapping[str, Any], card: Card) -> httpx.Response:
    """Show a card at the payment provider, as the buyer's browser does: with the client secret and nothing else."""
    path = f"/fakepay/v1/payments/{payment['provider_reference']}/confirm"
    body = {"client_secret": payment["client_secret"], "card_number": card.value, "exp": EXPIRY, "cvc": "123"}
    answer = await http.post(path, json=body)
    if card is Card.GOOD:
        require(answer.status_code == httpx.codes.OK, f"The provider answered the good card with {told(answer)}")
    return answer


async def decline(buyer: Outsider, payment: Mapping[str, Any]) -> None:
    """Show the card that is declined."""
    answer = await show_card(buyer.http, payment, Card.DECLINED)
    require(
        answer.status_code == httpx.codes.PAYMENT_REQUIRED and "card_declined" in answer.text,
        f"The provider answered the declined card with {told(answer)}",
    )


async def still_unpaid(buyer: Outsider, books: Books, order_id: str, payment: Mapping[str, Any]) -> None:
    """See that a declined card left nothing behind."""

    async def noticed() -> bool | None:
        order = await buyer.get(f"/v1/orders/{order_id}")
        require(order["state"] == "pending_payment", f"After a declined card the order is {order['state']}.")
        return True if order["payment"]["failure_code"] == "card_declined" else None

    await eventually(noticed, "The order does not say that the card was declined.")
    require(not await books.journals(payment["payment_id"]), "A declined card is in the books.")


async def in_state(buyer: Outsider, order_id: str, state: str) -> Mapping[str, Any] | None:
    """Return the order once it is in that state."""
    order: Mapping[str, Any] = await buyer.get(f"/v1/orders/{order_id}")
    return order if order["state"] == state else None


async def _find(buyer: Outsider, words: str, title: str) -> str:
    async def look() -> str | None:
        hits = (await buyer.get("/v1/search", q=words))["hits"]
        return next((str(hit["product_id"]) for hit in hits if hit["title"] == title), None)

    return await eventually(look, f"“{words}” does not find “{title}”.")


async def _fill_cart(buyer: Outsider, shop: OpenedShop, other: str) -> Mapping[str, Any]:
    source = {"video_id": shop.video_id, "at_ms": 1_500}
    await buyer.post("/v1/cart/lines", {"offer_id": shop.offers["HL-LAN-S"], "quantity": 2, "source": source})
    product = await buyer.get(f"/v1/products/{other}")
    offer = next(variant for variant in product["variants"] if variant["purchasable"])
    cart: Mapping[str, Any] = await buyer.post("/v1/cart/lines", {"offer_id": offer["offer_id"], "quantity": 1})
    subtotals = [group["subtotal"]["amount_minor"] for group in cart["groups"]]
    require(sum(subtotals) == cart["total"]["amount_minor"], "The subtotals do not add up to the total.")
    return cart


async def _told_once(buyer: Outsider, shop: OpenedShop, neighbour: Neighbour, order: Mapping[str, Any]) -> None:
    await mail(buyer, "order_confirmation", about=order["order_id"])
    sellers = {shop.name: shop.seller, neighbour.name: neighbour.seller}
    for part in order["seller_orders"]:
        await mail(sellers[part["seller_name"]], "new_order", about=part["seller_order_id"])


async def _ship(buyer: Outsider, order: Mapping[str, Any], sellers: Mapping[str, Outsider]) -> None:
    for number, part in enumerate(order["seller_orders"], start=1):
        parcel = {"carrier": "PostNord", "tracking": f"CHECK-{order['order_id'][-6:]}-{number}"}
        seller = sellers[part["seller_name"]]
        told_where = await seller.get(f"/v1/seller-orders/{part['seller_order_id']}")
        require(told_where["address"], f"{part['seller_name']} is not told where to send the parcel.")
        await seller.post(f"/v1/seller-orders/{part['seller_order_id']}/shipment", parcel)
        await mail(buyer, "shipped", about=part["seller_name"])


async def _released(books: Books, order_id: str) -> tuple[Mapping[str, Any], ...] | None:
    escrows = await books.escrows(order_id)
    return escrows if all(one["held"]["amount_minor"] == 0 for one in escrows) else None


async def _paid_out(
    books: Books, sellers: Mapping[str, Outsider], order: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    paid = []
    for part in order["seller_orders"]:

        async def look(part: Mapping[str, Any] = part) -> Mapping[str, Any] | None:
            return await books.paid_payout(part["seller_id"], part["seller_order_id"])

        payout = await eventually(look, f"{part['seller_name']} was not paid out in time.")
        euros = f"€{payout['amount']['amount_minor'] / 100:,.2f}"
        await mail(sellers[part["seller_name"]], "paid_out", about=euros)
        paid.append(payout)
    return tuple(paid)
