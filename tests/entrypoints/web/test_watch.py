"""The feed of product videos."""

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.catalog import DetachVideo, UnpublishProduct
from marketplace_core.kernel.access import SYSTEM
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import Street

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
