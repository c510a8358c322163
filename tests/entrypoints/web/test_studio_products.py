"""Products in the studio: making, changing, pricing, counting, publishing them."""

import re

from marketplace_core.catalog import ChangePrice, ChangeProduct, ViewProduct
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId, ProductId
from marketplace_core.kernel.money import Money
from tests.core.catalog.stand import PNG
from tests.entrypoints.web.street import ADA, ANN, Sheet, Street, Visitor
from tests.entrypoints.web.test_orders import ordered

ANNS = {"name": "Ann's pots", "slug": "anns", "country": "DE", "currency": "EUR"}
CUP = {
    "rows": "3",
    "title": "A <script>cup</script>",
    "description": "Thrown by hand.\n\nFired twice.",
    "category": "music",
    "tags": "clay, <i>blue</i>, clay",
    "option1": "Size",
    "r0_o1": "Small",
    "r0_sku": "CUP-S",
    "r0_price": "19,90",
    "r0_stock": "4",
    "r1_o1": "Large",
    "r1_price": "24.90",
    "r1_stock": "0",
}


async def made(visitor: Visitor, **changed: str) -> str:
    """Make a cup and return where it is worked on."""
    sent = await visitor.send("/studio/products/new", {**CUP, **changed})
    assert sent.status == 303, sent.words
    return sent.leads_to


def offers(page: Sheet) -> list[str]:
    return re.findall(r'name="price_(off_\w+)"', page.html)


def shown(page: Sheet) -> list[str]:
    return re.findall(r"/pictures/(img_\w+)/removal", page.html)


async def test_a_product_is_made_without_scripts_and_what_was_typed_is_only_text(street: Street) -> None:
    ada = await street.signed_in(ADA)

    path = await made(ada)
    page, listed = await ada.see(path), await ada.see("/studio/products?status=draft")

    assert "The draft is there" in page.words
    assert "A <script>cup</script>" in page.words
    assert "<script>cup" not in page.html
    assert page.value("tags") == "clay, &lt;i&gt;blue&lt;/i&gt;"
    assert [page.value(f"price_{offer}") for offer in offers(page)] == ["19.90", "24.90"]
    assert "€19.90 – €24.90" in listed.words
    assert "Guitar" not in listed.words


async def test_more_rows_keep_what_was_typed_and_faults_stand_at_their_rows(street: Street) -> None:
    ada = await street.signed_in(ADA)

    more = await ada.send("/studio/products/new", {**CUP, "more": "1"})
    wrong = await ada.send("/studio/products/new", {**CUP, "title": "", "r1_price": "a lot", "r0_stock": "-1"})
    untold = await ada.send("/studio/products/new", {**CUP, "option2": "Colour"})

    assert (more.value("rows"), more.value("r0_price")) == ("8", "19,90")
    assert 'name="r7_price"' in more.html
    assert wrong.status == 422
    assert {name for name in ("title", "r1_price", "r0_stock") if f'id="{name}-error"' in wrong.html} == {
        "title",
        "r1_price",
        "r0_stock",
    }
    assert untold.status == 422
    assert 'class="note bad"' in untold.html


async def test_what_is_missing_for_publishing_is_named_and_then_it_is_published(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada, category="", r0_price="", r1_price="")

    refused = await ada.send(f"{path}/publish")
    guitar = f"/studio/products/{street.shop.products[0]}"
    taken = await ada.send(f"{guitar}/unpublish")
    draft = await ada.see(guitar)
    shown = await ada.send(f"{guitar}/publish", follow=True)

    assert refused.status == 409
    for said in ("At least one variant needs a price", "It needs a category", "It needs a picture or a video"):
        assert said in refused.words
    assert taken.status == 303
    assert "Back to a draft" in draft.words
    assert "Published: buyers see it now" in shown.words


async def test_an_archived_product_is_only_shown(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)

    asked = await ada.see(path)
    archived = await ada.send(f"{path}/archive", follow=True)
    late = await ada.send(path, {"title": "New", "version": "9"})

    assert "Archive for good" in asked.words
    assert "kept for your records, sold no more" in archived.words
    assert path not in archived.forms
    assert late.status == 409


