"""A product's life, its variants, its pictures and its video."""

import pytest
from attrs import evolve

from marketplace_core.catalog import (
    TRANSITIONS,
    IllegalTransition,
    ImageNotFound,
    LimitReached,
    MalformedProduct,
    MediaNotReady,
    NotPublishable,
    OfferNotFound,
    OfferPriceChanged,
    Product,
    ProductChanged,
    ProductPublished,
    ProductStatus,
    ProductUnpublished,
    ProductVideo,
    ProductVideoChanged,
    Step,
    VariantExists,
    VideoState,
    WrongCurrency,
)
from marketplace_core.catalog.domain.media import IMAGES_MAX, announced
from marketplace_core.catalog.domain.publishing import why_not_purchasable
from marketplace_core.catalog.domain.variant import VARIANTS_MAX
from marketplace_core.kernel.ids import CategoryId, ImageId, OfferId, VariantId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.catalog import (
    NOW,
    a_category,
    a_product,
    a_ready_video,
    a_shop,
    offer_id,
    with_picture,
)


def complete() -> Product:
    """Make a draft that can be published."""
    return with_picture(a_product(category=a_category()))


def published() -> Product:
    """Make a published product whose events are handed over."""
    product = complete()
    product.publish(a_shop(), now=NOW)
    product.drain_events()
    return product


def add(product: Product, *options: str, sku: str | None = None) -> None:
    """Add a variant."""
    number = len(product.variants) + 1
    product.add_variant(
        variant_id=VariantId(f"var_{number}"),
        options=options,
        sku=sku,
        offer_id=OfferId(f"off_{number}"),
        price=Money(1, "EUR"),
        now=NOW,
    )


def test_a_draft_without_anything_says_everything_it_lacks() -> None:
    product = a_product(prices=(0,))

    with pytest.raises(NotPublishable) as refusal:
        product.publish(a_shop(active=False), now=NOW)

    assert refusal.value.facts["problems"] == ["no_priced_variant", "no_category", "no_media", "seller_not_active"]
    assert product.status is ProductStatus.DRAFT
    assert product.drain_events() == ()


@pytest.mark.parametrize("state", [VideoState.PROCESSING, VideoState.FAILED])
def test_a_product_whose_only_video_is_not_ready_is_not_published(state: VideoState) -> None:
    product = a_product(category=a_category())
    product.attach_video(ProductVideo(video_id=VideoId("vid_1"), state=state), now=NOW)

    with pytest.raises(MediaNotReady):
        product.publish(a_shop(), now=NOW)


def test_a_picture_that_was_only_announced_does_not_publish() -> None:
    product = a_product(category=a_category())
    image = announced(
        product_id=product.product_id, image_id=ImageId("img_1"), content_type="image/png", upload_bytes=9, now=NOW
    )
    product.announce_image(image, now=NOW)

    with pytest.raises(MediaNotReady):
        product.publish(a_shop(), now=NOW)


def test_a_ready_video_alone_is_enough_to_publish() -> None:
    product = a_product(category=a_category())
    product.attach_video(a_ready_video(), now=NOW)
    product.drain_events()

    product.publish(a_shop(), now=NOW)

    assert product.listed
    assert product.drain_events() == (
        ProductPublished(product_id=product.product_id, seller_id=product.seller_id, title="Thing 1"),
    )


def test_the_table_of_steps_is_kept_for_every_status_and_step() -> None:
    for status in ProductStatus:
        for step in (Step.UNPUBLISH, Step.ARCHIVE):
            product = complete()
            product.status = status
            already = (status, step) in {(ProductStatus.DRAFT, Step.UNPUBLISH), (ProductStatus.ARCHIVED, Step.ARCHIVE)}
            if (status, step) in TRANSITIONS:
                product.withdraw(step, now=NOW)
                assert product.status is TRANSITIONS[status, step]
            elif already:
                product.withdraw(step, now=NOW)
                assert product.status is status
            else:
                with pytest.raises(IllegalTransition):
                    product.withdraw(step, now=NOW)


