"""What stores of videos and video hosts promise."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.captions import Captions
from marketplace_core.video.domain.errors import VideoNotFound
from marketplace_core.video.domain.video import Playback, Rendition, Video, VideoState
from marketplace_core.video.ports import HostedState, HostedVideo, Subjects, VideoHost, VideoWork
from marketplace_core.video.queries import VideoReader

POTTER, LUTHIER = SellerId("sel_potter"), SellerId("sel_luthier")
PLAYBACK = Playback(
    hls_url="/media/videos/vid_1/master.m3u8",
    poster_url="/media/videos/vid_1/poster.jpg",
    storyboard_url="/media/videos/vid_1/storyboard.vtt",
    duration_ms=2000,
    width=1280,
    height=720,
    renditions=(Rendition(name="720p", width=1280, height=720, bandwidth_bps=2_800_000),),
)


def a_video(number: int, *, seller: SellerId = POTTER, subject: str = "product:prd_1") -> Video:
    """Return an awaited video."""
    return Video.request(
        video_id=VideoId(f"vid_{number:04d}"),
        seller_id=seller,
        subject=subject,
        filename="cup.mp4",
        content_type="video/mp4",
        upload_bytes=1000,
        now=datetime(2026, 1, 1, 12, tzinfo=UTC),
    )


@frozen(kw_only=True)
class VideoStore:
    """A collection and a reader over the same, empty store."""

    begin: Begin[VideoWork]
    reader: VideoReader


class VideosConformance:
    """What the collection of videos promises."""

    @pytest.fixture
    def store(self) -> VideoStore:
        """Return the store under test."""
        raise NotImplementedError("override the fixture `store`")

    async def _keep(self, store: VideoStore, *videos: Video) -> None:
        async with store.begin() as work:
            for video in videos:
                await work.videos.save(video)

    async def test_an_unknown_video_is_not_found(self, store: VideoStore) -> None:
        """Neither by the collection nor by the reader."""
        async with store.begin() as work:
            with pytest.raises(VideoNotFound):
                await work.videos.get(VideoId("vid_none"))

    async def test_a_video_comes_back_as_it_was_saved(self, store: VideoStore) -> None:
        """With its playback."""
        video = a_video(1)
        video.confirm_upload(datetime(2026, 1, 2, tzinfo=UTC))
        video.ingest()
        video.finish(PLAYBACK)
        await self._keep(store, video)

        async with store.begin() as work:
            kept = await work.videos.get(video.video_id)

        assert (kept.state, kept.playback, kept.uploaded_at, kept.version) == (
            VideoState.READY,
            PLAYBACK,
            video.uploaded_at,
            1,
        )

    async def test_a_stale_video_is_not_saved(self, store: VideoStore) -> None:
        """The version decides."""
        await self._keep(store, a_video(1))
        stale = a_video(1)

        stale.version = 7
        with pytest.raises(ConcurrentUpdate):
            await self._keep(store, stale)

    async def test_unfinished_videos_are_counted_per_seller(self, store: VideoStore) -> None:
        """Finished ones and other sellers' do not count."""
        failed = a_video(3)
        failed.fail("empty_file", "Empty.")
        await self._keep(store, a_video(1), a_video(2), failed, a_video(4, seller=LUTHIER))

        async with store.begin() as work:
            assert await work.videos.count_unfinished(POTTER) == 2


