"""The first page: what moves, what is new, whose shops these are, where to look."""

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.identity import SuspendSeller
from marketplace_core.kernel.access import SYSTEM
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import Street

HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


async def test_the_first_page_shows_films_products_shops_and_categories(street: Street) -> None:
    newest = street.shop.products[-1]

    page = await street.visitor().see("/")

    assert page.status == 200
    assert {f"/watch#{newest}", f"/products/{newest}", "/shops/adas", "/categories/music", "/search"} <= {*page.links}
    assert "France" in page.words


async def test_the_first_page_asks_the_same_few_questions_however_much_there_is(street: Street) -> None:
    somebody = street.visitor()
    await somebody.see("/")
    with counted() as few:
        await somebody.see("/")

    await on_sale(street, *(f"Triangle {number}" for number in range(6)))
    with counted() as many:
        await somebody.see("/")

    assert many.statements == few.statements <= 8


async def test_what_sellers_write_is_shown_and_does_nothing(street: Street) -> None:
    await on_sale(street, HOSTILE)

    page = await street.visitor().see("/")

    assert HOSTILE in page.words
    assert "<script>alert" not in page.html


async def test_a_marketplace_without_goods_asks_for_the_first_shop(street: Street) -> None:
    await street.opened.market.execute(SuspendSeller(seller_id=street.shop.seller_id, reason="risk"), by=SYSTEM)
    await street.opened.dispatcher.settle()

    page = await street.visitor().see("/")

    assert "The shelves are still empty" in page.words
    assert "/sell" in page.links
    assert "/shops/adas" not in page.links
