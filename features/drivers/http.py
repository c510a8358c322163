"""A running server process over a SQLite file, spoken to by HTTP alone.

What a worker would do is done between two requests by this process on the same data folder, so that every step finds
the marketplace at rest and time can be moved.
"""

import time
from typing import Final
from uuid import uuid4

from features.drivers.documents import cart_in, import_in, order_in
from features.drivers.driver import Driver
from features.drivers.http_door import OPERATOR
from features.drivers.http_money import HttpMoney
from features.drivers.http_parts import HttpParts
from features.drivers.http_vouchers import HttpVouchers
from features.drivers.http_webhooks import HttpWebhooks
from features.drivers.names import PICTURE, email, link_in, order_and_key, slug
from features.drivers.seen import CartSeen, ImportSeen, OrderSeen, VideoSeen
from features.drivers.terms import HttpTerms

VIDEO_SECONDS: Final = 60.0
ADDRESS: Final = {
    "name": "Anna Blum",
    "line1": "Lindenweg 1",
    "city": "Berlin",
    "postal_code": "10115",
    "country": "DE",
}


class HttpDriver(HttpMoney, HttpParts, HttpTerms, HttpVouchers, HttpWebhooks, Driver):
    """Every action is a request; every answer is read from JSON."""

    def start_as_guest(self, person: str) -> None:
        self._guests[person] = self._send("POST", "/v1/guests", None, json={"locale": "en"})

    def leave_contact(self, person: str) -> None:
        self._send("PUT", "/v1/me/contact", person, json={"email": email(person), "name": person})

    def operators(self, *people: str) -> None:
        for person in people:
            self.register(person)
            self._operates("PUT", person, OPERATOR)
        self.step_down(OPERATOR)

    def step_down(self, person: str) -> None:
        self._operates("DELETE", person, person)

    def open_shop(self, shop: str, *, owner: str | None = None) -> None:
        if owner is None:
            owner = f"Owner of {shop}"
            self.register(owner)
        self._send(
            "POST", "/v1/sellers", owner, json={"name": shop, "slug": slug(shop), "country": "DE", "currency": "EUR"}
        )
        self._owners[shop] = owner

    def approve_shop(self, shop: str) -> None:
        self._send("POST", f"/v1/sellers/{self._seller(shop)}/approval", OPERATOR)

    def create_product(self, shop: str, title: str, *, price_minor: int, stock: int) -> None:
        if not self._has_category:
            self._send("POST", "/v1/categories", OPERATOR, json={"slug": "things", "name": "Things"})
            self._has_category = True
        owner = self._owners[shop]
        variants = [{"price_minor": price_minor, "currency": "EUR", "stock": stock}]
        body = {"title": title, "description": f"{title}, made with care.", "category": "things", "variants": variants}
        product = self._send("POST", "/v1/products", owner, json=body)["product_id"]
        self._products[title] = product
        asked = {"content_type": "image/png", "upload_bytes": len(PICTURE)}
        image = self._send("POST", f"/v1/products/{product}/images", owner, json=asked)
        self._upload(image["slot"], PICTURE)
        self._send("POST", f"/v1/products/{product}/images/{image['image_id']}/confirmation", owner)

    def reference(self, title: str) -> str:
        return self._products[title]

    def publish_product(self, shop: str, title: str) -> None:
        self._send("POST", f"/v1/products/{self._products[title]}/publication", self._owners[shop])

    def charge_delivery(self, shop: str, *, fee_minor: int) -> None:
        path = f"/v1/sellers/{self._seller(shop)}/delivery"
        self._send("PUT", path, self._owners[shop], json={"fee_minor": fee_minor})

    def change_price(self, shop: str, title: str, *, price_minor: int) -> None:
        path = f"/v1/offers/{self._offer(title)}/price"
        self._send("PUT", path, self._owners[shop], json={"price_minor": price_minor, "currency": "EUR"})

    def stock_left(self, title: str) -> int:
        left: int = self._product(title)["variants"][0]["available"]
        return left

    def product_count(self, shop: str) -> int:
        found = self._get(f"/v1/sellers/{self._seller(shop)}/products", self._owners[shop], params={"limit": 100})
        return len(found["items"])

    def search(self, text: str) -> list[str]:
        return [hit["title"] for hit in self._get("/v1/search", None, params={"q": text})["hits"]]

    def add_to_cart(self, buyer: str, title: str, quantity: int) -> None:
        self._send("POST", "/v1/cart/lines", buyer, json={"offer_id": self._offer(title), "quantity": quantity})

    def remove_from_cart(self, buyer: str, title: str) -> None:
        lines = [
            line
            for group in self._get("/v1/cart", buyer)["groups"]
            for line in group["lines"]
            if line["title"] == title
        ]
        self._send("DELETE", f"/v1/cart/lines/{lines[0]['line_id']}", buyer)

    def take_over_cart(self, buyer: str, guest: str) -> None:
        self._send("POST", "/v1/cart/takeover", buyer, json={"guest_token": self._token(guest)})

    def cart(self, buyer: str) -> CartSeen:
        return cart_in(self._get("/v1/cart", buyer))

    def look_at_quote(self, buyer: str) -> None:
        self._quotes[buyer] = self._get("/v1/checkout/quote", buyer, params={"country": "DE"})["quote_hash"]

    def place_order(self, buyer: str, *, key: str | None = None, fresh_quote: bool = True) -> None:
        if fresh_quote:
            self.look_at_quote(buyer)
        body = {"quote_hash": self._quotes[buyer], "address": ADDRESS}
        headers = {"Idempotency-Key": key or f"key-{uuid4().hex}"}
        self._orders[buyer] = self._send("POST", "/v1/orders", buyer, json=body, headers=headers)["order_id"]

    def pay(self, buyer: str, card: str) -> None:
        self._at_provider(buyer, "confirm", card_number=card, exp="12/30")

    def approve_payment(self, buyer: str) -> None:
        self._at_provider(buyer, "authenticate", outcome="approve")

    def order(self, buyer: str, *, seen_by: str | None = None) -> OrderSeen:
        return order_in(self._get(f"/v1/orders/{self._orders[buyer]}", seen_by or buyer))

    def link_in_confirmation(self, buyer: str) -> str:
        mails = self._get("/v1/me/mails", buyer, params={"limit": 100})["items"]
        (mail_id,) = [mail["mail_id"] for mail in mails if mail["template"] == "order_confirmation"]
        return link_in(self._get(f"/v1/me/mails/{mail_id}", buyer)["text"])

    def order_by_link(self, link: str) -> OrderSeen:
        assert link.startswith(f"{self._client.base_url}".rstrip("/"))
        order_id, key = order_and_key(link)
        return order_in(self._get(f"/v1/order-links/{order_id}", None, params={"key": key}))

    def order_count(self, buyer: str) -> int:
        return len(self._get("/v1/orders", buyer)["items"])

    def ship(self, shop: str, buyer: str, *, carrier: str, tracking: str, part_of: str | None = None) -> None:
        path = f"/v1/seller-orders/{self._part(buyer, part_of or shop)}/shipment"
        self._send("POST", path, self._owners[shop], json={"carrier": carrier, "tracking": tracking})

    def mark_delivered(self, shop: str, buyer: str) -> None:
        self._send("POST", f"/v1/seller-orders/{self._part(buyer, shop)}/delivery", self._owners[shop])

    def confirm_receipt(self, buyer: str, shop: str) -> None:
        self._send("POST", f"/v1/seller-orders/{self._part(buyer, shop)}/receipt", buyer)

    def mails(self, name: str) -> list[str]:
        return [
            mail["template"]
            for mail in self._get("/v1/me/mails", self._owners.get(name, name), params={"limit": 100})["items"]
        ]

    def import_catalog(self, shop: str, content: bytes, *, dry_run: bool) -> ImportSeen:
        path = f"/v1/sellers/{self._seller(shop)}/products/import"
        headers = {"Content-Type": "text/csv"}
        report = self._send(
            "POST", path, self._owners[shop], content=content, headers=headers, params={"dry_run": dry_run}
        )
        return import_in(report)

    def upload_video(self, shop: str, title: str, content: bytes, *, filename: str, content_type: str) -> None:
        body = {"filename": filename, "content_type": content_type, "upload_bytes": max(len(content), 1)}
        path = f"/v1/products/{self._products[title]}/video-uploads"
        upload = self._send("POST", path, self._owners[shop], json=body)
        self._upload(upload["slot"], content)
        self._send("POST", f"/v1/videos/{upload['video_id']}/confirmation", self._owners[shop])
        self._videos[title] = upload["video_id"]

    def video(self, shop: str, title: str) -> VideoSeen:
        until = time.monotonic() + VIDEO_SECONDS
        while True:
            self.pass_time(minutes=1)
            view = self._get(f"/v1/videos/{self._videos[title]}", self._owners[shop])
            if view["state"] in {"ready", "failed"} or time.monotonic() > until:
                break
            time.sleep(0.2)
        playback = view["playback"]
        return VideoSeen(
            state=view["state"],
            reason_code=view["reason_code"],
            renditions=self._renditions(playback["hls_url"]) if playback else 0,
            has_poster=bool(playback) and self._is_served(playback["poster_url"], "image/jpeg"),
            has_storyboard=bool(playback) and self._is_served(playback["storyboard_url"], "text/vtt; charset=utf-8"),
        )

    def product_offers_video(self, title: str) -> bool:
        video = self._product(title)["video"]
        return bool(video and video["hls_url"] and self._is_served(video["hls_url"], "application/vnd.apple.mpegurl"))

    def draft_page(self, shop: str, *, headline: str, video_of: str, products: list[str], link: str) -> None:
        body = {
            "template": "v1",
            "headline": headline,
            "hero_video": self._videos[video_of],
            "products": [self._products[title] for title in products],
            "call_to_action": {"label": "See everything", "target": link},
        }
        self._send("PUT", f"/v1/sellers/{self._seller(shop)}/page", self._owners[shop], json=body)

    def publish_page(self, shop: str) -> None:
        self._send("POST", f"/v1/sellers/{self._seller(shop)}/page/publication", self._owners[shop])

    def page_text(self, shop: str) -> str:
        return str(self._get(f"/v1/pages/{slug(shop)}", None))
