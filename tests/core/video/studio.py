"""A marketplace that can only handle videos, in memory, with videos in any state."""

from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost, InMemoryVideoReader, InMemoryVideoWork
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import SellerId, UserId, VideoId
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.video import LUTHIER, PLAYBACK, POTTER, a_video
from marketplace_core.video import RECONCILIATIONS, TIMERS, VideoState, answers, handlers
from marketplace_core.video.ports import Subjects

SELLER = Actor(principal="usr_potter", roles=frozenset({Role.SELLER}), user_id=UserId("usr_potter"), seller_id=POTTER)
RIVAL = Actor(principal="usr_luthier", roles=frozenset({Role.SELLER}), user_id=UserId("usr_luthier"), seller_id=LUTHIER)
ANN = Actor(principal="usr_ann", roles=frozenset({Role.BUYER}), user_id=UserId("usr_ann"))
OPERATOR = Actor(principal="usr_op", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_op"))
HELLO = "WEBVTT\n\n00:00.000 --> 00:01.500\nHello\n"
VIDEO = VideoId("vid_0001")


class NoSubjects(Subjects):
    """Knows of nothing that a video could be about."""

    async def owner(self, subject: str) -> SellerId | None:
        """Return None."""
        return None


@frozen
class Studio:
    """Videos, and the door to them."""

    store: Store
    market: Marketplace
    files: InMemoryFileStore
    clock: FrozenClock

    async def keep(self, number: int = 1, state: VideoState = VideoState.READY) -> VideoId:
        """Store a video of the potter in a state."""
        video = a_video(number)
        if state is VideoState.FAILED:
            video.fail("empty_file", "Empty.")
        if state in {VideoState.UPLOADED, VideoState.READY}:
            video.confirm_upload(video.requested_at)
        if state is VideoState.READY:
            video.finish(PLAYBACK)
        assert video.state is state
        async with self.store.begin(InMemoryVideoWork)() as work:
            await work.videos.save(video)
        return video.video_id


def a_studio(subjects: Subjects | None = None) -> Studio:
    """Open an empty one."""
    clock, ids = FrozenClock(), CountingIds()
    store, files = Store(clock, ids), InMemoryFileStore(clock)
    market = Marketplace(
        handlers=[
            handlers(
                begin=store.begin(InMemoryVideoWork),
                files=files,
                host=InMemoryVideoHost(files),
                subjects=subjects or NoSubjects(),
                clock=clock,
                ids=ids,
            )
        ],
        answers=[answers(reader=InMemoryVideoReader(store))],
        reactions=[],
        timers=[TIMERS],
        reconciliations=[RECONCILIATIONS],
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    return Studio(store, market, files, clock)
