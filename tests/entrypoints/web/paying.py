"""Ann orders something of Ada's and pays it, as a program would; what follows by itself has happened."""

from marketplace_core.cart import AddToCart
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId, SellerOrderId
from marketplace_core.orders import Address, PlaceOrder, QuoteCheckout, ViewOrder
from tests.entrypoints.web.street import ANN, Street

HOME = Address(name="Ann <i>Lane</i>", line1="1 Lane", city="Aarhus", postal_code="8000", country="DK")
PAYS = "4242424242424242"


async def ordered(street: Street, number: int = 0, quantity: int = 1, *, card: str = PAYS) -> SellerOrderId:
    """Order, and pay unless the card is empty."""
    market = street.opened.market
    ann = await market.ask(IdentifyUser(user=ANN), by=SYSTEM)
    await market.execute(AddToCart(offer_id=OfferId(street.shop.offers[number]), quantity=quantity), by=ann)
    quote = await market.ask(QuoteCheckout(), by=ann)
    placed = await market.execute(PlaceOrder(quote_hash=quote.quote_hash, address=HOME), by=ann)
    await street.settle()
    view = await market.ask(ViewOrder(order_id=placed.order_id), by=ann)
    if card:
        step = view.payment
        assert step is not None
        sent = {"client_secret": step.client_secret, "card_number": card, "exp": "12/34", "cvc": "123"}
        address = f"/fakepay/v1/payments/{step.provider_reference}/confirm"
        answer = await street.visitor().client.post(address, json=sent)
        assert answer.status_code < 300, answer.text
        await street.settle()
    return view.seller_orders[0].seller_order_id
