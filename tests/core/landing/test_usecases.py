"""What sellers may do with their pages and what visitors see, through the one door, in memory."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotFound, NotSignedIn, StaleVersion
from marketplace_core.kernel.ids import ProductId, SellerId, UserId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import Page
from marketplace_core.landing import (
    CallToAction,
    DraftSaved,
    DraftView,
    ListVersions,
    PageDocument,
    PageLive,
    PageNotFound,
    PageNotReady,
    PagePublished,
    PageUnpublished,
    PageVersion,
    PageView,
    PublishPage,
    SaveDraft,
    SellerNotFound,
    UnpublishPage,
    ViewDraft,
    ViewPage,
    ViewVersion,
)
from tests.core.landing.shop import (
    GONE_PRODUCT,
    GUITAR,
    HERO,
    HIDDEN_PRODUCT,
    LEO,
    MIA,
    PAGE,
    STRAP,
    UNREADY,
    Shop,
    actor_of,
)

PUBLISH = PublishPage(seller_id=MIA.seller_id)
VIEW = ViewPage(slug=MIA.slug)


def save(document: PageDocument, expected_version: int | None = None) -> SaveDraft:
    return SaveDraft(seller_id=MIA.seller_id, document=document, expected_version=expected_version)


async def codes_refusing(shop: Shop, document: PageDocument) -> list[tuple[str, str]]:
    """Save the draft, fail to publish it, and return the field and code of each problem."""
    saved: DraftSaved = await shop.execute(save(document))
    with pytest.raises(PageNotReady) as refusal:
        await shop.execute(PUBLISH)
    named: Any = refusal.value.facts["problems"]
    assert [row["code"] for row in named] == [problem.code for problem in saved.problems]
    return [(row["field"], row["code"]) for row in named]


async def test_an_unknown_shop_has_no_page(shop: Shop) -> None:
    with pytest.raises(PageNotFound):
        await shop.ask(ViewPage(slug="no-such-shop"), by=ANONYMOUS)
    with pytest.raises(PageNotFound):
        await shop.ask(VIEW, by=ANONYMOUS)


async def test_a_draft_is_not_shown_to_visitors(shop: Shop) -> None:
    await shop.execute(save(PAGE))

    with pytest.raises(PageNotFound):
        await shop.ask(VIEW, by=ANONYMOUS)


async def test_another_shops_page_does_not_exist_for_a_seller(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    leo = actor_of(LEO)

    for command in (save(PageDocument()), PUBLISH, UnpublishPage(seller_id=MIA.seller_id)):
        with pytest.raises(NotFound):
            await shop.execute(command, by=leo)
    for query in (
        ViewDraft(seller_id=MIA.seller_id),
        ViewVersion(seller_id=MIA.seller_id, number=1),
        ListVersions(seller_id=MIA.seller_id),
    ):
        with pytest.raises(NotFound):
            await shop.ask(query, by=leo)

    draft: DraftView = await shop.ask(ViewDraft(seller_id=MIA.seller_id))
    assert (draft.version, draft.document) == (1, PAGE)


async def test_buyers_and_visitors_make_no_pages(shop: Shop) -> None:
    buyer = Actor(principal="usr_b", user_id=UserId("usr_b"), roles=frozenset({Role.BUYER}))

    with pytest.raises(NotAllowed):
        await shop.execute(save(PAGE), by=buyer)
    with pytest.raises(NotSignedIn):
        await shop.execute(save(PAGE), by=ANONYMOUS)


async def test_nothing_is_published_taken_down_or_shown_before_there_is_a_draft(shop: Shop) -> None:
    for command in (PUBLISH, UnpublishPage(seller_id=MIA.seller_id)):
        with pytest.raises(PageNotFound):
            await shop.execute(command)
    for query in (ViewDraft(seller_id=MIA.seller_id), ViewVersion(seller_id=MIA.seller_id, number=1)):
        with pytest.raises(PageNotFound):
            await shop.ask(query)


async def test_an_operator_cannot_make_a_page_for_a_shop_that_is_not_there(shop: Shop) -> None:
    operator = Actor(principal="usr_o", user_id=UserId("usr_o"), roles=frozenset({Role.OPERATOR}))

    with pytest.raises(SellerNotFound):
        await shop.execute(SaveDraft(seller_id=SellerId("sel_none"), document=PAGE), by=operator)
    with pytest.raises(SellerNotFound):
        await shop.execute(PublishPage(seller_id=SellerId("sel_none")), by=operator)


async def test_an_empty_draft_lacks_everything(shop: Shop) -> None:
    codes = await codes_refusing(shop, PageDocument())

    assert codes == [
        ("hero_video", "video_missing"),
        ("products", "products_missing"),
        ("call_to_action", "action_missing"),
    ]


async def test_every_problem_is_named_at_once(shop: Shop) -> None:
    document = PageDocument(
        hero_video=UNREADY.video_id,
        products=(GONE_PRODUCT.product_id, GUITAR.product_id, ProductId("prd_none"), HIDDEN_PRODUCT.product_id),
        call_to_action=CallToAction(label=" ", target="javascript:alert(1)"),
    )

    codes = await codes_refusing(shop, document)

    assert codes == [
        ("hero_video", "video_not_ready"),
        ("hero_video", "poster_missing"),
        ("products.0", "product_not_purchasable"),
        ("products.2", "product_not_found"),
        ("products.3", "product_not_purchasable"),
        ("call_to_action.label", "label_missing"),
        ("call_to_action.target", "link_invalid"),
    ]
    with pytest.raises(PageNotFound):
        await shop.ask(VIEW, by=ANONYMOUS)


async def test_a_dead_video_keeps_the_page_from_being_published(shop: Shop) -> None:
    codes = await codes_refusing(shop, evolve(PAGE, hero_video=VideoId("vid_dead")))

    assert codes == [("hero_video", "video_not_found")]


async def test_what_belongs_to_another_shop_looks_like_nothing(shop: Shop) -> None:
    shop.videos.known[HERO.video_id] = evolve(HERO, seller_id=LEO.seller_id)
    shop.products.known[STRAP.product_id] = evolve(STRAP, seller_id=LEO.seller_id)

    codes = await codes_refusing(shop, PAGE)

    assert codes == [("hero_video", "video_not_found"), ("products.1", "product_not_found")]
    draft: DraftView = await shop.ask(ViewDraft(seller_id=MIA.seller_id))
    assert [problem.reference for problem in draft.problems] == [HERO.video_id, STRAP.product_id]


async def test_a_shop_that_may_not_sell_publishes_nothing_and_its_page_is_gone(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    await shop.execute(PUBLISH)
    shop.sellers.known[MIA.seller_id] = evolve(MIA, active=False)

    assert await codes_refusing(shop, evolve(PAGE, headline="New")) == [("seller", "seller_not_active")]
    with pytest.raises(PageNotFound):
        await shop.ask(VIEW, by=ANONYMOUS)


async def test_of_two_tabs_with_the_same_version_the_second_is_stale(shop: Shop) -> None:
    seen: DraftSaved = await shop.execute(save(PAGE))
    await shop.execute(save(evolve(PAGE, headline="First tab"), seen.version))

    with pytest.raises(StaleVersion):
        await shop.execute(save(evolve(PAGE, headline="Second tab"), seen.version))
    with pytest.raises(StaleVersion):
        await shop.execute(PublishPage(seller_id=MIA.seller_id, expected_version=seen.version))

    draft: DraftView = await shop.ask(ViewDraft(seller_id=MIA.seller_id))
    assert draft.document.headline == "First tab"


async def test_a_published_page_shows_its_video_and_products_as_they_are_now(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    live: PageLive = await shop.execute(PUBLISH)
    dearer = evolve(GUITAR, price=Money(59_900, "EUR"))
    shop.products.known[GUITAR.product_id] = dearer
    shop.products.known[STRAP.product_id] = evolve(STRAP, listed=False, purchasable=False, reason="unpublished")

    page: PageView = await shop.ask(VIEW, by=ANONYMOUS)

    assert (live.slug, live.number) == (MIA.slug, 1)
    assert page == PageView(
        seller_id=MIA.seller_id,
        seller_name=MIA.name,
        slug=MIA.slug,
        version=1,
        headline=PAGE.headline,
        text=PAGE.text,
        hero_video=HERO,
        products=(dearer,),
        call_to_action=PAGE.call_to_action,
    )
    assert await shop.events() == [PagePublished(page_id=live.page_id, seller_id=MIA.seller_id, version=1)]


async def test_a_published_page_whose_video_fails_keeps_the_poster_and_one_whose_video_dies_does_not(
    shop: Shop,
) -> None:
    await shop.execute(save(PAGE))
    await shop.execute(PUBLISH)

    shop.videos.known[HERO.video_id] = evolve(HERO, ready=False)
    failed: PageView = await shop.ask(VIEW, by=ANONYMOUS)
    del shop.videos.known[HERO.video_id]
    dead: PageView = await shop.ask(VIEW, by=ANONYMOUS)

    assert failed.hero_video is not None
    assert (failed.hero_video.poster_url, failed.hero_video.hls_url) == (HERO.poster_url, None)
    assert dead.hero_video is None


async def test_visitors_keep_what_was_published_until_it_is_published_again(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    await shop.execute(PUBLISH)
    await shop.execute(save(evolve(PAGE, headline="Spring sale")))

    before: PageView = await shop.ask(VIEW, by=ANONYMOUS)
    draft: DraftView = await shop.ask(ViewDraft(seller_id=MIA.seller_id))
    await shop.execute(PUBLISH)
    after: PageView = await shop.ask(VIEW, by=ANONYMOUS)

    assert (before.headline, before.version) == (PAGE.headline, 1)
    assert (draft.preview.headline, draft.preview.version, draft.published_number) == ("Spring sale", None, 1)
    assert (after.headline, after.version) == ("Spring sale", 2)


async def test_publishing_what_is_public_already_makes_no_version(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    first: PageLive = await shop.execute(PUBLISH)
    shop.clock.advance(timedelta(hours=1))

    again = await shop.execute(PUBLISH)

    assert again == first
    assert len(await shop.events()) == 1


async def test_every_published_version_is_kept_and_can_be_gone_back_to(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    await shop.execute(PUBLISH)
    await shop.execute(save(evolve(PAGE, headline="Second")))
    await shop.execute(PUBLISH)

    first: PageVersion = await shop.ask(ViewVersion(seller_id=MIA.seller_id, number=1))
    await shop.execute(save(first.document))
    await shop.execute(PUBLISH)

    versions: Page[PageVersion] = await shop.ask(ListVersions(seller_id=MIA.seller_id))
    assert [(version.number, version.document.headline) for version in versions.items] == [
        (3, PAGE.headline),
        (2, "Second"),
        (1, PAGE.headline),
    ]


async def test_a_page_taken_down_is_gone_and_can_be_published_again(shop: Shop) -> None:
    await shop.execute(save(PAGE))
    live: PageLive = await shop.execute(PUBLISH)
    unpublish = UnpublishPage(seller_id=MIA.seller_id)

    await shop.execute(unpublish)
    await shop.execute(unpublish)
    with pytest.raises(PageNotFound):
        await shop.ask(VIEW, by=ANONYMOUS)
    await shop.execute(PUBLISH)

    page: PageView = await shop.ask(VIEW, by=ANONYMOUS)
    assert page.version == 2
    assert await shop.events() == [
        PagePublished(page_id=live.page_id, seller_id=MIA.seller_id, version=1),
        PageUnpublished(page_id=live.page_id, seller_id=MIA.seller_id),
        PagePublished(page_id=live.page_id, seller_id=MIA.seller_id, version=2),
    ]


async def test_a_draft_with_a_hostile_link_previews_without_it(shop: Shop) -> None:
    hostile = evolve(PAGE, call_to_action=CallToAction(label="Click", target="javascript:alert(document.cookie)"))
    saved: DraftSaved = await shop.execute(save(hostile))

    draft: DraftView = await shop.ask(ViewDraft(seller_id=MIA.seller_id))

    assert [problem.code for problem in saved.problems] == ["link_invalid"]
    assert draft.document == hostile
    assert draft.preview.call_to_action is None
