"""A marketplace that is only seller pages: two sellers, some videos and products."""

from typing import Any

from attrs import evolve, frozen

from marketplace_core.app import Marketplace
from marketplace_core.inmemory.landing import (
    InMemoryLandingReader,
    InMemoryPageProducts,
    InMemoryPageSellers,
    InMemoryPagesWork,
    InMemoryPageVideos,
)
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys, InMemoryOutbox
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import ProductId, SellerId, UserId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.landing import CallToAction, PageDocument, PageProduct, PageSeller, PageVideo
from marketplace_core.landing.handlers import answers, handlers
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock

MIA = PageSeller(seller_id=SellerId("sel_mia"), name="Mia's guitars", slug="mias-guitars", active=True)
LEO = PageSeller(seller_id=SellerId("sel_leo"), name="Leo's drums", slug="leos-drums", active=False)
HERO = PageVideo(
    video_id=VideoId("vid_hero"),
    seller_id=MIA.seller_id,
    ready=True,
    poster_url="/media/vid_hero/poster.jpg",
    hls_url="/media/vid_hero/master.m3u8",
    duration_ms=31_000,
    width=1280,
    height=720,
)
UNREADY = PageVideo(video_id=VideoId("vid_unready"), seller_id=MIA.seller_id, ready=False)
GUITAR = PageProduct(
    product_id=ProductId("prd_guitar"),
    seller_id=MIA.seller_id,
    title="Guitar",
    price=Money(49_900, "EUR"),
    purchasable=True,
    image_url="/files/guitar.jpg",
)
STRAP = evolve(GUITAR, product_id=ProductId("prd_strap"), title="Strap", price=Money(1_900, "EUR"))
GONE_PRODUCT = evolve(
    GUITAR, product_id=ProductId("prd_gone"), title="Old guitar", purchasable=False, reason="out_of_stock"
)
HIDDEN_PRODUCT = evolve(
    GUITAR,
    product_id=ProductId("prd_hidden"),
    title="Next year's guitar",
    listed=False,
    purchasable=False,
    reason="unpublished",
)
PAGE = PageDocument(
    headline="Hand-made guitars",
    text="Made in a small workshop.\nEvery one is different.",
    hero_video=HERO.video_id,
    products=(GUITAR.product_id, STRAP.product_id),
    call_to_action=CallToAction(label="See all guitars", target="/shops/mias-guitars"),
)


def actor_of(seller: PageSeller) -> Actor:
    user_id = UserId(f"usr_{seller.slug}")
    return Actor(principal=user_id, user_id=user_id, seller_id=seller.seller_id, roles=frozenset({Role.SELLER}))


@frozen(kw_only=True)
class Shop:
    market: Marketplace
    clock: FrozenClock
    outbox: InMemoryOutbox
    sellers: InMemoryPageSellers
    videos: InMemoryPageVideos
    products: InMemoryPageProducts

    async def execute(self, command: Any, by: Actor | None = None) -> Any:
        return await self.market.execute(command, by=by or actor_of(MIA))

    async def ask(self, query: Any, by: Actor | None = None) -> Any:
        return await self.market.ask(query, by=by or actor_of(MIA))

    async def events(self) -> list[Any]:
        """Take the events that wait, oldest first."""
        taken = []
        while waiting := await self.outbox.waiting(self.clock.now(), 10):
            taken += [envelope.event for envelope, _ in waiting]
            await self.outbox.published([envelope.event_id for envelope, _ in waiting], self.clock.now())
        return taken


def open_shop() -> Shop:
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    sellers = InMemoryPageSellers(MIA, LEO)
    videos = InMemoryPageVideos(HERO, UNREADY)
    products = InMemoryPageProducts(GUITAR, STRAP, GONE_PRODUCT, HIDDEN_PRODUCT)
    market = Marketplace(
        handlers=[
            handlers(
                begin=store.begin(InMemoryPagesWork),
                sellers=sellers,
                videos=videos,
                products=products,
                clock=clock,
                ids=ids,
            )
        ],
        answers=[answers(reader=InMemoryLandingReader(store), sellers=sellers, videos=videos, products=products)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    return Shop(
        market=market,
        clock=clock,
        outbox=InMemoryOutbox(store),
        sellers=sellers,
        videos=videos,
        products=products,
    )
