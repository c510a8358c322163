"""The command line over a SQLite file: every command opens and closes a marketplace of its own."""

import time
from typing import Final
from uuid import uuid4

from features.drivers.cli_money import CliMoney
from features.drivers.cli_parts import CliParts
from features.drivers.cli_vouchers import CliVouchers
from features.drivers.cli_webhooks import CliWebhooks
from features.drivers.documents import cart_in, import_in, order_in
from features.drivers.driver import Driver, NotThroughThisDoor
from features.drivers.names import PICTURE, email, link_in, order_and_key, password, slug
from features.drivers.seen import CartSeen, ImportSeen, OrderSeen, VideoSeen
from features.drivers.terms import CliTerms

VIDEO_SECONDS: Final = 60.0
ADDRESS: Final = (
    "--name",
    "Anna Blum",
    "--line1",
    "Lindenweg 1",
    "--city",
    "Berlin",
    "--postal-code",
    "10115",
    "--country",
    "DE",
)


class CliDriver(CliMoney, CliParts, CliTerms, CliVouchers, CliWebhooks, Driver):
    """Every action is a command with ``--json``."""

    def register(self, person: str, *, password: str | None = None) -> None:
        chosen = password if password is not None else _password(person)
        self._do("user", "create", "--email", email(person), "--name", person, "--password", chosen)

    def start_as_guest(self, person: str) -> None:
        self._guests[person] = self._do("user", "guest")["user_id"]

    def leave_contact(self, person: str) -> None:
        self._do("user", "contact", "--email", email(person), "--name", person, person=person)

    def operators(self, *people: str) -> None:
        for person in people:
            self.register(person)
            self._do("user", "grant", email(person), "operator")

    def step_down(self, person: str) -> None:
        self._do("user", "revoke", email(person), "operator", person=person)

    def open_shop(self, shop: str, *, owner: str | None = None) -> None:
        if owner is None:
            owner = f"Owner of {shop}"
            self.register(owner)
        self._do("seller", "open", "--name", shop, "--slug", slug(shop), "--country", "DE", person=owner)
        self._owners[shop] = owner

    def approve_shop(self, shop: str) -> None:
        self._do("seller", "approve", slug(shop))

    def create_product(self, shop: str, title: str, *, price_minor: int, stock: int) -> None:
        if not self._has_category:
            self._do("catalog", "add-category", "things", "--name", "Things")
            self._has_category = True
        owner = self._owners[shop]
        figures = ("--price", str(price_minor), "--stock", str(stock), "--category", "things")
        words = ("--title", title, "--description", f"{title}, made with care.")
        product = self._do("product", "create", *words, *figures, person=owner)["product_id"]
        self._products[title] = product
        picture = self._folder / "picture.png"
        picture.write_bytes(PICTURE)
        self._do("product", "picture", product, str(picture), person=owner)

    def reference(self, title: str) -> str:
        return self._products[title]

    def publish_product(self, shop: str, title: str) -> None:
        self._do("product", "publish", self._products[title], person=self._owners[shop])

    def charge_delivery(self, shop: str, *, fee_minor: int) -> None:
        self._do("delivery", "set", "--fee", str(fee_minor), person=self._owners[shop])

    def change_price(self, shop: str, title: str, *, price_minor: int) -> None:
        self._do("product", "price", self._offer(title), str(price_minor), person=self._owners[shop])

    def stock_left(self, title: str) -> int:
        left: int = self._product(title)["variants"][0]["available"]
        return left

    def product_count(self, shop: str) -> int:
        return len(self._ask("product", "list", "--own", "--limit", "100", person=self._owners[shop])["items"])

    def search(self, text: str) -> list[str]:
        return [hit["title"] for hit in self._ask("search", "find", text)["hits"]]

    def add_to_cart(self, buyer: str, title: str, quantity: int) -> None:
        self._do("cart", "add", self._offer(title), "--quantity", str(quantity), person=buyer)

    def remove_from_cart(self, buyer: str, title: str) -> None:
        groups = self._ask("cart", "view", person=buyer)["groups"]
        (line,) = [line["line_id"] for group in groups for line in group["lines"] if line["title"] == title]
        self._do("cart", "remove", line, person=buyer)

    def take_over_cart(self, buyer: str, guest: str) -> None:
        raise NotThroughThisDoor("a guest's session proves whose cart it is, and the command line keeps none")

    def cart(self, buyer: str) -> CartSeen:
        return cart_in(self._ask("cart", "view", person=buyer))

    def look_at_quote(self, buyer: str) -> None:
        self._quotes[buyer] = self._ask("order", "quote", "--country", "DE", person=buyer)["quote_hash"]

    def place_order(self, buyer: str, *, key: str | None = None, fresh_quote: bool = True) -> None:
        if fresh_quote:
            self.look_at_quote(buyer)
        agreed = ("--quote-hash", self._quotes[buyer], "--key", key or f"key-{uuid4().hex}")
        self._orders[buyer] = self._do("order", "place", *agreed, *ADDRESS, person=buyer)["order_id"]

    def pay(self, buyer: str, card: str) -> None:
        self._do("payment", "pay", self._orders[buyer], "--card", card, person=buyer)

    def approve_payment(self, buyer: str) -> None:
        self._do("payment", "pay", self._orders[buyer], "--approve", person=buyer)

    def order(self, buyer: str, *, seen_by: str | None = None) -> OrderSeen:
        return order_in(self._ask("order", "view", self._orders[buyer], person=seen_by or buyer))

    def link_in_confirmation(self, buyer: str) -> str:
        mails = self._ask("mail", "list", "--to", self._called(buyer), "--limit", "100")["items"]
        (mail_id,) = [mail["mail_id"] for mail in mails if mail["template"] == "order_confirmation"]
        return link_in(self._ask("mail", "view", mail_id)["text"])

    def order_by_link(self, link: str) -> OrderSeen:
        order_id, key = order_and_key(link)
        return order_in(self._ask("order", "view", order_id, "--key", key))

    def order_count(self, buyer: str) -> int:
        return len(self._ask("order", "list", person=buyer)["items"])

    def ship(self, shop: str, buyer: str, *, carrier: str, tracking: str, part_of: str | None = None) -> None:
        part = self._part(buyer, part_of or shop)
        self._do("order", "ship", part, "--carrier", carrier, "--tracking", tracking, person=self._owners[shop])

    def mark_delivered(self, shop: str, buyer: str) -> None:
        self._do("order", "deliver", self._part(buyer, shop), person=self._owners[shop])

    def confirm_receipt(self, buyer: str, shop: str) -> None:
        self._do("order", "receive", self._part(buyer, shop), person=buyer)

    def mails(self, name: str) -> list[str]:
        found = self._ask("mail", "list", "--to", self._called(self._owners.get(name, name)), "--limit", "100")
        return [mail["template"] for mail in found["items"]]

    def import_catalog(self, shop: str, content: bytes, *, dry_run: bool) -> ImportSeen:
        file = self._folder / "products.csv"
        file.write_bytes(content)
        switches = ["--dry-run"] if dry_run else []
        report = self._do("catalog", "import", str(file), *switches, person=self._owners[shop], rows_may_be_wrong=True)
        return import_in(report)

    def upload_video(self, shop: str, title: str, content: bytes, *, filename: str, content_type: str) -> None:
        file = self._folder / filename
        file.write_bytes(content)
        words = ("--product", self._products[title], "--content-type", content_type)
        self._videos[title] = self._do("video", "upload", str(file), *words, person=self._owners[shop])["video_id"]

    def video(self, shop: str, title: str) -> VideoSeen:
        until = time.monotonic() + VIDEO_SECONDS
        while True:
            self.pass_time(minutes=1)
            view = self._ask("video", "view", self._videos[title], person=self._owners[shop])
            if view["state"] in {"ready", "failed"} or time.monotonic() > until:
                break
            time.sleep(0.2)
        playback = view["playback"]
        return VideoSeen(
            state=view["state"],
            reason_code=view["reason_code"],
            renditions=len(playback["renditions"]) if playback else 0,
            has_poster=bool(playback and playback["poster_url"]),
            has_storyboard=bool(playback and playback["storyboard_url"]),
        )

    def product_offers_video(self, title: str) -> bool:
        video = self._product(title)["video"]
        return bool(video and video["hls_url"])

    def draft_page(self, shop: str, *, headline: str, video_of: str, products: list[str], link: str) -> None:
        shown = [word for title in products for word in ("--product", self._products[title])]
        words = (
            "--headline",
            headline,
            "--video",
            self._videos[video_of],
            "--label",
            "See everything",
            "--target",
            link,
        )
        self._do("page", "save", *words, *shown, person=self._owners[shop])

    def publish_page(self, shop: str) -> None:
        self._do("page", "publish", person=self._owners[shop])

    def page_text(self, shop: str) -> str:
        return str(self._ask("page", "view", slug(shop)))


def _password(person: str) -> str:
    return password(person)
