"""A catalogue in memory with two shops, its handlers, and what they put into the outbox."""

import zlib
from typing import TypeVar

from attrs import field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.catalog import (
    TIMERS,
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    NewVariant,
    ProductCreated,
    PublishProduct,
    RequestImageUpload,
    answers,
    handlers,
)
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork, InMemoryShops
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import ImageId, OfferId, ProductId, UserId
from marketplace_core.kernel.messages import Answers, Command, Event, Handlers, Query
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.catalog import ADA, BOB, OPERATOR, CatalogGround, a_shop, acting_for

ResultT = TypeVar("ResultT")
SELLER = acting_for(ADA)
RIVAL = acting_for(BOB)
BUYER = Actor(principal="usr_buyer", user_id=UserId("usr_buyer"), roles=frozenset({Role.BUYER}))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", (40).to_bytes(4) + (30).to_bytes(4) + bytes((8, 2, 0, 0, 0)))
    + _chunk(b"IDAT", zlib.compress(bytes(30 * (1 + 40 * 3))))
    + _chunk(b"IEND", b"")
)
OFFER = OfferId("off_0001")
PRODUCT = ProductId("prd_0001")


@frozen(kw_only=True)
class Stand:
    """Everything a test of the catalogue needs."""

    clock: FrozenClock = field(factory=FrozenClock)
    shops: InMemoryShops = field(factory=lambda: InMemoryShops(a_shop(), a_shop(BOB)))
    store: Store = field(init=False)
    files: InMemoryFileStore = field(init=False)
    handlers: Handlers = field(init=False)
    answers: Answers = field(init=False)

    @store.default
    def _store(self) -> Store:
        return Store(self.clock, CountingIds())

    @files.default
    def _files(self) -> InMemoryFileStore:
        return InMemoryFileStore(self.clock)

    @handlers.default
    def _handlers(self) -> Handlers:
        return handlers(
            begin=self.store.begin(InMemoryCatalogWork),
            sellers=self.shops,
            files=self.files,
            clock=self.clock,
            ids=self.store.ids,
        )

    @answers.default
    def _answers(self) -> Answers:
        return answers(reader=InMemoryCatalogReader(self.store))

    @property
    def ground(self) -> CatalogGround:
        """The store as the conformance classes see it."""
        return CatalogGround(begin=self.store.begin(InMemoryCatalogWork), reader=InMemoryCatalogReader(self.store))

    @property
    def events(self) -> list[Event]:
        """Everything that was put into the outbox, in order."""
        return [row.envelope.event for row in self.store.table("outbox")]

    @property
    def timers(self) -> list[tuple[str, str]]:
        """Kind and subject of every deadline."""
        return [(row.kind, row.subject) for row in self.store.table("deadlines")]

    @property
    def market(self) -> Marketplace:
        """The one door, to this context only."""
        return Marketplace(
            handlers=(self.handlers,),
            answers=(self.answers,),
            reactions=(),
            timers=(TIMERS,),
            reconciliations=(),
            pipeline=Pipeline(
                clock=self.clock,
                keys=InMemoryIdempotencyKeys(self.store),
                consumed=InMemoryConsumedMessages(self.store),
            ),
        )

    async def do(self, command: Command[ResultT], by: Actor = SELLER) -> ResultT:
        """Carry a command out, its permission checked."""
        by.require(command.permission)
        result: ResultT = await self.handlers[type(command)](command, by)
        return result

    async def ask(self, query: Query[ResultT], by: Actor = SELLER) -> ResultT:
        """Get an answer, its permission checked."""
        by.require(query.permission)
        result: ResultT = await self.answers[type(query)](query, by)
        return result

    async def fire_timers(self) -> None:
        """Execute the command of every deadline that is due, once."""
        due = [row for row in self.store.table("deadlines").find() if row.due_at <= self.clock.now()]
        for row in due:
            await self.do(TIMERS[row.kind](row.subject), SYSTEM)

    async def draft(self, title: str = "Blue Cup", *variants: NewVariant, by: Actor = SELLER) -> ProductCreated:
        """Create a product in the category ``cups``, with one variant if none is given."""
        if not await self.ground.reader.categories():
            await self.do(CreateCategory(slug="cups", name="Cups"), OPERATOR)
        command = CreateProduct(
            seller_id=by.own_seller,
            title=title,
            category="cups",
            variants=variants or (NewVariant(price_minor=1_900, currency="EUR", stock=5),),
        )
        return await self.do(command, by)

    async def draft_with_options(self, option_names: tuple[str, ...], *variants: NewVariant) -> ProductCreated:
        """Create a product of Ada's in the category ``cups`` that comes in these forms."""
        await self.do(CreateCategory(slug="cups", name="Cups"), OPERATOR)
        command = CreateProduct(
            seller_id=ADA, title="Blue Cup", category="cups", option_names=option_names, variants=variants
        )
        return await self.do(command)

    async def picture(self, product_id: ProductId, content: bytes = PNG, *, by: Actor = SELLER) -> ImageId:
        """Upload and confirm a picture."""
        command = RequestImageUpload(product_id=product_id, content_type="image/png", upload_bytes=len(content))
        upload = await self.do(command, by)
        await self.files.upload(upload.slot.url, content, content_type="image/png")
        await self.do(ConfirmImage(product_id=product_id, image_id=upload.image_id), by)
        return upload.image_id

    async def published(self, title: str = "Blue Cup", *variants: NewVariant, by: Actor = SELLER) -> ProductCreated:
        """Create a product with a picture and publish it."""
        created = await self.draft(title, *variants, by=by)
        await self.picture(created.product_id, by=by)
        await self.do(PublishProduct(product_id=created.product_id), by)
        return created
