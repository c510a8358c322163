"""The catalogue of the demonstration is complete and agrees with itself."""

import re

import pytest

from marketplace_entrypoints.demo.catalogue import ADDRESSES, BUYERS, CATEGORIES, OPERATOR, PURCHASES, SHOPS, Shop
from marketplace_entrypoints.demo.pictures import SUBJECTS
from marketplace_entrypoints.demo.staging import STAGINGS
from marketplace_entrypoints.demo.subtitles import alt_text, subtitles

ITEMS = [item for shop in SHOPS for item in shop.items]
FILMED = [item for item in ITEMS if item.clip_seconds]
every_shop = pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.slug)


def test_five_shops_sell_sixty_things() -> None:
    assert len(SHOPS) == 5
    assert len(ITEMS) == 60


@every_shop
def test_a_shop_has_two_videos_or_more_and_a_way_of_filming(shop: Shop) -> None:
    lengths = [item.clip_seconds for item in shop.items if item.clip_seconds]

    assert len(lengths) >= 2
    assert all(6 <= seconds <= 14 for seconds in lengths)
    assert shop.slug in STAGINGS
    assert len({id(staging) for staging in STAGINGS.values()}) == len(SHOPS)


def test_some_clips_stand_upright_and_some_lie() -> None:
    assert {item.is_upright for item in FILMED} == {True, False}


def test_every_clip_has_captions_in_two_languages_of_two_to_four_short_lines() -> None:
    for item in FILMED:
        said = subtitles(item)

        assert [(one.language, one.label) for one in said] == [("en", "English"), ("ru", "Русский")], item.handle
        assert all(one.text.startswith("WEBVTT\n\n00:00:00.000 --> ") for one in said)
        for lines in item.captions.values():
            assert 2 <= len(lines) <= 4
            assert max(len(line) for line in lines) <= 60, item.handle
        assert len({len(lines) for lines in item.captions.values()}) == 1, "the languages go side by side"


def test_what_is_not_filmed_has_nothing_to_say_under_a_clip() -> None:
    (unfilmed, *_) = [item for item in ITEMS if item.clip_seconds is None]

    assert subtitles(unfilmed) == ()
    assert alt_text(unfilmed, "en") is None
    assert alt_text(FILMED[0], "ru") == FILMED[0].captions["ru"][0]


@pytest.mark.parametrize("shop", [shop for shop in SHOPS if shop.owner.locale == "ru"], ids=lambda shop: shop.slug)
def test_a_russian_shop_speaks_russian(shop: Shop) -> None:
    texts = [shop.headline, shop.story, shop.call_to_action]
    texts += [text for item in shop.items for text in (item.title, item.description, *item.option_names)]

    for text in texts:
        assert not re.search("[A-Za-z]", text), text
        assert re.search("[а-яё]", text), text


@every_shop
def test_a_story_has_two_paragraphs(shop: Shop) -> None:
    assert len(shop.story.split("\n\n")) == 2


def test_titles_are_short_and_long() -> None:
    lengths = sorted(len(item.title) for item in ITEMS)

    assert lengths[0] <= 10
    assert lengths[-1] >= 70


def test_nothing_is_there_twice() -> None:
    for what in (
        [item.handle for item in ITEMS],
        [item.title for item in ITEMS],
        [item.description for item in ITEMS],
        [form.sku for item in ITEMS for form in item.forms],
        [person.email for person in (OPERATOR, *BUYERS, *(shop.owner for shop in SHOPS))],
    ):
        assert len(set(what)) == len(what)


def test_things_of_one_kind_have_colours_that_can_be_told_apart() -> None:
    for subject in {item.subject for item in ITEMS}:
        hues = sorted(item.hue for item in ITEMS if item.subject == subject)

        gaps = [after - before for before, after in zip(hues, [*hues[1:], hues[0] + 360], strict=True)]

        assert min(gaps) >= 8, f"{subject}: {hues}"


def test_every_thing_can_be_drawn_and_is_in_a_category_that_exists() -> None:
    places = {place.slug for place in CATEGORIES}

    assert {item.subject for item in ITEMS} <= SUBJECTS.keys()
    assert {item.category for item in ITEMS} <= places
    assert {place.parent for place in CATEGORIES} - {None} <= places


def test_every_description_has_two_sentences_or_more() -> None:
    for item in ITEMS:
        assert len(re.findall(r"[.!?](?: |$)", item.description)) >= 2, item.handle


def test_the_forms_of_a_thing_have_a_value_for_every_option() -> None:
    for item in ITEMS:
        assert all(len(form.options) == len(item.option_names) for form in item.forms), item.handle
        assert all(form.price_minor > 0 for form in item.forms), item.handle


@every_shop
def test_a_shops_page_opens_with_a_video_and_shows_its_own_things(shop: Shop) -> None:
    assert shop.item(shop.hero).clip_seconds
    assert [shop.item(handle).handle for handle in shop.shown] == list(shop.shown)
    assert len(shop.call_to_action) <= 40


def test_everything_that_is_bought_is_on_sale_in_that_form() -> None:
    shops = {shop.slug: shop for shop in SHOPS}
    for want in (want for purchase in PURCHASES for want in purchase.wants):
        forms = shops[want.shop].item(want.handle).forms

        stock = {form.options: form.stock for form in forms}

        assert stock.get(want.options, 0) >= want.quantity, want


def test_deeds_are_told_in_order_and_every_buyer_has_an_address() -> None:
    for purchase in PURCHASES:
        times = [deed.after for deed in purchase.deeds]
        assert times == sorted(times)
        assert purchase.buyer in ADDRESSES
    assert [purchase.ago for purchase in PURCHASES] == sorted((one.ago for one in PURCHASES), reverse=True)
