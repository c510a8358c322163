"""The seller's journey: register, open a shop, be approved, upload, publish, and build a page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import anyio
import httpx
from attrs import frozen

from marketplace_entrypoints.demo.catalogue.values import Form, Item, only
from marketplace_entrypoints.demo.check.outsider import Outsider, eventually, require, upload
from marketplace_entrypoints.demo.check.steps import Steps
from marketplace_entrypoints.demo.studio import Studio

VIDEO_SECONDS: Final = 180.0
RENDITIONS: Final = 3
LANTERN: Final = Item(
    handle="storm-lantern",
    title="Lighthouse Storm Lantern",
    description="Burns in any wind. The glass is blown in Bornholm, the handle is for gloves.",
    category="lighting",
    tags=("lantern", "outdoors"),
    subject="lamp",
    hue=212,
    option_names=("Size",),
    forms=(
        Form(options=("Small",), sku="HL-LAN-S", price_minor=3_850, stock=4),
        Form(options=("Large",), sku="HL-LAN-L", price_minor=6_400, stock=2),
    ),
    clip_seconds=4.0,
)
DOORMAT: Final = Item(
    handle="rope-doormat",
    title="Ship's Rope Doormat",
    description="Knotted from ropes that have seen more of the world than most doors. Dries by itself.",
    category="textiles",
    tags=("rope", "door"),
    subject="cushion",
    hue=70,
    forms=only(4_200, stock=3, sku="HL-MAT"),
)


@frozen(kw_only=True)
class OpenedShop:
    """The shop that was opened on the walk; ``offers`` by SKU, ``products`` by handle."""

    seller: Outsider
    seller_id: str
    slug: str
    name: str
    products: Mapping[str, str]
    offers: Mapping[str, str]
    video_id: str
    hls_url: str


async def sell(
    steps: Steps, seller: Outsider, operator: Outsider, slug: str, studio: Studio, folder: Path
) -> OpenedShop:
    """Walk it. Raises ``StepFailed``."""
    name = "Harbour Light"
    async with steps.step("A seller registers and is welcomed by mail"):
        await seller.register()
        await mail(seller, "welcome")
    async with steps.step("She opens a shop, and the operator approves it"):
        shop = await seller.post("/v1/sellers", {"name": name, "slug": slug, "country": "DK"})
        await operator.sign_in()
        await operator.post(f"/v1/sellers/{shop['seller_id']}/approval")
        seen = await seller.get(f"/v1/sellers/{slug}")
        require(seen["status"] == "active", f"The approved shop is {seen['status']}.")
    products: dict[str, str] = {}
    offers: dict[str, str] = {}
    async with steps.step("She creates two products, one of them in two sizes"):
        for item in (LANTERN, DOORMAT):
            created = await seller.post("/v1/products", _body(item))
            products[item.handle] = created["product_id"]
            offers |= {form.sku: new["offer_id"] for form, new in zip(item.forms, created["variants"], strict=True)}
    async with steps.step("She uploads pictures to signed addresses"):
        for item in (LANTERN, DOORMAT):
            await _upload_picture(seller, products[item.handle], await studio(item, 0))
    async with steps.step("She uploads a video to a signed address"):
        clip = await studio.film(LANTERN, folder / "lantern.mp4")
        video_id = await _upload_video(seller, products[LANTERN.handle], clip)
    async with steps.step("The video becomes playable"):
        video = await eventually(
            lambda: _finished(seller, video_id), "The video was not ready in time.", within_seconds=VIDEO_SECONDS
        )
    hls_url = video["playback"]["hls_url"]
    async with steps.step(f"A player finds {RENDITIONS} renditions, a segment of each, and the poster"):
        await _play(seller.http, hls_url, video["playback"]["poster_url"])
    async with steps.step("She publishes the products, and anybody sees them"):
        for product_id in products.values():
            await seller.post(f"/v1/products/{product_id}/publication")
        seen = await eventually(
            lambda: _with_video(seller.http, products[LANTERN.handle]), "The product does not show its video."
        )
        require(seen["video"]["hls_url"] == hls_url, "The product shows another video.")
        require(seen["images"], "The product does not show its picture.")
    async with steps.step("She drafts a page around the video, publishes it, and anybody sees it"):
        await _build_page(seller, shop["seller_id"], slug, video_id, products)
    return OpenedShop(
        seller=seller,
        seller_id=shop["seller_id"],
        slug=slug,
        name=name,
        products=products,
        offers=offers,
        video_id=video_id,
        hls_url=hls_url,
    )


async def mail(person: Outsider, template: str, *, about: str = "") -> Mapping[str, Any]:
    """Wait for exactly one mail of a template to this person that speaks of ``about``; return it."""

    async def look() -> list[Mapping[str, Any]] | None:
        page = await person.get("/v1/me/mails", limit=100)
        written = [one for one in page["items"] if one["template"] == template]
        letters = [await person.get(f"/v1/me/mails/{one['mail_id']}") for one in written]
        found = [one for one in letters if about in one["subject"] + one["text"]]
        return found if found and all(one["state"] == "sent" for one in found) else None

    mails = await eventually(look, f"No mail “{template}” {about} came to {person.email}.")
    require(len(mails) == 1, f"{person.email} got {len(mails)} mails “{template}” {about} instead of one.")
    return mails[0]


async def _with_video(http: httpx.AsyncClient, product_id: str) -> Mapping[str, Any] | None:
    """The product as anybody sees it, once it has been told that its video can be played."""
    seen: Mapping[str, Any] = (await http.get(f"/v1/products/{product_id}")).json()
    return seen if seen["video"] and seen["video"]["hls_url"] else None


def _body(item: Item) -> Mapping[str, Any]:
    variants = [
        {
            "options": list(form.options),
            "sku": form.sku,
            "price_minor": form.price_minor,
            "currency": "EUR",
            "stock": form.stock,
        }
        for form in item.forms
    ]
    return {
        "title": item.title,
        "description": item.description,
        "category": item.category,
        "option_names": list(item.option_names),
        "variants": variants,
        "tags": list(item.tags),
    }


async def _upload_picture(seller: Outsider, product_id: str, picture: bytes) -> None:
    announced = {"content_type": "image/jpeg", "upload_bytes": len(picture)}
    asked = await seller.post(f"/v1/products/{product_id}/images", announced)
    await upload(seller.http, asked["slot"], picture)
    await seller.post(f"/v1/products/{product_id}/images/{asked['image_id']}/confirmation")
    seen = await seller.get(f"/v1/products/{product_id}")
    shown = await seller.http.get(seen["images"][0]["url"])
    require(shown.content == picture, "The picture that is shown is not the one that was uploaded.")
    require(shown.headers["content-type"] == "image/jpeg", f"The picture comes as {shown.headers['content-type']}.")


async def _upload_video(seller: Outsider, product_id: str, clip: Path) -> str:
    content = await anyio.Path(clip).read_bytes()
    announced = {"filename": clip.name, "content_type": "video/mp4", "upload_bytes": len(content)}
    asked = await seller.post(f"/v1/products/{product_id}/video-uploads", announced)
    await upload(seller.http, asked["slot"], content)
    await seller.post(f"/v1/videos/{asked['video_id']}/confirmation")
    return str(asked["video_id"])


async def _finished(seller: Outsider, video_id: str) -> Mapping[str, Any] | None:
    video = await seller.get(f"/v1/videos/{video_id}")
    require(video["state"] != "failed", f"The video failed: {video['reason_code']}, {video['reason']}")
    return video if video["state"] == "ready" else None


async def _play(http: httpx.AsyncClient, hls_url: str, poster_url: str) -> None:
    """Do what a player does: master playlist, media playlists, initialisation and a segment of each."""
    master = await _fetch(http, hls_url, "application/vnd.apple.mpegurl")
    rungs = [line for line in master.text.splitlines() if line and not line.startswith("#")]
    require(len(rungs) == RENDITIONS, f"The master playlist lists {len(rungs)} renditions.")
    for rung in rungs:
        media_url = urljoin(hls_url, rung)
        media = await _fetch(http, media_url, "application/vnd.apple.mpegurl")
        lines = media.text.splitlines()
        begins = next(line for line in lines if line.startswith("#EXT-X-MAP:")).split('"')[1]
        segment = next(line for line in lines if line and not line.startswith("#"))
        require(
            (await http.get(urljoin(media_url, begins))).content[4:8] == b"ftyp", f"{rung} begins with no ftyp box."
        )
        part = await http.get(urljoin(media_url, segment), headers={"Range": "bytes=0-15"})
        require(part.status_code == httpx.codes.PARTIAL_CONTENT, f"A range of {segment} answered {part.status_code}.")
        require(len(part.content) == 16, f"A range of 16 bytes brought {len(part.content)}.")
        whole = await http.get(urljoin(media_url, segment))
        require(b"moof" in whole.content[:2048], f"{segment} is no fragment of a film.")
    poster = await _fetch(http, poster_url, "image/jpeg")
    require(poster.content.startswith(b"\xff\xd8\xff"), "The poster is no JPEG.")


async def _fetch(http: httpx.AsyncClient, url: str, content_type: str) -> httpx.Response:
    answer = await http.get(url)
    require(answer.status_code == httpx.codes.OK, f"{url} answered {answer.status_code}.")
    require(answer.headers["content-type"] == content_type, f"{url} comes as {answer.headers['content-type']}.")
    return answer


async def _build_page(seller: Outsider, seller_id: str, slug: str, video_id: str, products: Mapping[str, str]) -> None:
    document = {
        "headline": "Light for the last mile home",
        "text": "Lanterns and ropes from a harbour that is open all winter.",
        "hero_video": video_id,
        "products": list(products.values()),
        "call_to_action": {"label": "See what is left", "target": f"/v1/products?seller={slug}"},
    }
    draft = await seller.put(f"/v1/sellers/{seller_id}/page", document)
    require(not draft["problems"], f"The draft has problems: {draft['problems']}")
    hidden = await seller.http.get(f"/v1/pages/{slug}")
    require(hidden.status_code == httpx.codes.NOT_FOUND, "The draft can be seen before it is published.")
    await seller.post(f"/v1/sellers/{seller_id}/page/publication")
    page = (await seller.http.get(f"/v1/pages/{slug}")).json()
    require(page["hero_video"] and page["hero_video"]["hls_url"], "The page shows no video.")
    require(len(page["products"]) == len(products), "The page does not show the products.")
