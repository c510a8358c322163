"""A video's life: sad paths first."""

from datetime import UTC, datetime

import pytest

from marketplace_core.testing.conformance.video import PLAYBACK, a_video
from marketplace_core.video.domain.errors import IllegalTransition, UnacceptableSize, UnsupportedType
from marketplace_core.video.domain.events import VideoBecameReady, VideoFailed, VideoUploaded
from marketplace_core.video.domain.video import TRANSITIONS, UPLOAD_BYTES_MAX, Video, VideoState

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _requested(content_type: str = "video/mp4", upload_bytes: int = 1) -> Video:
    template = a_video(1)
    return Video.request(
        video_id=template.video_id,
        seller_id=template.seller_id,
        subject="product:prd_1",
        filename="a",
        content_type=content_type,
        upload_bytes=upload_bytes,
        now=NOW,
    )


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "", "VIDEO/MP4", "audio/mp4"])
def test_only_types_that_hold_video_are_awaited(content_type: str) -> None:
    with pytest.raises(UnsupportedType):
        _requested(content_type=content_type)


@pytest.mark.parametrize("upload_bytes", [0, -1, UPLOAD_BYTES_MAX + 1])
def test_a_file_of_no_or_too_much_size_is_not_awaited(upload_bytes: int) -> None:
    with pytest.raises(UnacceptableSize):
        _requested(upload_bytes=upload_bytes)


def test_a_ready_video_never_fails_and_a_failed_one_is_never_ready() -> None:
    ready, failed = _requested(), _requested()
    ready.confirm_upload(NOW)
    ready.finish(PLAYBACK)
    failed.fail("empty_file", "Empty.")

    with pytest.raises(IllegalTransition):
        ready.fail("late", "Late.")
    with pytest.raises(IllegalTransition):
        failed.finish(PLAYBACK)


def test_a_deleted_video_stays_deleted() -> None:
    video = _requested()
    video.confirm_upload(NOW)
    video.delete()

    with pytest.raises(IllegalTransition):
        video.finish(PLAYBACK)

    assert video.state is VideoState.DELETED


def test_progress_never_runs_backwards() -> None:
    video = _requested()
    video.confirm_upload(NOW)
    video.ingest()

    for percent in (10, 60, 40):
        video.progress(percent)

    assert video.progress_percent == 60


def test_every_step_says_what_happened() -> None:
    video, bad = _requested(), _requested()
    video.confirm_upload(NOW)
    video.ingest()
    video.finish(PLAYBACK)
    bad.fail("not_a_video", "No video.")

    assert [type(event) for event in video.drain_events()] == [VideoUploaded, VideoBecameReady]
    assert [type(event) for event in bad.drain_events()] == [VideoFailed]


def test_every_state_is_reachable_and_every_unfinished_one_has_an_exit() -> None:
    reached = {VideoState.AWAITING_UPLOAD} | set(TRANSITIONS.values())

    assert reached == set(VideoState)
    assert {state for state, _ in TRANSITIONS} == set(VideoState) - {VideoState.DELETED}
