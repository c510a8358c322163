"""Large files come into the bucket in parts, and go on where they were left."""

import hashlib
import os
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.s3.store import S3FileStore
from marketplace_core.kernel.files import FileMissing
from tests.adapters.s3.client import large, put_part
from tests.adapters.s3.server import S3Server

MIB = 1024 * 1024


async def test_a_large_file_comes_in_parts_and_goes_on_where_it_was_left(parted: S3FileStore, s3: S3Server) -> None:
    content = b"\0\0\0\x18ftypmp42" + os.urandom(11 * MIB)
    size = len(content)
    first = await large(parted, size)
    assert [part.size_bytes for part in first.parts] == [5 * MIB, 5 * MIB, size - 10 * MIB]
    assert await put_part(first, 3, content) == 200
    assert await put_part(first, 1, content) == 200
    with pytest.raises(FileMissing):
        await parted.arrived("videos/vid-1.mp4", content_type="video/mp4", upload_bytes_max=size)

    again = await large(parted, size)
    assert [part.sent for part in again.parts] == [True, False, True]
    assert await put_part(again, 2, content) == 200
    arrived = await parted.arrived("videos/vid-1.mp4", content_type="video/mp4", upload_bytes_max=size)
    await parted.take_in(arrived)

    assert s3.keys() == ["videos/vid-1.mp4"]
    assert s3.unfinished() == []
    assert arrived.head[4:12] == b"ftypmp42"
    assert (await parted.local_copy("videos/vid-1.mp4")).read_bytes() == content
    assert await parted.take_in(arrived) == await parted.look("videos/vid-1.mp4")


async def test_a_part_of_another_size_is_refused_and_a_stranger_part_forgery_too(parted: S3FileStore) -> None:
    content = os.urandom(6 * MIB)
    slot = await large(parted, len(content))
    async with httpx.AsyncClient(timeout=60) as browser:
        longer = await browser.put(slot.parts[1].url, content=b"x" * (slot.parts[1].size_bytes + 1))
        forged = await browser.put(slot.parts[0].url.replace("partNumber=1", "partNumber=2"), content=content)

    assert (longer.status_code, forged.status_code) == (403, 403)


async def test_deleting_gives_up_the_parts(parted: S3FileStore, s3: S3Server) -> None:
    content = os.urandom(6 * MIB)
    slot = await large(parted, len(content))
    await put_part(slot, 1, content)
    assert s3.unfinished() == ["quarantine/videos/vid-1.mp4"]

    await parted.delete("videos/vid-1.mp4")

    assert s3.unfinished() == []
    assert await put_part(slot, 2, content) == 404


async def test_a_file_of_this_machine_comes_in_parts_too(parted: S3FileStore, s3: S3Server, tmp_path: Path) -> None:
    content = os.urandom(6 * MIB)
    (tmp_path / "film").write_bytes(content)

    await parted.receive_file(await large(parted, len(content)), tmp_path / "film")

    came = await parted.arrived("videos/vid-1.mp4", content_type="video/mp4", upload_bytes_max=len(content))
    assert came.sha256 == hashlib.sha256(content).hexdigest()