async def test_an_edit_in_two_windows_is_not_lost_and_not_silent(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)
    first, second = await ada.see(path), await ada.see(path)
    kept = {"title": "Mug", "description": "From the first", "category": "music", "tags": ""}

    saved = await ada.send(path, {**kept, "version": first.value("version"), "seen": first.value("seen")})
    late = {**kept, "title": "Beaker", "version": second.value("version"), "seen": second.value("seen")}
    stale = await ada.send(path, late)
    again = await ada.send(path, {**late, "version": stale.value("version"), "seen": stale.value("seen")}, follow=True)

    assert saved.status == 303
    assert stale.status == 409
    assert "This has changed in another window" in stale.words
    assert "How it is now Mug" in stale.words
    assert stale.value("title") == "Beaker"
    assert again.value("title") == "Beaker"


async def test_a_price_that_changed_meanwhile_does_not_make_texts_stale(street: Street) -> None:
    ada, market = await street.signed_in(ADA), street.opened.market
    path = f"/studio/products/{street.shop.products[0]}"
    page = await ada.see(path)
    await market.execute(ChangePrice(offer_id=OfferId(street.shop.offers[0]), price=Money(1_100, "EUR")), by=SYSTEM)

    sent = {"title": "Lute", "version": page.value("version"), "seen": page.value("seen")}
    saved = await ada.send(path, sent, follow=True)
    await market.execute(ChangeProduct(product_id=street.shop.products[0], title="Oud"), by=SYSTEM)
    stale = await ada.send(path, {**sent, "version": saved.value("version"), "seen": saved.value("seen")})

    assert "Saved." in saved.words
    assert stale.status == 409


async def test_prices_are_typed_with_comma_or_point_and_none_means_not_for_sale(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)
    small, large = offers(await ada.see(path))

    saved = await ada.send(f"{path}/prices", {f"price_{small}": "21,50", f"price_{large}": ""}, follow=True)
    wrong = await ada.send(f"{path}/prices", {f"price_{small}": "1.999"})
    foreign = await ada.send(f"{path}/prices", {f"price_{street.shop.offers[0]}": "0.01"})
    guitar = await street.opened.market.ask(ViewProduct(product_id=street.shop.products[0]), by=SYSTEM)

    assert [saved.value(f"price_{offer}") for offer in (small, large)] == ["21.50", ""]
    assert wrong.status == 422
    assert wrong.value(f"price_{small}") == "1.999"
    assert foreign.status == 303
    assert guitar.variants[0].price == Money(1_000, "EUR")


async def test_variants_are_added_and_a_second_of_the_same_kind_is_refused(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)

    added = await ada.send(f"{path}/variants", {"new_o1": "Huge", "new_price": "99", "new_stock": "1"}, follow=True)
    twice = await ada.send(f"{path}/variants", {"new_o1": "huge", "new_price": "98"})
    nothing = await ada.send(f"{path}/variants", {})
    taken = await ada.send(f"{path}/variants", {"new_o1": "Tiny", "new_sku": "CUP-S", "new_price": "1"})

    assert "Huge" in added.words
    assert (twice.status, nothing.status, taken.status) == (409, 422, 409)
    assert "has this variant already" in twice.words
    assert twice.value("new_price") == "98"
    assert "SKU" in taken.words


