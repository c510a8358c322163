"""What people do in a running marketplace: open shops, fill shelves and carts, order, pay."""

import json
from typing import Any, Final
from uuid import uuid4

import httpx
from attrs import frozen

from features.drivers.names import PICTURE, slug
from marketplace_adapters.fakepay.plugin import API_KEY_NAME, TEST_NAME
from marketplace_entrypoints.composition.surroundings import surroundings
from tests.entrypoints.running.people import Person, good, join
from tests.entrypoints.running.processes import Running
from tests.entrypoints.running.race import Request

GOOD_CARD: Final = "4242424242424242"
DECLINED_CARD: Final = "4000000000000002"
VIDEO: Final = {"filename": "cup.mp4", "content_type": "video/mp4", "upload_bytes": 100}
ADDRESS: Final = {
    "name": "Anna Blum",
    "line1": "Lindenweg 1",
    "city": "Berlin",
    "postal_code": "10115",
    "country": "DE",
}


@frozen
class Shop:
    """A shop that may sell."""

    owner: Person
    seller_id: str


@frozen
class Goods:
    """Something on a shelf, with one offer."""

    shop: Shop
    product_id: str
    offer_id: str

    def restock(self, units: int) -> None:
        """Put more units on the shelf."""
        body = {"delta": units, "reason": "delivery"}
        self.shop.owner.do("POST", f"/v1/offers/{self.offer_id}/stock", json=body)

    def stock(self) -> dict[str, Any]:
        """Return the counters."""
        counters: dict[str, Any] = self.shop.owner.get(f"/v1/offers/{self.offer_id}/stock")
        return counters


def open_shop(operator: Person, name: str) -> Shop:
    """Open a shop with an owner of its own and have it approved."""
    owner = join(operator.running, f"Owner of {name}")
    body = {"name": name, "slug": slug(name), "country": "DE", "currency": "EUR"}
    seller_id = owner.do("POST", "/v1/sellers", json=body)["seller_id"]
    operator.do("POST", f"/v1/sellers/{seller_id}/approval")
    return Shop(owner, seller_id)


def add_category(operator: Person) -> None:
    """Make the category that everything here is in, unless it is there."""
    answer = operator.send("POST", "/v1/categories", json={"slug": "things", "name": "Things"})
    assert answer.status_code in (201, 409), answer.text


def draft(shop: Shop, title: str, *, price_minor: int = 1200, stock: int = 1) -> Goods:
    """Make a product that nobody sees yet."""
    variants = [{"price_minor": price_minor, "currency": "EUR", "stock": stock}]
    body = {"title": title, "description": f"{title}, made with care.", "category": "things", "variants": variants}
    product_id = shop.owner.do("POST", "/v1/products", json=body)["product_id"]
    offer_id = shop.owner.get(f"/v1/products/{product_id}")["variants"][0]["offer_id"]
    return Goods(shop, product_id, offer_id)


def offer(shop: Shop, title: str, *, price_minor: int = 1200, stock: int = 1) -> Goods:
    """Make a product and publish it."""
    goods = draft(shop, title, price_minor=price_minor, stock=stock)
    owner, path = shop.owner, f"/v1/products/{goods.product_id}"
    asked = {"content_type": "image/png", "upload_bytes": len(PICTURE)}
    image = owner.do("POST", f"{path}/images", json=asked)
    upload(owner, image["slot"], PICTURE)
    owner.do("POST", f"{path}/images/{image['image_id']}/confirmation")
    owner.do("POST", f"{path}/publication")
    return goods


def upload(person: Person, slot: dict[str, Any], content: bytes) -> None:
    """Send bytes to an upload address."""
    good(person.running.client.request(slot["method"], slot["url"], content=content, headers=slot["headers"]))


def choose(buyer: Person, *goods: Goods, quantity: int = 1) -> None:
    """Put things into the cart."""
    for one in goods:
        buyer.do("POST", "/v1/cart/lines", json={"offer_id": one.offer_id, "quantity": quantity})


def order_body(buyer: Person) -> dict[str, Any]:
    """Return what orders the cart as it is quoted now."""
    return {"quote_hash": buyer.get("/v1/checkout/quote")["quote_hash"], "address": ADDRESS}


def fresh_key() -> str:
    """Return an idempotency key that nobody has used."""
    return f"key-{uuid4().hex}"


def order_request(buyer: Person, body: dict[str, Any], key: str) -> Request:
    """Return the request that places the order."""
    headers = buyer.headers | {"Content-Type": "application/json", "Idempotency-Key": key}
    return Request("POST", "/v1/orders", headers, json.dumps(body).encode())


def send_order(buyer: Person, body: dict[str, Any], key: str) -> httpx.Response:
    """Place the order and return any answer."""
    return buyer.send("POST", "/v1/orders", json=body, headers={"Idempotency-Key": key})


def order(buyer: Person, *goods: Goods, quantity: int = 1) -> Any:
    """Order things and return the order, which waits for its payment."""
    choose(buyer, *goods, quantity=quantity)
    placed = good(send_order(buyer, order_body(buyer), fresh_key()))
    return buyer.get(f"/v1/orders/{placed['order_id']}")


def pay(buyer: Person, placed: dict[str, Any], card: str = GOOD_CARD) -> None:
    """Try to pay an order on the provider's page."""
    step = placed["payment"]
    body = {"client_secret": step["client_secret"], "card_number": card, "exp": "12/34"}
    path = f"/fakepay/v1/payments/{step['provider_reference']}/confirm"
    answer = buyer.running.client.post(path, json=body)
    assert answer.status_code == (402 if card == DECLINED_CARD else 200), answer.text


def at_provider(running: Running, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
    """Ask the provider, or make something happen there, with the secret that this marketplace has for it."""
    secret = surroundings(running.settings, {}).secret(TEST_NAME if path.startswith("/test") else API_KEY_NAME).hex()
    headers = {"Authorization": f"Bearer {secret}"}
    return good(running.client.request(method, f"/fakepay{path}", json=body, headers=headers))
