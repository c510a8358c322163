"""The page of a shop: drafted, looked at, published, brought back, taken down."""

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.landing import CallToAction, PageDocument, SaveDraft
from marketplace_core.video import DeleteVideo
from tests.entrypoints.web.street import ADA, ANN, Street

ANNS = {"name": "Ann's pots", "slug": "anns", "country": "DE", "currency": "EUR"}


def filled(street: Street, **changed: str) -> dict[str, str]:
    """Return a page that can be published: the drum first, then the guitar."""
    guitar, drum = street.shop.products[:2]
    return {
        "version": "",
        "headline": "Made <b>by hand</b>",
        "text": "In Paris.",
        "hero_video": street.shop.video_id,
        f"place_{guitar}": "2",
        f"place_{drum}": "1",
        "label": "Look around",
        "target": "/shops/adas",
        **changed,
    }


async def test_a_page_is_drafted_looked_at_and_published_without_scripts(street: Street) -> None:
    ada = await street.signed_in(ADA)

    empty = await ada.see("/studio/page")
    saved = await ada.send("/studio/page", filled(street, then="preview"))
    preview = await ada.see(saved.leads_to)
    editor = await ada.see("/studio/page")
    published = await ada.send(
        "/studio/page", filled(street, version=editor.value("version"), then="publish"), follow=True
    )
    public = await street.visitor().see("/shops/adas")

    assert "Not public" in empty.words
    assert saved.leads_to == "/studio/page/preview"
    assert "Made <b>by hand</b>" in preview.words
    assert "<b>by hand" not in preview.html
    assert preview.words.index("Snare drum") < preview.words.index("Guitar")
    assert "Before it can be public" not in editor.words
    assert editor.value(f"place_{street.shop.products[1]}") == "1"
    assert "Public, version 1" in published.words
    assert "In Paris." in public.words


async def test_everything_that_keeps_it_from_being_public_is_named_and_the_draft_is_kept(street: Street) -> None:
    ada, market = await street.signed_in(ADA), street.opened.market
    broken = PageDocument(hero_video=None, call_to_action=CallToAction(label="", target="javascript:alert(1)"))
    await market.execute(SaveDraft(seller_id=street.shop.seller_id, document=broken), by=SYSTEM)

    editor = await ada.see("/studio/page")
    refused = await ada.send(
        "/studio/page",
        {"version": editor.value("version"), "headline": "Kept", "target": "javascript:alert(1)", "then": "publish"},
    )

    for page in (editor, refused):
        assert "The page needs a hero video" in page.words
        assert "The page needs at least one product" in page.words
        assert "The button needs a label" in page.words
        assert "A link begins with https://" in page.words
        assert 'href="javascript' not in page.html
    assert refused.status == 409
    assert (await ada.see("/studio/page")).value("headline") == "Kept"


async def test_a_dead_video_and_a_product_out_of_sale_are_named_where_they_are_mended(street: Street) -> None:
    ada, market = await street.signed_in(ADA), street.opened.market
    await ada.send("/studio/page", filled(street))
    await ada.send(f"/studio/products/{street.shop.products[0]}/unpublish")
    await market.execute(DeleteVideo(video_id=street.shop.video_id), by=SYSTEM)

    page = await ada.see("/studio/page")

    assert "The hero video does not exist" in page.words
    assert "Guitar [/b] with brackets cannot be bought" in page.words
    assert page.html.count('class="faulty"') == 1
    assert "The chosen video is not ready or gone" in page.words


async def test_what_no_page_may_hold_stands_at_its_field_and_nothing_is_lost(street: Street) -> None:
    ada = await street.signed_in(ADA)

    page = await ada.send("/studio/page", filled(street, headline="x" * 121, label="y" * 41, place_prd_1="first"))
    long = await ada.send("/studio/page", filled(street, headline="x" * 121, label="y" * 41))

    assert (page.status, long.status) == (422, 422)
    assert {'id="headline-error"' in long.html, 'id="label-error"' in long.html} == {True}
    assert long.value("headline") == "x" * 121


async def test_a_page_that_was_saved_in_another_window_is_not_overwritten_unnoticed(street: Street) -> None:
    ada = await street.signed_in(ADA)
    await ada.send("/studio/page", filled(street))
    window = await ada.see("/studio/page")
    await ada.send("/studio/page", filled(street, version=window.value("version"), headline="First"))

    stale = await ada.send("/studio/page", filled(street, version=window.value("version"), headline="Second"))
    again = await ada.send("/studio/page", filled(street, version=stale.value("version"), headline="Second"))

    assert stale.status == 409
    assert stale.value("headline") == "Second"
    assert again.status == 303


async def test_an_old_version_is_looked_at_brought_back_and_taken_down(street: Street) -> None:
    ada = await street.signed_in(ADA)
    await ada.send("/studio/page", filled(street, headline="Spring", then="publish"))
    window = await ada.see("/studio/page")
    await ada.send("/studio/page", filled(street, version=window.value("version"), headline="Autumn", then="publish"))

    old = await ada.see("/studio/page/versions/1")
    back = await ada.send("/studio/page/versions/1/return", follow=True)
    public = await street.visitor().see("/shops/adas")
    down = await ada.send("/studio/page/unpublication", follow=True)
    gone = await street.visitor().see("/shops/adas")

    assert "Spring" in old.words
    assert "Public, version 3" in back.words
    assert "Spring" in public.words
    assert "Not public" in down.words
    assert "Spring" not in gone.words


async def test_there_is_no_page_of_another_shop_here(street: Street) -> None:
    ada, ann = await street.signed_in(ADA), await street.signed_in(ANN)
    await ada.send("/studio/page", filled(street, then="publish"))
    await ann.send("/studio/open", ANNS)

    version, odd = await ann.see("/studio/page/versions/1"), await ann.see("/studio/page/versions/one")
    foreign = await ann.send("/studio/page", filled(street, target="/shops/anns"), follow=True)
    preview = await ann.see("/studio/page/preview")

    assert (version.status, odd.status) == (404, 404)
    assert "The hero video does not exist" in foreign.words
    assert "Guitar" not in preview.words