def test_an_archived_product_is_neither_changed_nor_published() -> None:
    product = published()
    product.withdraw(Step.ARCHIVE, now=NOW)
    assert product.drain_events() == (ProductUnpublished(product_id=product.product_id),)

    with pytest.raises(IllegalTransition) as refusal:
        product.publish(a_shop(), now=NOW)
    with pytest.raises(IllegalTransition):
        product.describe(title="Another", now=NOW)
    with pytest.raises(IllegalTransition):
        product.price_offer(offer_id(1), Money(2, "EUR"), now=NOW)

    assert refusal.value.facts["possible"] == []
    assert product.attach_video(a_ready_video(), now=NOW) is False


def test_publishing_twice_says_so_once_and_keeps_the_first_moment() -> None:
    product = published()

    product.publish(a_shop(), now=NOW)
    product.withdraw(Step.UNPUBLISH, now=NOW)
    product.withdraw(Step.UNPUBLISH, now=NOW)

    assert product.drain_events() == (ProductUnpublished(product_id=product.product_id),)
    assert product.published_at == NOW


def test_only_changes_of_a_published_product_are_told() -> None:
    draft, shown = complete(), published()
    draft.drain_events()

    for product in (draft, shown):
        product.describe(title="Other", now=NOW)
        product.describe(description="Words", now=NOW)

    assert draft.drain_events() == ()
    assert shown.drain_events() == (ProductChanged(product_id=shown.product_id),)


def test_what_is_not_given_stays() -> None:
    product = complete()

    product.describe(now=NOW, tags=("Red", "red", " new "))

    assert (product.title, product.category_id) == ("Thing 1", CategoryId("cat_clothes"))
    assert product.tags == ("Red", "new")


def test_a_variant_has_a_value_for_every_option_in_a_combination_of_its_own() -> None:
    product = a_product(sku="A-1")

    for options, sku, refusal in (
        ((), None, MalformedProduct),
        (("S2", "blue"), None, MalformedProduct),
        (("",), None, MalformedProduct),
        (("s1",), None, VariantExists),
        (("S2",), "A-1", VariantExists),
        (("S2",), "a\nb", MalformedProduct),
    ):
        with pytest.raises(refusal):
            add(product, *options, sku=sku)

    add(product, "S2", sku="  A-2 ")
    assert [variant.sku for variant in product.variants] == ["A-1", "A-2"]


def test_a_product_without_options_comes_in_one_form() -> None:
    product = evolve(a_product(prices=()), option_names=())
    add(product)

    with pytest.raises(VariantExists, match="one form only"):
        add(product)


def test_a_product_has_a_hundred_variants_and_no_more() -> None:
    product = a_product(prices=(1,) * VARIANTS_MAX)

    with pytest.raises(LimitReached):
        add(product, "one more")


@pytest.mark.parametrize("names", [("a", "b", "c", "d"), ("Size", "size"), ("",)])
def test_option_names_are_three_different_ones_at_most(names: tuple[str, ...]) -> None:
    with pytest.raises(MalformedProduct):
        Product.draft(
            product_id=a_product().product_id,
            shop=a_shop(),
            handle="h",
            title="T",
            description="",
            category_id=None,
            option_names=names,
            tags=(),
            now=NOW,
        )


def test_a_price_is_in_the_shops_currency_and_within_reason() -> None:
    product = a_product()

    with pytest.raises(WrongCurrency):
        product.price_offer(offer_id(1), Money(5, "USD"), now=NOW)
    for amount in (-1, 100_000_001):
        with pytest.raises(MalformedProduct):
            product.price_offer(offer_id(1), Money(amount, "EUR"), now=NOW)
    with pytest.raises(OfferNotFound):
        product.price_offer(OfferId("off_other"), Money(5, "EUR"), now=NOW)

    assert product.variants[0].offer.price == Money(1_000, "EUR")


def test_a_price_change_is_told_with_old_and_new_and_no_change_is_not() -> None:
    product = a_product()

    product.price_offer(offer_id(1), Money(1_000, "EUR"), now=NOW)
    product.price_offer(offer_id(1), Money(900, "EUR"), now=NOW)

    assert product.drain_events() == (
        OfferPriceChanged(
            product_id=product.product_id, offer_id=offer_id(1), old=Money(1_000, "EUR"), new=Money(900, "EUR")
        ),
    )


