"""A running marketplace to click through: two shops with goods, a film, a page; an operator, a seller, a buyer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

from features.drivers.names import PICTURE
from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from tests.adapters.ffmpeg_engine.conftest import Studio
from tests.entrypoints.running.people import Person, appoint, join
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.trade import (
    Goods,
    Shop,
    add_category,
    at_provider,
    fresh_key,
    offer,
    open_shop,
    order,
    pay,
    upload,
)

FRAMES_PER_SECOND: Final = 25
CLIP_SECONDS: Final = 4
FRAMES_SEEN_MIN: Final = 0.4
"""The share of frames that a busy machine without a graphics card still has to show."""
COUNT_FRAMES: Final = """(player) => {
  const video = player.video ?? player.querySelector('video');
  window.frames_shown = 0;
  window.film_ended = false;
  const count = () => { window.frames_shown += 1; video.requestVideoFrameCallback(count); };
  video.requestVideoFrameCallback(count);
  video.addEventListener('ended', () => { window.film_ended = true; });
}"""


@frozen
class Login:
    """With what somebody signs in."""

    email: str
    password: str


@frozen(kw_only=True)
class Town:
    """The marketplace and who and what is in it."""

    running: Running
    operator: Person
    potter: Shop
    radio: Shop
    cup: Goods
    vase: Goods
    set: Goods
    buyer: Person
    clip: Path
    unlinked: Mapping[str, tuple[str, ...]]
    """Pages, by who sees them, to which what is listed first does not lead."""

    @property
    def address(self) -> str:
        """Where it is."""
        return self.running.address


def build_town(running: Running) -> Town:
    """Start it and fill it."""
    folder = running.folder
    running.start_server()
    running.start_worker()
    operator = appoint(running, "Olga Operator")
    add_category(operator)
    potter, radio = open_shop(operator, "Clay and Co"), open_shop(operator, "Sound and Sight")
    cup = offer(potter, "Blue Cup", price_minor=1_850, stock=40)
    vase = offer(potter, "Tall Vase", price_minor=6_400, stock=40)
    wireless = offer(radio, "Oak Radio", price_minor=12_900, stock=40)
    clip = Studio(folder, ffmpeg_path()).clip(
        "clip.mp4", size="640x360", rate=str(FRAMES_PER_SECOND), seconds=CLIP_SECONDS
    )
    film = show(cup, clip)
    publish_page(potter, film, cup, vase)
    buyer = join(running, "Berta Buyer")
    received = sold(buyer, vase)
    deliver(buyer, potter, operator, received)
    claimed = claim(buyer, potter, sold(buyer, vase))
    order(buyer, cup)
    disputed(running, join(running, "Dora Doubt"), operator, cup)
    wish_back(join(running, "Carl Customer"), vase)
    until(lambda: running.client.get("/v1/search?q=radio").json()["hits"], what="the goods are found")
    return Town(
        running=running,
        operator=operator,
        potter=potter,
        radio=radio,
        cup=cup,
        vase=vase,
        set=wireless,
        buyer=buyer,
        clip=clip,
        unlinked={
            "buyer": (f"/claims/{claimed}", *pages_of(buyer, received)),
            "operator": (f"/console/holds/{received}",),
        },
    )


def show(goods: Goods, clip: Path) -> str:
    """Give a product a film with captions; return the film's identifier once it plays."""
    owner, content = goods.shop.owner, clip.read_bytes()
    asked = {"filename": clip.name, "content_type": "video/mp4", "upload_bytes": len(content)}
    film = owner.do("POST", f"/v1/products/{goods.product_id}/video-uploads", json=asked)
    upload(owner, film["slot"], content)
    owner.do("POST", f"/v1/videos/{film['video_id']}/confirmation")
    captions = f"WEBVTT\n\n00:00.000 --> 00:0{CLIP_SECONDS}.000\nThrown by hand\n"
    owner.do(
        "PUT",
        f"/v1/videos/{film['video_id']}/captions/en?label=English",
        content=captions.encode(),
        headers={"Content-Type": "text/vtt"},
    )

    def playable() -> bool:
        state = owner.get(f"/v1/videos/{film['video_id']}")["state"]
        assert state != "failed"
        shown: Any = owner.get(f"/v1/products/{goods.product_id}")["video"]
        return state == "ready" and bool(shown) and shown["state"] == "ready"

    until(playable, what="the film plays", timeout_seconds=180)
    return str(film["video_id"])


def publish_page(shop: Shop, film: str, *goods: Goods) -> None:
    """Publish a shop's page."""
    document = {
        "headline": "Cups that fit a hand",
        "text": "Two people, one kiln.",
        "hero_video": film,
        "products": [one.product_id for one in goods],
        "call_to_action": {"label": "See everything", "target": "/search"},
    }
    shop.owner.do("PUT", f"/v1/sellers/{shop.seller_id}/page", json=document)
    shop.owner.do("POST", f"/v1/sellers/{shop.seller_id}/page/publication")


