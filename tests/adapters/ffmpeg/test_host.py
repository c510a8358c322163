"""The local video host keeps the promises of a video host, on real clips."""

import time
from pathlib import Path

import anyio
import imageio_ffmpeg
import pytest

from features.clips import make_clips
from marketplace_adapters.ffmpeg.host import FfmpegVideoHost
from marketplace_adapters.ffmpeg.records import Options
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.kernel.ids import VideoId
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.video import HostUnderTest, VideoHostConformance
from marketplace_core.video.ports import HostedState, HostedVideo
from tests.conformance import Met


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return (make_clips(tmp_path_factory.mktemp("clips")) / "cup.mp4").read_bytes()


@pytest.fixture
def host(tmp_path: Path) -> FfmpegVideoHost:
    return FfmpegVideoHost(folder=tmp_path, files=InMemoryFileStore(FrozenClock()), slots=1, options=Options())


async def settled(host: FfmpegVideoHost, video_id: VideoId) -> HostedVideo:
    until = time.monotonic() + 60
    while True:
        hosted = await host.look(video_id)
        if hosted.state in {HostedState.READY, HostedState.FAILED}:
            return hosted
        assert time.monotonic() < until, hosted
        await anyio.sleep(0.1)


class TestFfmpegVideoHost(VideoHostConformance):
    @pytest.fixture
    def hosted(self, host: FfmpegVideoHost, clip: bytes, met: Met) -> HostUnderTest:
        met("ffmpeg", imageio_ffmpeg.get_ffmpeg_version())

        async def upload(content: bytes) -> str:
            return (await host.files.write("videos/source.mp4", content, content_type="video/mp4")).key

        return HostUnderTest(host=host, upload=upload, clip=clip, settle=lambda video_id: settled(host, video_id))


async def test_only_files_of_a_ready_video_are_published(host: FfmpegVideoHost, clip: bytes) -> None:
    await host.files.write("videos/source.mp4", clip, content_type="video/mp4")
    await host.ingest(VideoId("vid_CLIP"), "videos/source.mp4")
    assert host.published_file("vid_CLIP", "master.m3u8") is None

    ended = await settled(host, VideoId("vid_CLIP"))

    assert ended.playback is not None
    for url in (ended.playback.hls_url, ended.playback.poster_url, ended.playback.storyboard_url):
        path = host.published_file("vid_CLIP", url.removeprefix("/media/videos/vid_CLIP/"))
        assert path is not None
        assert path.stat().st_size > 0
    for outside in ("../job.json", "../../../etc/passwd", "..", "", "/etc/passwd", "v0/../../status.json"):
        assert host.published_file("vid_CLIP", outside) is None
    for stranger in ("..", "vid_", "vid_CLIP/..", ".slots", "vid_NONE"):
        assert host.published_file(stranger, "master.m3u8") is None
