"""Videos and pictures on their way in and out: a real clip to a real ladder, and whatever does not fit refused."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import imageio_ffmpeg
import pytest
from attrs import evolve, frozen

from features.clips import make_clips
from features.drivers.names import PICTURE
from marketplace_adapters.filesystem import tickets
from marketplace_entrypoints.composition.surroundings import SecretFiles, clock_of
from tests.entrypoints.running.people import newcomer
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.records import rows
from tests.entrypoints.running.trade import Shop, draft, offer

pytestmark = pytest.mark.slow
VIDEO_SECONDS: Final = 120.0
RENDITIONS: Final = 3
FOREVER: Final = "public, max-age=31536000, immutable"
TYPES: Final = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
PLAYER: Final = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-xerror")
UPLOAD_SECRET: Final = "file_store"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clips(tmp_path_factory.mktemp("clips"))


@frozen
class Sent:
    """A video that was uploaded."""

    shop: Shop
    product_id: str
    video_id: str

    def look(self) -> dict[str, Any]:
        """See it as its seller."""
        view: dict[str, Any] = self.shop.owner.get(f"/v1/videos/{self.video_id}")
        return view

    def ended(self) -> dict[str, Any]:
        """Wait until it is ready or has failed."""
        path = f"/v1/videos/{self.video_id}"
        until(
            lambda: self.look()["state"] in ("ready", "failed"),
            what=f"an end of {path}",
            timeout_seconds=VIDEO_SECONDS,
            every_seconds=0.2,
        )
        return self.look()


def address(shop: Shop, content: bytes, *, content_type: str = "video/mp4") -> tuple[str, str, dict[str, Any]]:
    """Ask for an upload address for this much; return the product, the video and the address."""
    product_id = draft(shop, "Filmed Cup").product_id
    body = {"filename": "cup.mp4", "content_type": content_type, "upload_bytes": max(len(content), 1)}
    upload = shop.owner.do("POST", f"/v1/products/{product_id}/video-uploads", json=body)
    return product_id, upload["video_id"], upload["slot"]


def put(running: Running, slot: dict[str, Any], content: bytes | Iterator[bytes], **headers: str) -> httpx.Response:
    """Send bytes to an upload address."""
    return running.client.request(slot["method"], slot["url"], content=content, headers=slot["headers"] | headers)


def film(running: Running, shop: Shop, content: bytes) -> Sent:
    """Upload a clip and confirm it."""
    product_id, video_id, slot = address(shop, content)
    arrived = put(running, slot, content)
    assert (arrived.status_code, arrived.json()["sha256"]) == (201, hashlib.sha256(content).hexdigest())
    shop.owner.do("POST", f"/v1/videos/{video_id}/confirmation")
    return Sent(shop, product_id, video_id)


@pytest.fixture(scope="module")
def ready(running: Running, shop: Shop, clips: Path) -> dict[str, Any]:
    """Return a real clip's video, made playable."""
    sent = film(running, shop, (clips / "cup.mp4").read_bytes())
    early = running.client.get(f"/media/videos/{sent.video_id}/master.m3u8")
    assert early.status_code == 404, "nobody plays what is not ready"
    assert newcomer(running).send("GET", f"/v1/videos/{sent.video_id}").status_code == 404
    view = sent.ended()
    assert view["state"] == "ready", view
    return view


def resolved(playlist: str, uri: str) -> str:
    """Return the address of what a playlist names."""
    return str(httpx.URL(playlist).join(uri))


def uris(text: str) -> list[str]:
    """Return all addresses in a playlist, in lines and in attributes."""
    return [line for line in text.splitlines() if line and not line.startswith("#")] + re.findall(
        r'URI="([^"]+)"', text
    )


def everything_served(running: Running, view: dict[str, Any]) -> list[str]:
    """Return the addresses of all that makes up the video, playlists first."""
    playback = view["playback"]
    master: str = running.address + playback["hls_url"]
    variants = [resolved(master, uri) for uri in uris(running.client.get(master).text)]
    pieces = [
        resolved(variant, uri)
        for variant in variants
        if variant.endswith(".m3u8")
        for uri in uris(running.client.get(variant).text)
    ]
    shown = [running.address + playback[name] for name in ("poster_url", "storyboard_url")]
    return list(dict.fromkeys([master, *variants, *pieces, *shown]))


# ---------------------------------------------------------------- a real clip