class VideoReaderConformance:
    """What the reader of videos promises."""

    @pytest.fixture
    def store(self) -> VideoStore:
        """Return the store under test."""
        raise NotImplementedError("override the fixture `store`")

    @pytest.fixture
    async def filled(self, store: VideoStore) -> VideoStore:
        """Return a store of five videos of one seller, one of them deleted, and one of another."""
        async with store.begin() as work:
            for number in range(1, 6):
                video = a_video(number, subject=f"product:prd_{number % 2}")
                if number == 3:
                    video.delete()
                await work.videos.save(video)
            await work.videos.save(a_video(6, seller=LUTHIER))
        return store

    async def test_a_seller_sees_own_videos_newest_first_page_by_page(self, filled: VideoStore) -> None:
        """Deleted ones and other sellers' are not there."""
        first = await filled.reader.of_seller(POTTER, None, PageRequest(limit=3))
        rest = await filled.reader.of_seller(POTTER, None, PageRequest(limit=3, cursor=first.next_cursor))

        assert [view.video_id for view in first.items] == ["vid_0005", "vid_0004", "vid_0002"]
        assert [view.video_id for view in rest.items] == ["vid_0001"]
        assert rest.next_cursor is None

    async def test_the_list_can_be_about_one_subject(self, filled: VideoStore) -> None:
        """Subjects are compared as they are."""
        page = await filled.reader.of_seller(POTTER, "product:prd_0", PageRequest())

        assert [view.video_id for view in page.items] == ["vid_0004", "vid_0002"]

    async def test_a_cursor_of_another_list_is_refused(self, filled: VideoStore) -> None:
        """It is not guessed at."""
        with pytest.raises(InvalidCursor):
            await filled.reader.of_seller(POTTER, None, PageRequest(cursor="nonsense"))

    async def test_single_videos_are_found_unless_deleted(self, filled: VideoStore) -> None:
        """By id."""
        found = await filled.reader.view(VideoId("vid_0001"))

        assert found is not None
        assert found.filename == "cup.mp4"
        assert await filled.reader.view(VideoId("vid_0003")) is None
        assert {view.video_id for view in await filled.reader.views((VideoId("vid_0001"), VideoId("vid_0003")))} == {
            "vid_0001"
        }


def some_captions(number: int, language: str, words: str = "Hello") -> Captions:
    """Return captions of a video."""
    return Captions.write(
        video_id=VideoId(f"vid_{number:04d}"),
        language=language,
        label=language.upper(),
        text=f"WEBVTT\n\n00:00.000 --> 00:01.000\n{words}\n",
    )


class CaptionTextsConformance:
    """What the store of captions promises, to who writes and to who reads."""

    @pytest.fixture
    def store(self) -> VideoStore:
        """Return the store under test."""
        raise NotImplementedError("override the fixture `store`")

    @pytest.fixture
    async def filled(self, store: VideoStore) -> VideoStore:
        """Return a store of two videos, the first with captions in Russian, then English."""
        async with store.begin() as work:
            for number in (1, 2):
                await work.videos.save(a_video(number))
            for language in ("ru", "en"):
                await work.captions.save(some_captions(1, language))
        return store

    async def test_a_video_without_captions_has_none(self, filled: VideoStore) -> None:
        """And removing them is no error."""
        async with filled.begin() as work:
            assert list(await work.captions.languages(VideoId("vid_0002"))) == []
            assert not await work.captions.remove(VideoId("vid_0002"), "en")
            await work.captions.remove_all(VideoId("vid_0002"))
        view = await filled.reader.view(VideoId("vid_0002"))

        assert view is not None
        assert view.captions == ()
        for video, language in (("vid_0001", "fr"), ("vid_0002", "en"), ("vid_none", "en")):
            assert await filled.reader.captions(VideoId(video), language) is None

    async def test_captions_are_read_back_and_listed_in_the_order_of_their_adding(self, filled: VideoStore) -> None:
        """On one video and on a page of them; the text is not repeated there."""
        kept = some_captions(1, "ru")

        found = await filled.reader.captions(VideoId("vid_0001"), "ru")
        view = await filled.reader.view(VideoId("vid_0001"))
        page = await filled.reader.of_seller(POTTER, None, PageRequest())

        assert found is not None
        assert (found.text, found.label, found.version) == (kept.text, kept.label, kept.version)
        assert (found.seller_id, found.state) == (POTTER, VideoState.AWAITING_UPLOAD)
        assert view is not None
        assert [(track.language, track.label) for track in view.captions] == [("ru", "RU"), ("en", "EN")]
        assert view.captions[0].url == f"/media/captions/vid_0001/ru.vtt?v={kept.version}"
        assert [(one.video_id, len(one.captions)) for one in page.items] == [("vid_0002", 0), ("vid_0001", 2)]

    async def test_captions_in_the_same_language_are_replaced_in_their_place(self, filled: VideoStore) -> None:
        """With another version, so under another address."""
        async with filled.begin() as work:
            await work.captions.save(some_captions(1, "ru", "Bye"))
            assert list(await work.captions.languages(VideoId("vid_0001"))) == ["ru", "en"]

        found = await filled.reader.captions(VideoId("vid_0001"), "ru")

        assert found is not None
        assert "Bye" in found.text
        assert found.version != some_captions(1, "ru").version

    async def test_removed_captions_are_gone(self, filled: VideoStore) -> None:
        """One language, then all."""
        async with filled.begin() as work:
            assert await work.captions.remove(VideoId("vid_0001"), "ru")
            await work.captions.save(some_captions(1, "ru"))
            assert list(await work.captions.languages(VideoId("vid_0001"))) == ["en", "ru"]
            await work.captions.remove_all(VideoId("vid_0001"))
            assert list(await work.captions.languages(VideoId("vid_0001"))) == []

        assert await filled.reader.captions(VideoId("vid_0001"), "en") is None


