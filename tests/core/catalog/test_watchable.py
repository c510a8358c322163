"""Products that can be watched."""

from attrs import evolve

from marketplace_core.catalog import AttachVideo, ListProducts, VideoState
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.ids import VideoId
from marketplace_core.testing.conformance.catalog import ADA
from tests.core.catalog.stand import Stand


async def test_a_product_is_listed_with_a_video_once_it_can_be_played(stand: Stand) -> None:
    created = await stand.published()
    attach = AttachVideo(
        product_id=created.product_id, seller_id=ADA, video_id=VideoId("vid_1"), state=VideoState.PROCESSING
    )
    before = await stand.ask(ListProducts(with_video=True), ANONYMOUS)
    await stand.do(attach, SYSTEM)
    processing = await stand.ask(ListProducts(with_video=True), ANONYMOUS)

    await stand.do(
        evolve(
            attach, state=VideoState.READY, poster_url="/p.jpg", hls_url="/m.m3u8", duration_ms=1, width=2, height=2
        ),
        SYSTEM,
    )

    ready = await stand.ask(ListProducts(with_video=True), ANONYMOUS)
    assert (before.items, processing.items) == ((), ())
    assert [card.product_id for card in ready.items] == [created.product_id]
