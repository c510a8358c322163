"""Where a video's file goes, how an interrupted upload goes on, and what is turned away when it has arrived."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest

from marketplace_core.kernel.files import FileMissing, MalformedChecksum, UploadRefused
from marketplace_core.kernel.ids import SellerId
from marketplace_core.testing.conformance.video import POTTER
from marketplace_core.video import (
    ConfirmUpload,
    ContinueUpload,
    RequestUpload,
    VideoState,
    VideoUpload,
    ViewVideo,
)
from marketplace_core.video.domain.containers import begins_like_a_video
from marketplace_core.video.domain.errors import IllegalTransition, NotUploadedYet, UnacceptableSize, VideoNotFound
from marketplace_core.video.ports import Subjects
from tests.core.video.studio import RIVAL, SELLER, Studio, a_studio

FILM = b"\0\0\0\x18ftypmp42" + b"vide" + b"\0" * 100
GIB = 1024**3


class Potters(Subjects):
    """Everything is the potter's."""

    async def owner(self, subject: str) -> SellerId | None:
        return POTTER


def a_potters_studio() -> Studio:
    return a_studio(Potters())


async def asked(studio: Studio, upload_bytes: int = len(FILM), sha256: str = "") -> VideoUpload:
    return await studio.market.execute(
        RequestUpload(
            seller_id=POTTER,
            subject="product:prd_1",
            filename="cup.mp4",
            content_type="video/mp4",
            upload_bytes=upload_bytes,
            sha256=sha256,
        ),
        by=SELLER,
    )


async def state(studio: Studio, upload: VideoUpload) -> tuple[VideoState, str | None]:
    view = await studio.market.ask(ViewVideo(video_id=upload.video_id), by=SELLER)
    return view.state, view.reason_code


def a_zip() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("setup.exe", b"MZ" * 100)
    return kept.getvalue()


@pytest.mark.parametrize("content", [a_zip(), b"<html><script>", b"%PDF-1.7 ......", b"\x89PNG\r\n\x1a\n....."])
async def test_what_only_is_called_a_video_fails_when_it_is_confirmed_and_is_thrown_away(content: bytes) -> None:
    studio = a_potters_studio()
    upload = await asked(studio, len(content))
    await studio.files.upload(upload.slot.url, content, content_type="video/mp4")

    said = await studio.market.execute(ConfirmUpload(video_id=upload.video_id), by=SELLER)

    assert said is VideoState.FAILED
    assert await state(studio, upload) == (VideoState.FAILED, "not_a_video")
    with pytest.raises(FileMissing):
        await studio.files.look(f"videos/{upload.video_id.lower()}.mp4")


@pytest.mark.parametrize(
    "head",
    [FILM[:16], b"\x1a\x45\xdf\xa3" + b"\0" * 12, b"RIFF....AVI ....", b"\x47" + b"\0" * 15, b"ID3\x04" + b"\0" * 12],
)
def test_what_holds_film_or_sound_is_left_to_whoever_makes_it_playable(head: bytes) -> None:
    assert begins_like_a_video(head)


async def test_an_interrupted_upload_gets_an_address_anew_and_another_hour() -> None:
    studio = a_potters_studio()
    first = await asked(studio)
    studio.clock.advance(timedelta(minutes=50))
    again = await studio.market.execute(ContinueUpload(video_id=first.video_id), by=SELLER)

    assert again.video_id == first.video_id
    assert again.slot.expires_at == studio.clock.now() + timedelta(minutes=60)
    await studio.files.upload(again.slot.url, FILM, content_type="video/mp4")
    await studio.market.execute(ConfirmUpload(video_id=first.video_id), by=SELLER)
    with pytest.raises(IllegalTransition):
        await studio.market.execute(ContinueUpload(video_id=first.video_id), by=SELLER)


async def test_nobody_goes_on_with_a_foreign_upload() -> None:
    studio = a_potters_studio()
    upload = await asked(studio)

    with pytest.raises(VideoNotFound):
        await studio.market.execute(ContinueUpload(video_id=upload.video_id), by=RIVAL)


async def test_a_large_file_is_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    studio = a_potters_studio()
    opened: list[int] = []
    open_parts = studio.files.open_parts

    async def noted(key: str, **said: object) -> object:
        opened.append(int(str(said["upload_bytes"])))
        return await open_parts(key, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(studio.files, "open_parts", noted)
    for size in (200 * 1024**2, 200 * 1024**2 + 1, 2 * GIB):
        await asked(studio, size)

    assert opened == [200 * 1024**2 + 1, 2 * GIB]
    with pytest.raises(UnacceptableSize):
        await asked(studio, 2 * GIB + 1)


async def test_an_announced_checksum_is_held_against_what_comes() -> None:
    studio = a_potters_studio()
    upload = await asked(studio, sha256=hashlib.sha256(FILM).hexdigest().upper())

    with pytest.raises(UploadRefused):
        await studio.files.upload(upload.slot.url, FILM[:-1] + b"?", content_type="video/mp4")
    with pytest.raises(NotUploadedYet):
        await studio.market.execute(ConfirmUpload(video_id=upload.video_id), by=SELLER)
    await studio.files.upload(upload.slot.url, FILM, content_type="video/mp4")
    await studio.market.execute(ConfirmUpload(video_id=upload.video_id), by=SELLER)

    assert await state(studio, upload) == (VideoState.UPLOADED, None)


@pytest.mark.parametrize("sha256", ["abc", "g" * 64, "0" * 63, "0" * 65])
async def test_what_is_no_checksum_is_refused(sha256: str) -> None:
    with pytest.raises(MalformedChecksum):
        await asked(a_potters_studio(), sha256=sha256)
