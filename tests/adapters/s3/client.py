"""What a browser does with a slot."""

from datetime import timedelta

import httpx

from marketplace_adapters.s3.store import S3FileStore
from marketplace_core.kernel.errors import MarketplaceError, NotAllowed
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.testing.clock import FrozenClock


class StoreRefused(NotAllowed):
    """The store itself said no."""

    code = "tests.store_refused"


def request_for(slot: UploadSlot, content: bytes, content_type: str | None = None) -> httpx.Request:
    """Return what is sent to a slot: a form or the bytes as they are, of the announced type unless another is given."""
    fields, headers = dict(slot.fields), dict(slot.headers)
    if content_type is not None:
        for said in (fields, headers):
            if "Content-Type" in said:
                said["Content-Type"] = content_type
    if slot.method == "POST":
        return httpx.Request("POST", slot.url, data=fields, files={"file": ("cup", content)})
    return httpx.Request(slot.method, slot.url, content=content, headers=headers)


async def upload(slot: UploadSlot, content: bytes, content_type: str | None = None) -> None:
    """Send it. Raises ``StoreRefused``."""
    request = request_for(slot, content, content_type)
    async with httpx.AsyncClient(timeout=30) as browser:
        answer = await browser.request(request.method, slot.url, content=request.read(), headers=request.headers)
    if answer.status_code >= 300:
        raise StoreRefused(f"{answer.status_code} {answer.text[:300]}")


def complaint(refused: MarketplaceError) -> str:
    """Return the store's word for what is wrong."""
    return refused.message.partition("<Code>")[2].partition("</Code>")[0]


async def large(files: S3FileStore, size: int) -> UploadSlot:
    """Ask for a place for a film."""
    until = FrozenClock().now() + timedelta(hours=1)
    return await files.open_parts("videos/vid-1.mp4", content_type="video/mp4", upload_bytes=size, expires_at=until)


async def put_part(slot: UploadSlot, number: int, content: bytes) -> int:
    """Send a part of it; return the status."""
    part = slot.parts[number - 1]
    piece = content[part.first_byte : part.first_byte + part.size_bytes]
    async with httpx.AsyncClient(timeout=60) as browser:
        return (await browser.put(part.url, content=piece)).status_code