def sold(buyer: Person, goods: Goods) -> str:
    """Buy something and pay; return the shop's part of the order, ready to be sent."""
    placed = order(buyer, goods)
    pay(buyer, placed)

    def confirmed() -> bool:
        return bool(buyer.get(f"/v1/orders/{placed['order_id']}")["state"] == "confirmed")

    until(confirmed, what="the order is confirmed")
    return str(placed["seller_orders"][0]["seller_order_id"])


def wish_back(buyer: Person, goods: Goods) -> None:
    """Buy something, pay, and ask for some of the money back; the shop has not decided."""
    part = sold(buyer, goods)
    bought = buyer.get("/v1/orders")["items"][0]["order_id"]
    wish = {"reason": "Chipped.", "parts": [{"seller_order_id": part, "items_minor": 500}]}
    buyer.do("POST", f"/v1/orders/{bought}/refunds", json=wish, headers={"Idempotency-Key": fresh_key()})


def claim(buyer: Person, shop: Shop, part: str) -> str:
    """Have a parcel arrive, claim that it is damaged, with a photo; the shop offers a part. Return the claim."""
    parcel = f"/v1/seller-orders/{part}"
    shop.owner.do("POST", f"{parcel}/shipment", json={"carrier": "DHL", "tracking": "JD8"})
    shop.owner.do("POST", f"{parcel}/delivery")
    until(lambda: buyer.get(f"{parcel}/claimable")["kinds"], what="a claim may be opened")
    said = {"kind": "damaged", "text": "It is chipped."}
    opened = buyer.do("POST", f"{parcel}/claims", json=said, headers={"Idempotency-Key": fresh_key()})["claim_id"]
    buyer.do("POST", f"/v1/claims/{opened}/photos", content=PICTURE, headers={"Content-Type": "image/png"})
    answer = {"answer": "offer", "text": "Half of it?", "items_minor": 1_000}
    shop.owner.do("POST", f"/v1/claims/{opened}/answer", json=answer, headers={"Idempotency-Key": fresh_key()})
    return str(opened)


def pages_of(buyer: Person, part: str) -> tuple[str, ...]:
    """Return the pages on which something is done about a parcel."""
    order_id = buyer.get(f"/v1/seller-orders/{part}/claimable")["order_id"]
    return tuple(f"/orders/{order_id}/parcels/{part}/{page}" for page in ("claim", "refunds"))


def disputed(running: Running, buyer: Person, operator: Person, goods: Goods) -> None:
    """Buy something, pay, and have the buyer's bank take some of it back; nobody has answered."""
    sold(buyer, goods)
    (bought,) = buyer.get("/v1/orders")["items"]
    payment = buyer.get(f"/v1/orders/{bought['order_id']}")["payment"]["provider_reference"]
    at_provider(running, "/test/disputes", {"payment": payment, "amount_minor": 1_000})
    until(lambda: operator.get("/v1/disputes")["items"], what="the dispute is heard of")


def deliver(buyer: Person, shop: Shop, operator: Person, part: str) -> None:
    """Send it, receive it, and pay the shop out."""
    parcel = f"/v1/seller-orders/{part}"
    shop.owner.do("POST", f"{parcel}/shipment", json={"carrier": "DHL", "tracking": "JD7"})
    buyer.do("POST", f"{parcel}/receipt")

    def paid_out() -> bool:
        ran = operator.do("POST", "/v1/payout-runs", headers={"Idempotency-Key": fresh_key()})
        return bool(ran["payouts"])

    until(paid_out, what="the shop is paid out")


def violations_in(log: Path) -> list[str]:
    """Return what browsers have reported to the server: each line says which page broke the policy, and with what."""
    return [line for line in log.read_text(errors="replace").splitlines() if '"policy violated"' in line]


def enter(tab: Tab, address: str, person: Person | Login) -> None:
    """Sign in by the form."""
    tab.goto(f"{address}/sign-in")
    tab.fill("[name=email]", person.email)
    tab.fill("[name=password]", person.password)
    tab.click("main button.main")
    tab.wait_for_url(f"{address}/")


def watch(tab: Tab, player: Locator) -> int:
    """Play a film to its end; return how many frames were shown."""
    player.scroll_into_view_if_needed()
    player.locator("button").first.click()
    player.evaluate(COUNT_FRAMES)
    tab.wait_for_function("() => window.film_ended", timeout=60_000)
    shown: int = tab.evaluate("window.frames_shown")
    return shown


def ended(film_seconds: float) -> float:
    """Return how many frames of a film of that length have to be shown."""
    return film_seconds * FRAMES_PER_SECOND * FRAMES_SEEN_MIN


def pay_by_card(tab: Tab, number: str) -> None:
    """Take a test card of the payment step and pay."""
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    tab.get_by_role("button", name=spaced).click()
    tab.locator("payment-step form button.main").click()