async def test_stock_is_counted_with_a_reason_and_its_movements_are_seen(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = f"/studio/products/{street.shop.products[0]}/stock/{street.shop.offers[0]}"

    await ada.send(path, {"way": "more", "units": "3", "reason": "new <b>delivery</b>"})
    await ada.send(path, {"way": "less", "units": "1", "reason": "broken"})
    page = await ada.send(path, {"way": "to", "units": "6", "reason": "counted"}, follow=True)
    too_many = await ada.send(path, {"way": "less", "units": "7", "reason": "gone"})
    unexplained = await ada.send(path, {"way": "more", "units": "x", "reason": ""})

    assert "Counted." in page.words
    assert "Can be bought now 6" in page.words
    assert "new <b>delivery</b>" in page.words
    assert "<b>delivery" not in page.html
    assert too_many.status == 409
    assert {'id="units-error"' in unexplained.html, 'id="reason-error"' in unexplained.html} == {True}


async def test_a_variant_is_renamed_and_removed_where_its_stock_is_counted(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)
    small, large = offers(await ada.see(path))

    stands = await ada.see(f"{path}/stock/{small}")
    renamed = await ada.send(f"{path}/variants/{small}", {"o1": "Tiny <i>", "sku": "T-1"}, follow=True)
    twice = await ada.send(f"{path}/variants/{small}", {"o1": "large"})
    empty = await ada.send(f"{path}/variants/{small}", {"o1": ""})
    removed = await ada.send(f"{path}/variants/{large}/removal", follow=True)
    gone = await ada.see(f"{path}/stock/{large}")

    assert f"{path}/variants/{small}/removal" in stands.forms
    assert "Tiny <i> T-1" in renamed.words
    assert "<i>" not in renamed.html.replace("Tiny &lt;i&gt;", "")
    assert (twice.status, empty.status, gone.status) == (409, 422, 404)
    assert twice.value("o1") == "large"
    assert "The variant is gone." in removed.words
    assert f"{path}/stock/{large}" not in " ".join(removed.links)


async def test_the_last_variant_of_a_product_that_buyers_see_and_one_that_orders_hold_stay(street: Street) -> None:
    ada, ann = await street.signed_in(ADA), await street.signed_in(ANN)
    product, offer = street.shop.products[0], street.shop.offers[0]
    removal = f"/studio/products/{product}/variants/{offer}/removal"

    last = await ada.send(removal)
    await ada.send(f"/studio/products/{product}/unpublish")
    await ada.send(f"/studio/products/{product}/publish")
    await ordered(street, ann)
    await ada.send(f"/studio/products/{product}/unpublish")
    held = await ada.send(removal)

    assert (last.status, held.status) == (409, 409)
    assert "one variant with a price has to stay" in last.words
    assert "Orders that wait for their payment hold units of it." in held.words


async def test_a_cart_says_of_a_removed_variant_that_it_is_gone(street: Street) -> None:
    ada, ann = await street.signed_in(ADA), await street.signed_in(ANN)
    product, offer = street.shop.products[0], street.shop.offers[0]
    await ann.send("/cart/lines", {"offer_id": offer, "quantity": "1"})
    await ada.send(f"/studio/products/{product}/unpublish")

    removed = await ada.send(f"/studio/products/{product}/variants/{offer}/removal")
    cart = await ann.see("/cart")

    assert (removed.status, cart.status) == (303, 200)
    assert "/checkout" not in cart.links
    assert "Guitar" in cart.words
    assert "any more" in cart.words


async def test_pictures_are_moved_without_scripts(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = await made(ada)
    for _ in range(3):
        await ada.send(f"{path}/pictures", files={"picture": ("a.png", PNG, "image/png")})
    before = shown(await ada.see(path))

    await ada.send(f"{path}/pictures/{before[2]}/place", {"way": "sooner"})
    after = shown(await ada.see(path))
    await ada.send(f"{path}/pictures/{after[0]}/place", {"way": "sooner"})
    await ada.send(f"{path}/pictures/{after[2]}/place", {"way": "later"})
    page = await ada.see(path)
    missing = await ada.send(f"{path}/pictures/img_none/place", {"way": "later"})

    assert after == [before[0], before[2], before[1]]
    assert shown(page) == after
    assert page.html.count(" disabled>") == 2
    assert missing.status == 404


async def test_another_shops_product_does_not_exist_here(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await ann.send("/studio/open", ANNS)
    theirs, offer = f"/studio/products/{street.shop.products[0]}", street.shop.offers[0]

    seen = [await ann.see(path) for path in (theirs, f"{theirs}/stock/{offer}", "/studio/products/prd_none")]
    sent = [
        await ann.send(f"{theirs}{rest}", {"title": "Mine", "version": "1", "units": "0", "way": "to", "reason": "x"})
        for rest in (
            "",
            "/publish",
            "/archive",
            "/prices",
            "/variants",
            f"/stock/{offer}",
            "/pictures/img_1/removal",
            "/pictures/img_1/place",
            f"/variants/{offer}",
            f"/variants/{offer}/removal",
        )
    ]
    product = await street.opened.market.ask(ViewProduct(product_id=ProductId(street.shop.products[0])), by=SYSTEM)

    assert {page.status for page in (*seen, *sent)} == {404}
    assert product.title.startswith("Guitar")