def test_a_players_own_reader_finds_three_renditions_and_can_play_each(running: Running, ready: dict[str, Any]) -> None:
    master = running.address + ready["playback"]["hls_url"]

    for rendition in range(RENDITIONS):
        played = subprocess.run(
            [*PLAYER, "-i", master, "-map", f"0:v:{rendition}", "-f", "null", "-"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert played.returncode == 0, played.stderr[-2_000:]
        frames = re.findall(r"frame=\s*(\d+)", played.stderr)
        assert int(frames[-1]) >= 45, "a clip of 2 s has 50 frames"

    text = running.client.get(master).text
    sizes = re.findall(r"#EXT-X-STREAM-INF:.*RESOLUTION=(\d+x\d+)", text)
    assert len(set(sizes)) == RENDITIONS
    assert set(sizes) == {f"{one['width']}x{one['height']}" for one in ready["playback"]["renditions"]}


def test_everything_that_is_named_is_served_with_its_type_and_kept_for_ever(
    running: Running, ready: dict[str, Any]
) -> None:
    addresses = everything_served(running, ready)

    answers = {address: running.client.get(address) for address in addresses}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert all(answer.content for answer in answers.values())
    for name, answer in answers.items():
        assert answer.headers["content-type"] == TYPES[name[name.rindex(".") :]], name
        assert answer.headers["cache-control"] == FOREVER
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["access-control-allow-origin"] == "*"
    kinds = [name[name.rindex(".") :] for name in addresses]
    assert kinds.count(".m4s") >= RENDITIONS
    assert {".m3u8", ".mp4", ".jpg", ".vtt"} <= set(kinds)


def test_a_range_of_a_segment_is_exactly_these_bytes(running: Running, ready: dict[str, Any]) -> None:
    segment = next(name for name in everything_served(running, ready) if name.endswith(".m4s"))
    whole = running.client.get(segment).content
    size = len(whole)

    def part(range_: str) -> tuple[int, str | None, bytes]:
        answer = running.client.get(segment, headers={"Range": f"bytes={range_}"})
        return answer.status_code, answer.headers.get("content-range"), answer.content

    assert part("0-99") == (206, f"bytes 0-99/{size}", whole[:100])
    assert part("100-") == (206, f"bytes 100-{size - 1}/{size}", whole[100:])
    assert part("-50") == (206, f"bytes {size - 50}-{size - 1}/{size}", whole[-50:])
    assert part(f"{size}-")[:2] == (416, f"bytes */{size}")


def test_asking_for_the_head_gets_the_same_headers_and_no_body(running: Running, ready: dict[str, Any]) -> None:
    segment = next(name for name in everything_served(running, ready) if name.endswith(".m4s"))

    head, whole = running.client.head(segment), running.client.get(segment)

    assert (head.status_code, head.content) == (200, b"")
    names = ("content-type", "content-length", "cache-control", "etag", "accept-ranges")
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "none.m4s",
        "prepared.json",
        "../status.json",
        "..%2Fstatus.json",
        "%2e%2e/%2e%2e/marketplace.sqlite",
        "/etc/passwd",
        "master.m3u8/x",
        "master.m3u8%00",
        "ü" * 200,
    ],
)
def test_nothing_else_is_served(running: Running, ready: dict[str, Any], name: str) -> None:
    answer = running.client.get(f"/media/videos/{ready['video_id']}/{name}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_source_as_it_was_uploaded_is_nobodys_to_fetch(running: Running, ready: dict[str, Any]) -> None:
    ((key,),) = rows(running, "SELECT upload_key FROM video_videos WHERE video_id = ?", ready["video_id"])

    answers = [running.client.get(f"/media/files/{path}").status_code for path in (key, f"images/../{key}")]

    assert answers == [404, 404]


def test_a_product_shows_its_video(running: Running, ready: dict[str, Any], shop: Shop) -> None:
    product = shop.owner.get(f"/v1/products/{ready['subject'].partition(':')[2]}")

    assert product["video"]["hls_url"] == ready["playback"]["hls_url"]


def test_a_picture_is_served_with_its_type_its_ranges_and_a_tag(running: Running, shop: Shop) -> None:
    goods = offer(shop, "Pictured Cup")
    url = shop.owner.get(f"/v1/products/{goods.product_id}")["images"][0]["url"]

    whole = running.client.get(url)
    part = running.client.get(url, headers={"Range": "bytes=1-3"})
    known = running.client.get(url, headers={"If-None-Match": whole.headers["etag"]})
    head = running.client.head(url)

    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, PICTURE, "image/png")
    assert whole.headers["cache-control"] == FOREVER
    assert whole.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (part.status_code, part.content) == (206, PICTURE[1:4])
    assert (known.status_code, known.content) == (304, b"")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PICTURE)))