def test_buyers_keep_something_to_look_at() -> None:
    product = published()
    (image,) = product.images

    with pytest.raises(NotPublishable):
        product.drop_image(image.image_id, now=NOW)
    with pytest.raises(ImageNotFound):
        product.drop_image(ImageId("img_other"), now=NOW)

    assert product.images == (image,)
    product.attach_video(a_ready_video(), now=NOW)
    product.drop_image(image.image_id, now=NOW)
    with pytest.raises(NotPublishable):
        product.detach_video(now=NOW)


def test_a_product_has_twenty_pictures_and_no_more() -> None:
    product = a_product()
    images = [
        announced(
            product_id=product.product_id,
            image_id=ImageId(f"img_{n}"),
            content_type="image/png",
            upload_bytes=9,
            now=NOW,
        )
        for n in range(IMAGES_MAX + 1)
    ]
    for image in images[:-1]:
        product.announce_image(image, now=NOW)

    with pytest.raises(LimitReached):
        product.announce_image(images[-1], now=NOW)


PROCESSING, READY, FAILED = VideoState.PROCESSING, VideoState.READY, VideoState.FAILED


@pytest.mark.parametrize(
    ("present", "news", "taken"),
    [
        (None, (1, PROCESSING), True),
        ((1, PROCESSING), (1, READY), True),
        ((1, PROCESSING), (1, FAILED), True),
        ((1, READY), (1, PROCESSING), False),
        ((1, READY), (1, READY), False),
        ((1, READY), (1, FAILED), True),
        ((1, READY), (2, PROCESSING), False),
        ((1, READY), (2, FAILED), False),
        ((1, READY), (2, READY), True),
        ((2, READY), (1, READY), False),
        ((2, PROCESSING), (1, READY), True),
        ((2, PROCESSING), (1, FAILED), False),
        ((1, FAILED), (2, PROCESSING), True),
    ],
)
def test_news_of_videos_arrive_in_any_order(
    present: tuple[int, VideoState] | None, news: tuple[int, VideoState], taken: bool
) -> None:
    def video(number: int, state: VideoState) -> ProductVideo:
        ready = a_ready_video(number)
        return ready if state is READY else ProductVideo(video_id=ready.video_id, state=state)

    product = a_product()
    if present:
        product.attach_video(video(*present), now=NOW)
        product.drain_events()

    changed = product.attach_video(video(*news), now=NOW)

    assert changed is taken
    told = (ProductVideoChanged(product_id=product.product_id, video_id=video(*news).video_id),)
    assert product.drain_events() == (told if taken else ())
    assert product.video == (video(*news) if taken else video(*present or news))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x", "ftp://x", "/a\nb", ""]
)
def test_a_video_address_is_a_web_address(address: str) -> None:
    with pytest.raises(MalformedProduct):
        evolve(a_ready_video(), hls_url=address)


def test_a_suspended_shop_hides_its_products_and_shows_them_again() -> None:
    product = published()

    product.follow(a_shop(active=False), now=NOW)
    hidden = (product.listed, product.status)
    product.follow(a_shop(), now=NOW)

    assert hidden == (False, ProductStatus.PUBLISHED)
    assert product.listed
    assert product.drain_events() == (ProductChanged(product_id=product.product_id),) * 2


def test_the_first_reason_not_to_buy_is_the_one_that_lasts_longest() -> None:
    facts = {"status": ProductStatus.DRAFT, "on_hold": True, "price_minor": 0, "available": 0}
    reasons = []

    for repaired in ({}, {"status": ProductStatus.PUBLISHED}, {"on_hold": False}, {"price_minor": 1}, {"available": 1}):
        facts |= repaired
        reasons.append(why_not_purchasable(**facts))  # type: ignore[arg-type]

    assert reasons == ["unpublished", "seller_suspended", "not_priced", "sold_out", None]