class SubjectsConformance:
    """What whoever knows the subjects promises."""

    @pytest.fixture
    def subjects(self) -> tuple[Subjects, str, SellerId]:
        """Return the port, a subject that exists, and its seller."""
        raise NotImplementedError("override the fixture `subjects`")

    async def test_a_subject_has_its_owner_and_nonsense_has_none(
        self, subjects: tuple[Subjects, str, SellerId]
    ) -> None:
        """Malformed subjects are unknown ones."""
        port, subject, seller = subjects

        assert await port.owner(subject) == seller
        for unknown in ("", "product:", "product:prd_none", "shop:", "shop:sel_none", "nonsense", "order:ord_1"):
            assert await port.owner(unknown) is None


@frozen(kw_only=True)
class HostUnderTest:
    """A host; ``upload`` stores bytes under a key, ``clip`` is a short real video, ``settle`` waits for an end."""

    host: VideoHost
    upload: Callable[[bytes], Awaitable[str]]
    clip: bytes
    settle: Callable[[VideoId], Awaitable[HostedVideo]]


class VideoHostConformance:
    """What a video host promises."""

    @pytest.fixture
    def hosted(self) -> HostUnderTest:
        """Return the host under test."""
        raise NotImplementedError("override the fixture `hosted`")

    async def test_an_unknown_video_is_unknown(self, hosted: HostUnderTest) -> None:
        """And deleting it is no error."""
        await hosted.host.delete(VideoId("vid_NONE"))

        assert (await hosted.host.look(VideoId("vid_NONE"))).state is HostedState.UNKNOWN

    async def test_a_real_clip_becomes_ready_with_a_ladder_of_three(self, hosted: HostUnderTest) -> None:
        """With poster, storyboard and duration; a second hand-over changes nothing."""
        key = await hosted.upload(hosted.clip)

        await hosted.host.ingest(VideoId("vid_CLIP"), key)
        await hosted.host.ingest(VideoId("vid_CLIP"), key)
        ended = await hosted.settle(VideoId("vid_CLIP"))

        assert ended.state is HostedState.READY
        assert ended.playback is not None
        assert len(ended.playback.renditions) == 3
        assert ended.playback.hls_url
        assert ended.playback.poster_url
        assert ended.playback.storyboard_url
        assert 1000 <= ended.playback.duration_ms <= 10_000

    @pytest.mark.parametrize(("content", "reason_code"), [(b"", "empty_file"), (bytes(range(256)) * 40, "not_a_video")])
    async def test_what_is_no_video_fails_with_its_reason(
        self, hosted: HostUnderTest, content: bytes, reason_code: str
    ) -> None:
        """The reason is a code for programs and a sentence for people."""
        key = await hosted.upload(content)

        await hosted.host.ingest(VideoId("vid_BAD"), key)
        ended = await hosted.settle(VideoId("vid_BAD"))

        assert (ended.state, ended.reason_code) == (HostedState.FAILED, reason_code)
        assert ended.reason

    async def test_a_deleted_video_is_unknown_again(self, hosted: HostUnderTest) -> None:
        """Even right after the hand-over."""
        key = await hosted.upload(hosted.clip)
        await hosted.host.ingest(VideoId("vid_GONE"), key)

        await hosted.host.delete(VideoId("vid_GONE"))

        assert (await hosted.host.look(VideoId("vid_GONE"))).state is HostedState.UNKNOWN