# ---------------------------------------------------------------- what is no video


@pytest.mark.parametrize(
    ("file", "reason_code"),
    [("garbage.mp4", "not_a_video"), ("empty.mp4", "empty_file"), ("sound.mp4", "no_video_track")],
)
def test_what_is_no_video_fails_with_its_own_reason(
    running: Running, shop: Shop, clips: Path, file: str, reason_code: str
) -> None:
    view = film(running, shop, (clips / file).read_bytes()).ended()

    assert (view["state"], view["reason_code"]) == ("failed", reason_code)
    assert view["reason"].endswith(".")
    assert view["playback"] is None


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "text/html", "video/x-unknown"])
def test_a_file_of_another_type_is_refused_before_it_is_sent(shop: Shop, content_type: str) -> None:
    product_id = draft(shop, "Cup without film").product_id
    body = {"filename": "cup.mp4", "content_type": content_type, "upload_bytes": 100}

    answer = shop.owner.send("POST", f"/v1/products/{product_id}/video-uploads", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "video.unsupported_type")


def test_what_was_never_sent_cannot_be_confirmed(shop: Shop) -> None:
    _, video_id, _ = address(shop, b"x" * 100)

    answer = shop.owner.send("POST", f"/v1/videos/{video_id}/confirmation")

    assert (answer.status_code, answer.json()["code"]) == (409, "video.not_uploaded_yet")


# ---------------------------------------------------------------- uploads that are refused


def said(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code."""
    return answer.status_code, answer.json()["code"]


def in_pieces(content: bytes) -> Iterator[bytes]:
    """Send bytes without saying how many there are."""
    yield from (content[start : start + 1_000] for start in range(0, len(content), 1_000))


def test_an_address_takes_its_type_and_size_and_nothing_else_and_only_once(running: Running, shop: Shop) -> None:
    content = bytes(range(256)) * 20
    _, _, slot = address(shop, content)

    wrong_type = put(running, slot, content, **{"Content-Type": "text/html"})
    one_byte_more = put(running, slot, content + b"!")
    one_byte_more_unannounced = put(running, slot, in_pieces(content + b"!"))
    right = put(running, slot, content)
    again = put(running, slot, content)

    assert said(wrong_type) == (415, "filesystem.upload_type_wrong")
    assert said(one_byte_more) == (413, "filesystem.upload_too_large")
    assert said(one_byte_more_unannounced) == (413, "filesystem.upload_too_large")
    assert (right.status_code, right.json()["size_bytes"]) == (201, len(content))
    assert said(again) == (409, "filesystem.upload_address_used")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_is_for_sending_only(running: Running, shop: Shop, method: str) -> None:
    _, _, slot = address(shop, b"x" * 100)

    assert running.client.request(method, slot["url"]).status_code == 405


def tampered(token: str) -> Iterator[str]:
    """Return tokens that are almost this one."""
    said, _, signature = token.partition(".")
    other = "A" if said[10] != "A" else "B"
    yield f"{said[:10]}{other}{said[11:]}.{signature}"
    yield f"{said}.{signature[:-2]}"
    yield f"{said}.{signature}="
    yield said
    yield f".{signature}"
    yield "x" * 1_999


def test_a_tampered_address_takes_nothing(running: Running, shop: Shop) -> None:
    content = b"x" * 100
    _, _, slot = address(shop, content)
    start, _, token = slot["url"].rpartition("/")

    answers = [put(running, slot | {"url": f"{start}/{other}"}, content) for other in tampered(token)]

    assert {said(answer) for answer in answers} == {(403, "filesystem.upload_address_invalid")}
    assert put(running, slot, content).status_code == 201


def test_an_address_whose_time_is_over_takes_nothing(running: Running, shop: Shop) -> None:
    content = b"x" * 100
    _, _, slot = address(shop, content)
    start, _, token = slot["url"].rpartition("/")
    secret = SecretFiles(running.settings.data / "secrets")(UPLOAD_SECRET)
    now = clock_of(running.settings).now()
    over = evolve(tickets.read(token, secret), expires_at=now - timedelta(seconds=1))

    answer = put(running, slot | {"url": f"{start}/{tickets.signed(over, secret)}"}, content)

    assert said(answer) == (403, "filesystem.upload_expired")
