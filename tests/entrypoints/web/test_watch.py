"""The feed of product videos."""

import re

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.catalog import DetachVideo, UnpublishProduct, ViewProduct
from marketplace_core.kernel.access import SYSTEM
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import Sheet, Street

HOSTILE = '"><script>alert(1)</script>'


async def test_videos_come_one_after_another_and_go_on_with_and_without_a_script(street: Street) -> None:
    newest = (await on_sale(street, *(f"Triangle {number}" for number in range(9)), HOSTILE))[-1]
    somebody = street.visitor()
    with counted() as asked:
        page = await somebody.see("/watch")
    onward = next(link for link in page.links if "cursor=" in link)

    following, piece = await somebody.see(onward), await somebody.see(onward, headers={"hx-request": "true"})

    assert page.html.count("<article") == 10
    assert page.html.index(newest) < page.html.index("Triangle 8")
    assert {f"/products/{newest}", "/shops/adas"} <= {*page.links}
    assert 'hx-trigger="revealed"' in page.html
    assert (following.html.count("<article"), piece.html.count("<article")) == (3, 3)
    assert "<html" in following.html
    assert "<html" not in piece.html
    assert f"/products/{street.shop.products[0]}" in piece.links
    assert not any("cursor=" in link for link in piece.links)
    assert HOSTILE in page.words
    assert "<script>alert" not in page.html
    assert asked.statements <= 2


async def test_a_feed_without_videos_leads_to_the_pictures(street: Street) -> None:
    for product_id in street.shop.products:
        await street.opened.market.execute(UnpublishProduct(product_id=product_id), by=SYSTEM)
        await street.opened.market.execute(DetachVideo(product_id=product_id), by=SYSTEM)
    somebody = street.visitor()

    page, broken = await somebody.see("/watch"), await somebody.see("/watch?cursor=nonsense")

    assert page.status == 200
    assert "Nothing moves yet" in page.words
    assert "/search" in page.links
    assert broken.status == 400
    assert "text/html" in broken.answer.headers["content-type"]


async def test_what_comes_in_one_form_is_bought_straight_from_the_feed(street: Street) -> None:
    product_id = (await on_sale(street, HOSTILE))[-1]
    somebody, market = street.visitor(), street.opened.market
    view = await market.ask(ViewProduct(product_id=product_id), by=SYSTEM)
    offer_id = view.variants[0].offer_id

    page = await somebody.see("/watch")
    bought = await somebody.send("/cart/lines", _fields(page, offer_id), headers={"hx-request": "true"})
    cart = await somebody.see("/cart")

    assert bought.status == 200
    assert HOSTILE in bought.words
    assert "<script>alert" not in bought.html
    assert somebody.client.cookies["basket"] == "1"
    assert HOSTILE in cart.words


async def test_what_is_sold_out_or_comes_in_several_forms_is_looked_at_first(street: Street) -> None:
    sold_out, several = await on_sale(street, "Gone", stock=0), await on_sale(street, "Sized", sizes=("S", "L"))
    page = await street.visitor().see("/watch")

    gone, sized = (
        page.html[page.html.index(f'id="{product_id}"') :].partition("</article>")[0]
        for product_id in (*sold_out, *several)
    )
    assert "/cart/lines" not in gone + sized
    assert ["Look closer" in gone, "Choose and buy" in sized] == [True, True]


def _fields(page: Sheet, offer_id: str) -> dict[str, str]:
    form = next(part for part in page.html.split("<form")[1:] if offer_id in part).partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
