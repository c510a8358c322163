"""What sellers do with their products, through the handlers, in memory."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.catalog import (
    AddVariant,
    AdjustStock,
    ArchiveProduct,
    AttachVideo,
    CategoryNotFound,
    CategorySlugTaken,
    CategoryTooDeep,
    ChangePrice,
    ChangeProduct,
    CreateCategory,
    CreateProduct,
    DetachVideo,
    FollowSeller,
    HandleTaken,
    ListOwnProducts,
    ListProducts,
    MalformedProduct,
    NewVariant,
    NotPublishable,
    OfferNotFound,
    OfferPriceChanged,
    ProductNotFound,
    ProductPublished,
    ProductStatus,
    ProductVideoChanged,
    PublishProduct,
    ShopNotFound,
    SkuTaken,
    StockChanged,
    StockTooLow,
    UnpublishProduct,
    VideoState,
    ViewProduct,
    ViewStock,
    WrongCurrency,
)
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn, StaleVersion
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.conformance.catalog import ADA, BOB, OPERATOR, a_shop
from tests.core.catalog.stand import BUYER, OFFER, PRODUCT, RIVAL, SELLER, Stand

EUR_19 = NewVariant(price_minor=1_900, currency="EUR", stock=5)


async def test_only_sellers_sell_and_only_in_their_own_shop(stand: Stand) -> None:
    command = CreateProduct(seller_id=ADA, title="Cup")

    for actor, refusal in ((ANONYMOUS, NotSignedIn), (BUYER, NotAllowed), (RIVAL, NotFound)):
        with pytest.raises(refusal):
            await stand.do(command, actor)

    assert (await stand.ask(ListOwnProducts(seller_id=ADA))).items == ()


async def test_a_shop_nobody_opened_sells_nothing(stand: Stand) -> None:
    with pytest.raises(ShopNotFound):
        await stand.do(CreateProduct(seller_id=SellerId("sel_nobody"), title="Cup"), OPERATOR)


async def test_a_product_begins_as_a_draft_that_only_its_seller_sees(stand: Stand) -> None:
    created = await stand.draft()

    view = await stand.ask(ViewProduct(product_id=created.product_id))

    assert (view.status, view.handle, view.seller_name, view.category_slug) == (
        ProductStatus.DRAFT,
        "blue-cup",
        "Ada",
        "cups",
    )
    assert [(variant.price, variant.available, variant.reason) for variant in view.variants] == [
        (Money(1_900, "EUR"), 5, "unpublished")
    ]
    assert (await stand.ask(ViewProduct(product_id=created.product_id), OPERATOR)).title == "Blue Cup"
    for actor in (ANONYMOUS, BUYER, RIVAL):
        with pytest.raises(ProductNotFound):
            await stand.ask(ViewProduct(product_id=created.product_id), actor)
    assert stand.events == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": ""}, MalformedProduct),
        ({"title": "x" * 201}, MalformedProduct),
        ({"description": "x" * 10_001}, MalformedProduct),
        ({"category": "nothing"}, CategoryNotFound),
        ({"handle": "Not A Handle"}, MalformedProduct),
        ({"variants": (evolve(EUR_19, stock=-1),)}, MalformedProduct),
        ({"variants": (evolve(EUR_19, stock=1_000_001),)}, MalformedProduct),
        ({"variants": (evolve(EUR_19, stock=True),)}, MalformedProduct),
        ({"variants": (evolve(EUR_19, price_minor=-1),)}, MalformedProduct),
        ({"variants": (evolve(EUR_19, currency="USD"),)}, WrongCurrency),
        ({"tags": tuple(f"t{n}" for n in range(31))}, MalformedProduct),
    ],
)
async def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    stand: Stand, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    command = evolve(CreateProduct(seller_id=ADA, title="Cup", variants=(EUR_19,)), **wrong)  # type: ignore[arg-type]

    with pytest.raises(refusal):
        await stand.do(command)

    assert (await stand.ask(ListOwnProducts(seller_id=ADA))).items == ()
    assert list(stand.store.table("catalog_stock")) == []


async def test_handles_come_from_the_title_in_any_script(stand: Stand) -> None:
    handles = [(await stand.draft(title)).handle for title in ("Blue Cup", "Blue cup!", "Чашка", "茶碗", "Blue Cup")]

    assert handles == ["blue-cup", "blue-cup-2", "chashka", "prd-0004", "blue-cup-3"]


async def test_a_chosen_handle_and_a_sku_are_free_or_refused(stand: Stand) -> None:
    taken = CreateProduct(seller_id=ADA, title="Cup", handle="cup", variants=(evolve(EUR_19, sku="C-1"),))
    await stand.do(taken)

    with pytest.raises(HandleTaken):
        await stand.do(evolve(taken, variants=()))
    with pytest.raises(SkuTaken):
        await stand.do(evolve(taken, handle="other"))

    assert (await stand.do(evolve(taken, seller_id=BOB), RIVAL)).handle == "cup"


FOREIGN: list[tuple[Command[object], type[Exception]]] = [
    (ChangeProduct(product_id=PRODUCT, title="Mine"), ProductNotFound),
    (AddVariant(product_id=PRODUCT, variant=EUR_19), ProductNotFound),
    (PublishProduct(product_id=PRODUCT), ProductNotFound),
    (UnpublishProduct(product_id=PRODUCT), ProductNotFound),
    (ArchiveProduct(product_id=PRODUCT), ProductNotFound),
    (DetachVideo(product_id=PRODUCT), ProductNotFound),
    (ChangePrice(offer_id=OFFER, price=Money(1, "EUR")), OfferNotFound),
    (AdjustStock(offer_id=OFFER, to=0, reason="mine"), OfferNotFound),
]


@pytest.mark.parametrize(("command", "refusal"), FOREIGN, ids=lambda value: type(value).__name__)
async def test_a_foreign_product_looks_like_a_missing_one(
    stand: Stand, command: Command[object], refusal: type[NotFound]
) -> None:
    with pytest.raises(refusal) as missing:
        await stand.do(command, RIVAL)
    await stand.draft()

    with pytest.raises(refusal) as foreign:
        await stand.do(command, RIVAL)

    assert (foreign.value.message, foreign.value.facts) == (missing.value.message, missing.value.facts)


async def test_of_two_tabs_the_second_is_told(stand: Stand) -> None:
    created = await stand.draft()
    change = ChangeProduct(product_id=created.product_id, expected_version=created.version, title="Red Cup")

    saved = await stand.do(change)
    with pytest.raises(StaleVersion):
        await stand.do(evolve(change, title="Green Cup"))

    view = await stand.ask(ViewProduct(product_id=created.product_id))
    assert (view.title, view.version, view.handle) == ("Red Cup", saved.version, "blue-cup")


async def test_a_published_product_is_listed_until_it_is_withdrawn(stand: Stand) -> None:
    created = await stand.published()
    listed = await stand.ask(ListProducts(category="cups"), ANONYMOUS)

    await stand.do(UnpublishProduct(product_id=created.product_id))

    assert [(card.title, card.price_from, card.image_url) for card in listed.items] == [
        ("Blue Cup", Money(1_900, "EUR"), "memory:images/prd-0001/img-0001")
    ]
    assert (await stand.ask(ListProducts(), ANONYMOUS)).items == ()
    with pytest.raises(ProductNotFound):
        await stand.ask(ViewProduct(product_id=created.product_id), ANONYMOUS)
    assert stand.events[0] == ProductPublished(product_id=created.product_id, seller_id=ADA, title="Blue Cup")


async def test_a_shop_that_may_not_sell_publishes_nothing(stand: Stand) -> None:
    created = await stand.draft()
    await stand.picture(created.product_id)
    stand.shops.put(a_shop(active=False))

    with pytest.raises(NotPublishable) as refusal:
        await stand.do(PublishProduct(product_id=created.product_id))

    assert refusal.value.facts["problems"] == ["seller_not_active"]


async def test_suspension_hides_everything_and_reinstatement_shows_it_again(stand: Stand) -> None:
    shown = await stand.published("Cup")
    await stand.draft("Plate")
    await stand.published("Spoon", by=RIVAL)
    stand.shops.put(a_shop(active=False))

    await stand.do(FollowSeller(seller_id=ADA), SYSTEM)
    await stand.do(FollowSeller(seller_id=ADA), SYSTEM)
    during = await stand.ask(ListProducts(), ANONYMOUS)
    card = (await stand.ground.reader.offer_cards((OFFER,)))[OFFER]
    stand.shops.put(a_shop())
    await stand.do(FollowSeller(seller_id=ADA), SYSTEM)

    assert [card.title for card in during.items] == ["Spoon"]
    assert (card.purchasable, card.reason) == (False, "seller_suspended")
    assert (await stand.ask(ViewProduct(product_id=shown.product_id), ANONYMOUS)).title == "Cup"
    told = [type(event).__name__ for event in stand.events]
    assert told.count("ProductChanged") == 2


async def test_a_large_shop_is_followed_in_portions(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace_core.catalog.usecases.follow_seller.BATCH", 2)
    for _ in range(5):
        await stand.draft("Cup")
    stand.shops.put(a_shop(active=False))

    await stand.do(FollowSeller(seller_id=ADA), SYSTEM)
    portions = [("catalog.follow_seller", ADA) in stand.timers]
    for _ in range(2):
        stand.clock.advance(timedelta(seconds=1))
        await stand.fire_timers()

    assert portions == [True]
    assert all(row.on_hold for row in stand.store.table("catalog_products"))


async def test_a_price_change_reaches_the_offer_and_is_told(stand: Stand) -> None:
    await stand.published()

    await stand.do(ChangePrice(offer_id=OFFER, price=Money(1_500, "EUR")))

    card = (await stand.ground.reader.offer_cards((OFFER,)))[OFFER]
    assert card.price == Money(1_500, "EUR")
    told = OfferPriceChanged(product_id=PRODUCT, offer_id=OFFER, old=Money(1_900, "EUR"), new=Money(1_500, "EUR"))
    assert told in stand.events


async def test_a_variant_is_added_with_its_stock(stand: Stand) -> None:
    sized = CreateProduct(
        seller_id=ADA, title="Cup", option_names=("Size",), variants=(evolve(EUR_19, options=("S",)),)
    )
    created = await stand.do(sized)

    added = await stand.do(AddVariant(product_id=created.product_id, variant=evolve(EUR_19, options=("L",), stock=2)))

    stock = await stand.ask(ViewStock(offer_id=added.offer_id))
    assert (stock.level.available, stock.seller_id) == (2, ADA)
    with pytest.raises(OfferNotFound):
        await stand.ask(ViewStock(offer_id=added.offer_id), RIVAL)


async def test_stock_is_counted_by_difference_or_anew(stand: Stand) -> None:
    await stand.draft()

    more = await stand.do(AdjustStock(offer_id=OFFER, delta=3, reason="  delivery  "))
    anew = await stand.do(AdjustStock(offer_id=OFFER, to=2, reason="stocktaking"))
    same = await stand.do(AdjustStock(offer_id=OFFER, to=2, reason="stocktaking"))

    assert [level.available for level in (more, anew, same)] == [8, 2, 2]
    assert stand.events == [
        StockChanged(product_id=PRODUCT, offer_id=OFFER, available=8),
        StockChanged(product_id=PRODUCT, offer_id=OFFER, available=2),
    ]
    movements = (await stand.ask(ViewStock(offer_id=OFFER))).movements
    assert [(movement.quantity, movement.reason) for movement in movements] == [
        (-6, "stocktaking"),
        (3, "delivery"),
        (5, ""),
    ]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({}, MalformedProduct),
        ({"delta": 1, "to": 1}, MalformedProduct),
        ({"to": -1}, StockTooLow),
        ({"delta": -6}, StockTooLow),
        ({"to": 1_000_001}, MalformedProduct),
        ({"delta": 2**40}, MalformedProduct),
    ],
)
async def test_a_count_that_cannot_be_is_refused(
    stand: Stand, change: dict[str, int], refusal: type[Exception]
) -> None:
    await stand.draft()

    with pytest.raises(refusal):
        await stand.do(AdjustStock(offer_id=OFFER, reason="odd", **change))
    with pytest.raises(MalformedProduct):
        await stand.do(AdjustStock(offer_id=OFFER, delta=1, reason=" "))

    assert (await stand.ask(ViewStock(offer_id=OFFER))).level.available == 5


async def test_a_ready_video_is_attached_once_and_only_its_sellers(stand: Stand) -> None:
    await stand.draft()
    ready = AttachVideo(
        product_id=PRODUCT,
        seller_id=ADA,
        video_id=VideoId("vid_1"),
        poster_url="/videos/1/poster.jpg",
        hls_url="/videos/1/master.m3u8",
        duration_ms=6_000,
        width=1280,
        height=720,
    )

    await stand.do(evolve(ready, seller_id=BOB), SYSTEM)
    assert stand.events == []
    for _ in range(2):
        await stand.do(ready, SYSTEM)
    await stand.do(PublishProduct(product_id=PRODUCT))
    await stand.do(
        evolve(ready, state=VideoState.PROCESSING, video_id=VideoId("vid_2"), poster_url=None, hls_url=None), SYSTEM
    )

    view = await stand.ask(ViewProduct(product_id=PRODUCT), ANONYMOUS)
    assert view.video is not None
    assert (view.video.video_id, view.video.width) == ("vid_1", 1280)
    assert stand.events.count(ProductVideoChanged(product_id=PRODUCT, video_id=VideoId("vid_1"))) == 1
    with pytest.raises(NotAllowed):
        await stand.do(ready, SELLER)


async def test_buyers_do_not_see_what_is_not_ready(stand: Stand) -> None:
    created = await stand.published()
    command = AttachVideo(
        product_id=created.product_id, seller_id=ADA, video_id=VideoId("vid_1"), state=VideoState.FAILED
    )
    await stand.do(command, SYSTEM)

    public = await stand.ask(ViewProduct(product_id=created.product_id), ANONYMOUS)
    own = await stand.ask(ViewProduct(product_id=created.product_id))

    assert public.video is None
    assert own.video is not None
    assert own.video.state is VideoState.FAILED


async def test_operators_order_the_catalogue(stand: Stand) -> None:
    with pytest.raises(NotAllowed):
        await stand.do(CreateCategory(slug="cups", name="Cups"))
    root = await stand.do(CreateCategory(slug="kitchen", name="Kitchen"), OPERATOR)
    child = await stand.do(CreateCategory(slug="cups", name="Cups", parent="kitchen"), OPERATOR)

    with pytest.raises(CategorySlugTaken):
        await stand.do(CreateCategory(slug="cups", name="More cups"), OPERATOR)
    with pytest.raises(CategoryNotFound):
        await stand.do(CreateCategory(slug="pots", name="Pots", parent="nothing"), OPERATOR)

    assert child.path == f"{root.category_id}/{child.category_id}/"


async def test_the_tree_has_six_floors(stand: Stand) -> None:
    above = None
    for floor in range(6):
        above = (
            await stand.do(CreateCategory(slug=f"floor-{floor}", name="Floor", parent=above), OPERATOR)
        ).category_id

    with pytest.raises(CategoryTooDeep):
        await stand.do(CreateCategory(slug="attic", name="Attic", parent=above), OPERATOR)


async def test_an_unknown_product_is_not_found_by_anybody(stand: Stand) -> None:
    for actor in (ANONYMOUS, SELLER, OPERATOR):
        with pytest.raises(ProductNotFound):
            await stand.ask(ViewProduct(product_id=ProductId("prd_9")), actor)
    with pytest.raises(OfferNotFound):
        await stand.ask(ViewStock(offer_id=OfferId("off_9")))
    with pytest.raises(NotFound):
        await stand.ask(ListOwnProducts(seller_id=BOB, page=PageRequest()))
