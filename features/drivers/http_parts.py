"""What sellers and buyers do about a part of an order, over HTTP."""

from typing import Any

from features.drivers.http_door import HttpDoor


class HttpParts(HttpDoor):
    """Parts of orders: accepted, declined, sent in parcels, called off, come back."""

    def let_shops_accept_by_hand(self) -> None:
        self.close()
        self._open(sellers_accept="by_hand")

    def accept_order(self, shop: str, buyer: str) -> None:
        self._about_part(shop, buyer, shop, "acceptance")

    def decline_order(self, shop: str, buyer: str, *, note: str) -> None:
        self._about_part(shop, buyer, shop, "decline", json={"note": note})

    def ship_some(self, shop: str, buyer: str, title: str, *, quantity: int, tracking: str) -> None:
        part = self._get(f"/v1/seller-orders/{self._part(buyer, shop)}", self._owners[shop])
        (offer_id,) = [line["offer_id"] for line in part["lines"] if line["title"] == title]
        parcel = {"carrier": "Post", "tracking": tracking, "lines": [{"offer_id": offer_id, "quantity": quantity}]}
        self._about_part(shop, buyer, shop, "shipment", json=parcel)

    def call_off(self, person: str, buyer: str, shop: str, *, note: str) -> None:
        self._about_part(person, buyer, shop, "cancellation", json={"note": note})

    def call_order_off(self, buyer: str) -> None:
        self._send("POST", f"/v1/orders/{self._orders[buyer]}/cancellation", buyer)

    def report_return(self, shop: str, buyer: str) -> None:
        self._about_part(shop, buyer, shop, "return-to-sender")

    def _about_part(self, person: str, buyer: str, shop: str, what: str, **body: Any) -> None:
        path = f"/v1/seller-orders/{self._part(buyer, shop)}/{what}"
        self._send("POST", path, self._owners.get(person, person), **body)
