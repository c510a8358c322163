"""Bytes go in by signed addresses only, and come out as inert pictures."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from attrs import frozen

from marketplace_adapters._threads import open_threads
from marketplace_adapters.filesystem.disk import Disk
from marketplace_adapters.filesystem.store import FilesystemFileStore
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.testing.clock import FrozenClock
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.files.router import router
from tests.entrypoints.http.small_door import problem

KEY = "images/prd-1/img-1"
CONTENT = b"\x89PNG\r\n\x1a\n" + bytes(1_000)


@frozen(kw_only=True)
class Gate:
    """A door in front of a store on disk."""

    client: httpx.AsyncClient
    files: FilesystemFileStore
    clock: FrozenClock

    def slot(self, *, upload_bytes_max: int = len(CONTENT)) -> UploadSlot:
        """Open an upload of a PNG for ten minutes."""
        expires_at = self.clock.now() + timedelta(minutes=10)
        return self.files.open_upload(
            KEY, content_type="image/png", upload_bytes_max=upload_bytes_max, expires_at=expires_at
        )

    async def put(self, slot: UploadSlot, content: bytes = CONTENT, **headers: str) -> httpx.Response:
        """Upload as the slot says, with other headers if given."""
        sent = slot.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(slot.method, slot.url, content=content, headers=sent)


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[Gate]:
    clock = FrozenClock()
    disk = Disk(tmp_path / "files")
    disk.prepare()
    async with open_threads("files", threads=2, waiting_max=50) as threads:
        files = FilesystemFileStore(disk, secret=b"s" * 32, base_url="http://test", clock=clock, threads=threads)
        async with opened_client(files) as client:
            yield Gate(client=client, files=files, clock=clock)


def opened_client(files: object) -> httpx.AsyncClient:
    """Open a door whose adapters are only a file store."""
    opened = SimpleNamespace(market=None, adapters=SimpleNamespace(files=files))
    transport = httpx.ASGITransport(create_app(opened, routers=[router]))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_picture_goes_in_once_and_comes_out(gate: Gate) -> None:
    slot = gate.slot()

    arrived = await gate.put(slot)
    again = await gate.put(slot)
    shown = await gate.client.get(gate.files.public_url(KEY))

    assert arrived.status_code == 201
    assert arrived.json() == {"size_bytes": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    problem(again, 409, "filesystem.upload_address_used")
    assert (shown.status_code, shown.content) == (200, CONTENT)
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert shown.headers["x-content-type-options"] == "nosniff"


async def test_each_wrong_upload_is_its_own_problem(gate: Gate) -> None:
    slot = gate.slot()

    problem(await gate.put(slot, Content_Type="text/html"), 415, "filesystem.upload_type_wrong")
    problem(await gate.put(slot, Content_Type=""), 415, "filesystem.upload_type_wrong")
    problem(await gate.put(slot, CONTENT + b"x"), 413, "filesystem.upload_too_large")
    problem(await gate.put(slot, CONTENT, Content_Length="5000000"), 413, "filesystem.upload_too_large")
    changed = await gate.client.put(slot.url[:-1] + ("A" if slot.url[-1] != "A" else "B"), content=CONTENT)
    problem(changed, 403, "filesystem.upload_address_invalid")
    problem(await gate.client.put("/v1/uploads/nonsense", content=b"x"), 403, "filesystem.upload_address_invalid")
    gate.clock.advance(timedelta(minutes=10))
    problem(await gate.put(slot), 403, "filesystem.upload_expired")

    problem(await gate.client.get(gate.files.public_url(KEY)), 404, "kernel.file_missing")


async def test_an_upload_without_a_length_is_stopped_at_its_limit(gate: Gate) -> None:
    sent: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while len(sent) < 1_000:
            sent.append(1)
            yield bytes(10_000)

    slot = gate.slot(upload_bytes_max=50_000)
    answer = await gate.client.put(slot.url, content=endless(), headers=slot.headers)

    problem(answer, 413, "filesystem.upload_too_large")


async def test_a_picture_is_served_in_part(gate: Gate) -> None:
    await gate.put(gate.slot())
    url = gate.files.public_url(KEY)

    part = await gate.client.get(url, headers={"Range": "bytes=1-3"})
    tail = await gate.client.get(url, headers={"Range": "bytes=-10"})
    beyond = await gate.client.get(url, headers={"Range": "bytes=5000-"})
    head = await gate.client.head(url)

    assert (part.status_code, part.content) == (206, b"PNG")
    assert part.headers["content-range"] == f"bytes 1-3/{len(CONTENT)}"
    assert (tail.status_code, len(tail.content)) == (206, 10)
    assert beyond.status_code == 416
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CONTENT)))


async def test_a_picture_that_is_known_is_not_sent_again(gate: Gate) -> None:
    await gate.put(gate.slot())
    url = gate.files.public_url(KEY)
    tag = (await gate.client.get(url)).headers["etag"]

    known = await gate.client.get(url, headers={"If-None-Match": f'"other", W/{tag}'})
    other = await gate.client.get(url, headers={"If-None-Match": '"other"'})

    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "images/nothing",
        "videos/vid-1/source",
        "images/../videos/vid-1/source",
        "images/%2e%2e/videos/vid-1/source",
        "images/..%2f..%2fsecrets/jwt",
        "/etc/passwd",
        "images/a%00b",
        "",
    ],
)
async def test_nothing_but_pictures_is_served(gate: Gate, path: str) -> None:
    await gate.files.write("videos/vid-1/source", b"secret", content_type="video/mp4")

    answer = await gate.client.get(f"/media/files/{path}")

    assert answer.status_code == 404
    assert b"secret" not in answer.content


async def test_what_is_no_picture_is_not_shown_in_the_browser(gate: Gate) -> None:
    await gate.files.write("images/odd", b"<script>", content_type="text/html")

    answer = await gate.client.get("/media/files/images/odd")

    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_store_that_takes_uploads_itself_has_none_here() -> None:
    async with opened_client(InMemoryFileStore(FrozenClock())) as client:
        problem(await client.put("/v1/uploads/x", content=b"x"), 404, "http.no_such_upload")
