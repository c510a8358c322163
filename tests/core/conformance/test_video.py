"""The in-memory videos, host and subjects keep their promises."""

import pytest

from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost, InMemoryVideoReader, InMemoryVideoWork
from marketplace_core.kernel.ids import VideoId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.video import (
    HostUnderTest,
    VideoHostConformance,
    VideoReaderConformance,
    VideosConformance,
    VideoStore,
)
from marketplace_core.video.ports import HostedVideo


class _OverMemory:
    @pytest.fixture
    def store(self) -> VideoStore:
        store = Store(FrozenClock(), CountingIds())
        return VideoStore(begin=store.begin(InMemoryVideoWork), reader=InMemoryVideoReader(store))


class TestInMemoryVideos(_OverMemory, VideosConformance):
    pass


class TestInMemoryVideoReader(_OverMemory, VideoReaderConformance):
    pass


class TestInMemoryVideoHost(VideoHostConformance):
    @pytest.fixture
    def hosted(self) -> HostUnderTest:
        files = InMemoryFileStore(FrozenClock())
        host = InMemoryVideoHost(files)

        async def upload(content: bytes) -> str:
            await files.write("videos/x.mp4", content, content_type="video/mp4")
            return "videos/x.mp4"

        async def settle(video_id: VideoId) -> HostedVideo:
            return await host.look(video_id)

        return HostUnderTest(host=host, upload=upload, clip=b"\0\0\0\x18ftypmp42....moov..hdlr....vide", settle=settle)
