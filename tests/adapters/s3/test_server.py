"""What a browser may send to the bucket, what becomes of it, and what happens when the server is in trouble."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve

from features.drivers.names import free_port
from marketplace_adapters.s3.plugin import plugin
from marketplace_adapters.s3.store import S3FileStore, UploadExpired, UploadTooLarge
from marketplace_core.kernel.files import (
    FileMissing,
    FileStoreUnavailable,
    UploadRefused,
    UploadSlot,
    UploadTaken,
)
from marketplace_core.testing.clock import FrozenClock
from tests.adapters.s3.client import StoreRefused, complaint, large, request_for, upload
from tests.adapters.s3.conftest import opened
from tests.adapters.s3.server import S3Server
from tests.outages.proxy import Fault, Wire

KEY = "images/prd-1/img-1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
MIB = 1024 * 1024


@pytest.fixture(params=["post", "put"])
async def files(request: pytest.FixtureRequest, s3: S3Server, tmp_path: Path) -> AsyncIterator[S3FileStore]:
    async with opened(tmp_path, **s3.said(uploads=request.param)) as files:
        yield files


def slot_of(files: S3FileStore, *, size: int = len(PNG), sha256: str = "", seconds: float = 600) -> UploadSlot:
    until = FrozenClock().now() + timedelta(seconds=seconds)
    return files.open_upload(KEY, content_type="image/png", upload_bytes_max=size, expires_at=until, sha256=sha256)


async def came(files: S3FileStore, *, size: int = len(PNG)) -> Any:
    return await files.arrived(KEY, content_type="image/png", upload_bytes_max=size)


async def test_what_was_uploaded_waits_in_quarantine_and_leaves_it_when_it_is_taken_in(
    files: S3FileStore, s3: S3Server
) -> None:
    await upload(slot_of(files), PNG)
    before = s3.keys()
    await files.take_in(await came(files))

    assert before == [f"quarantine/{KEY}"]
    assert s3.keys() == [KEY]
    head = s3.client.head_object(Bucket="market", Key=KEY)
    assert head["CacheControl"] == "public, max-age=31536000, immutable"
    assert head["Metadata"]["sha256"] == hashlib.sha256(PNG).hexdigest()


async def test_nobody_reads_the_bucket_without_a_signature(files: S3FileStore, s3: S3Server) -> None:
    await files.write("claims/clm-1/photo", PNG, content_type="image/png")
    async with httpx.AsyncClient() as stranger:
        answers = [
            (await stranger.get(f"{s3.address}/market/claims/clm-1/photo")).status_code,
            (await stranger.get(f"{s3.address}/market")).status_code,
            (await stranger.put(f"{s3.address}/market/images/evil", content=b"x")).status_code,
            (await stranger.delete(f"{s3.address}/market/claims/clm-1/photo")).status_code,
        ]

    assert answers == [403, 403, 403, 403]
    head = s3.client.head_object(Bucket="market", Key="claims/clm-1/photo")
    assert head["CacheControl"] == "private, no-store"


async def test_a_signature_that_was_tampered_with_takes_nothing(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files)
    fields = {**slot.fields, "x-amz-signature": "0" * 64} if slot.fields else {}
    forged = evolve(slot, fields=fields, url=slot.url if fields else slot.url[:-4] + "0000")

    with pytest.raises(StoreRefused) as refused:
        await upload(forged, PNG)

    assert complaint(refused.value) == "SignatureDoesNotMatch"
    assert s3.keys() == []


async def test_an_address_for_one_key_takes_no_other(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files)
    other = {**slot.fields, "key": "quarantine/images/other"} if slot.fields else {}

    with pytest.raises(StoreRefused):
        await upload(evolve(slot, fields=other, url=slot.url.replace("img-1", "img-2")), PNG)

    assert s3.keys() == []


async def test_one_byte_too_many_is_refused_by_the_store_itself(files: S3FileStore, s3: S3Server) -> None:
    with pytest.raises(StoreRefused) as refused:
        await upload(slot_of(files), PNG + b"x")

    assert complaint(refused.value) in {"EntityTooLarge", "SignatureDoesNotMatch"}
    assert s3.keys() == []


@pytest.mark.parametrize("other", ["text/html", "image/svg+xml", ""])
async def test_another_type_is_refused_by_the_store_itself(files: S3FileStore, s3: S3Server, other: str) -> None:
    with pytest.raises(StoreRefused):
        await upload(slot_of(files), PNG, other)

    assert s3.keys() == []


async def test_an_expired_address_takes_nothing(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files, seconds=1)
    await asyncio.sleep(2.1)

    with pytest.raises(StoreRefused) as refused:
        await upload(slot, PNG)

    assert complaint(refused.value) == "AccessDenied"
    assert "xpired" in refused.value.message
    assert s3.keys() == []


async def test_bytes_with_another_checksum_are_thrown_away(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files, sha256=hashlib.sha256(PNG).hexdigest())
    await upload(slot, PNG[:-1] + b"?")

    with pytest.raises(UploadRefused, match="checksum"):
        await came(files)

    assert s3.keys() == []


async def test_a_checksum_that_was_signed_cannot_be_left_out(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files, sha256=hashlib.sha256(PNG).hexdigest())
    without = {name: value for name, value in {**slot.headers, **slot.fields}.items() if "sha256" not in name}

    with pytest.raises(StoreRefused):
        await upload(evolve(slot, headers=without if slot.headers else {}, fields=without if slot.fields else {}), PNG)

    assert s3.keys() == []


async def test_what_somebody_put_into_quarantine_past_us_is_measured_all_the_same(
    files: S3FileStore, s3: S3Server
) -> None:
    for body, said in ((PNG + b"x", "image/png"), (PNG, "text/html")):
        s3.client.put_object(Bucket="market", Key=f"quarantine/{KEY}", Body=body, ContentType=said)
        with pytest.raises(UploadRefused):
            await came(files)
        assert s3.keys() == []


async def test_an_address_that_is_used_again_changes_nothing_that_was_taken_in(
    files: S3FileStore, s3: S3Server
) -> None:
    slot = slot_of(files)
    await upload(slot, PNG)
    await files.take_in(await came(files))
    await upload(slot, PNG[:-1] + b"?")

    with pytest.raises(UploadTaken):
        await came(files)

    assert s3.keys() == [KEY]
    assert (await files.look(KEY)).sha256 == hashlib.sha256(PNG).hexdigest()


async def test_a_file_that_was_replaced_after_the_look_is_not_taken_in(files: S3FileStore, s3: S3Server) -> None:
    slot = slot_of(files)
    await upload(slot, PNG)
    seen = await came(files)
    await upload(slot, PNG[:-1] + b"?")

    with pytest.raises(UploadTaken):
        await files.take_in(seen)

    assert s3.keys() == [f"quarantine/{KEY}"]


async def test_an_upload_that_is_cut_in_the_middle_leaves_nothing_and_may_come_again(
    files: S3FileStore, s3: S3Server
) -> None:
    content = os.urandom(2 * MIB)
    slot = slot_of(files, size=len(content))
    whole = request_for(slot, content)
    body = whole.read()

    async def half() -> AsyncIterator[bytes]:
        yield body[:MIB]
        raise ConnectionResetError

    async with httpx.AsyncClient() as browser:
        with pytest.raises(ConnectionResetError):
            await browser.request(slot.method, slot.url, content=half(), headers=whole.headers)

    with pytest.raises(FileMissing):
        await came(files, size=len(content))
    await upload(slot, content)
    assert (await came(files, size=len(content))).size_bytes == len(content)


async def test_a_file_of_this_machine_goes_where_a_browser_would_have_sent_it(
    files: S3FileStore, s3: S3Server, tmp_path: Path
) -> None:
    path = tmp_path / "cup.png"
    path.write_bytes(PNG)
    await files.receive_file(slot_of(files, sha256=hashlib.sha256(PNG).hexdigest()), path)

    assert s3.keys() == [f"quarantine/{KEY}"]
    assert (await came(files)).sha256 == hashlib.sha256(PNG).hexdigest()
    with pytest.raises(UploadTooLarge):
        await files.receive_file(slot_of(files, size=10), path)
    with pytest.raises(UploadExpired):
        await files.receive_file(slot_of(files, seconds=0), path)


async def test_a_copy_is_brought_here_once_and_the_oldest_make_room(s3: S3Server, tmp_path: Path) -> None:
    async with opened(tmp_path, **s3.said(cache_bytes_max=250)) as files:
        await files.write("images/a", b"a" * 200, content_type="image/png")
        await files.write("images/b", b"b" * 200, content_type="image/png")
        first = await files.local_copy("images/a")
        brought = first.stat().st_ino
        assert await files.local_copy("images/a") == first
        assert first.stat().st_ino == brought
        os.utime(first, (1, 1))
        second = await files.local_copy("images/b")

        assert not first.exists()
        assert second.read_bytes() == b"b" * 200
        assert (await files.local_copy("images/a")).read_bytes() == b"a" * 200


async def test_uploads_that_nobody_confirmed_are_left_behind_and_removed(parted: S3FileStore, s3: S3Server) -> None:
    await upload(slot_of(parted), PNG)
    await large(parted, 6 * MIB)
    await parted.write("claims/clm-1/photo", PNG, content_type="image/png")
    assert await parted.leftovers(timedelta(days=1)) == []
    await asyncio.sleep(2.1)

    found = await parted.leftovers(timedelta(seconds=1))
    assert [(one.key, one.size_bytes, bool(one.upload_id)) for one in found] == [
        (KEY, len(PNG), False),
        ("videos/vid-1.mp4", 0, True),
    ]
    for one in (*found, *found):
        await parted.discard(one)

    assert (s3.keys(), s3.unfinished()) == (["claims/clm-1/photo"], [])
    assert await parted.leftovers(timedelta(0)) == []


async def test_an_upload_that_was_replaced_since_it_was_listed_is_not_removed(
    parted: S3FileStore, s3: S3Server
) -> None:
    await upload(slot_of(parted), PNG)
    await asyncio.sleep(2.1)
    (found,) = await parted.leftovers(timedelta(seconds=1))
    await upload(slot_of(parted), PNG)

    await parted.discard(found)

    assert s3.keys() == [f"quarantine/{KEY}"]


# ---------------------------------------------------------------- a server in trouble


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.RESET, Fault.HANG, Fault.GARBAGE], ids=lambda one: one.value)
async def test_a_store_in_trouble_is_told_as_such_in_time_and_is_of_use_again_after_it(
    s3: S3Server, tmp_path: Path, fault: Fault
) -> None:
    wire = Wire(free_port(), s3.port)
    await wire.open()
    brief = {"connect_seconds": 0.5, "timeout_seconds": 0.7, "deadline_seconds": 2.0}
    try:
        async with opened(tmp_path, **s3.said(endpoint=f"http://127.0.0.1:{wire.port}", **brief)) as files:
            await files.write(KEY, PNG, content_type="image/png")
            await wire.suffer(fault)
            began = time.monotonic()
            for asked in (files.look(KEY), files.write(KEY, PNG, content_type="image/png"), files.delete(KEY)):
                with pytest.raises(FileStoreUnavailable):
                    await asked
            slot_of(files)
            assert time.monotonic() - began < 6
            await wire.suffer(Fault.NONE)
            await asyncio.sleep(1.2)

            assert (await files.look(KEY)).size_bytes == len(PNG)
    finally:
        await wire.close()


async def test_the_server_says_what_it_is_and_a_missing_bucket_or_a_wrong_key_is_named(
    s3: S3Server, tmp_path: Path
) -> None:
    async with opened(tmp_path, **s3.said()) as files:
        assert "SeaweedFS" in await files.about()
    async with opened(tmp_path, **s3.said(bucket="nowhere")) as files:
        with pytest.raises(FileStoreUnavailable, match="no bucket 'nowhere'"):
            await files.about()
    async with opened(tmp_path, **s3.said(secret_key="wrong")) as files:
        with pytest.raises(FileStoreUnavailable, match="403"):
            await files.about()


async def test_opening_needs_no_network_and_tells_pages_where_browsers_go(tmp_path: Path) -> None:
    async with opened(
        tmp_path, bucket="market", endpoint="http://127.0.0.1:1", browser_endpoint="https://s3.example.org",
        access_key="a", secret_key="b", public_url="https://cdn.example.org/files/",
    ) as files:  # fmt: skip
        assert slot_of(files).url.startswith("https://")
        assert "s3.example.org" in slot_of(files).url
        assert files.public_url(KEY) == f"https://cdn.example.org/files/{KEY}"
        assert files.origins == (f"https://{httpx.URL(slot_of(files).url).host}", "https://cdn.example.org")


def test_a_secret_is_not_shown_and_settings_that_do_not_fit_are_refused() -> None:
    assert "hidden" not in repr(plugin.settings.model_validate({"bucket": "market", "secret_key": "hidden"}))
    for wrong in ({"bucket": ""}, {"bucket": "A"}, {"bucket": "ok-then", "uploads": "ftp"}, {}):
        with pytest.raises(ValueError):  # noqa: PT011 - pydantic's own
            plugin.settings.model_validate(wrong)
