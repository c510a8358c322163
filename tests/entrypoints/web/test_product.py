"""The page of a product."""

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.catalog import ChangeProduct, UnpublishProduct
from marketplace_core.kernel.access import SYSTEM
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import ADA, ANN, Street

HOSTILE = "</script><script>alert(1)</script>{{ 7 * 7 }}"
LONG = "Очень длинное название " * 8


async def test_a_product_is_sold_by_a_plain_form_and_leads_on(street: Street) -> None:
    other = (await on_sale(street, "Triangle"))[0]
    product, offer = street.shop.products[0], street.shop.offers[0]

    page = await street.visitor().see(f"/products/{product}")

    assert page.status == 200
    assert "/cart/lines" in page.forms
    assert (page.value("offer_id"), page.value("quantity")) == (offer, "1")
    assert {f"/products/{other}", "/shops/adas", "/categories/music", "/watch"} <= {*page.links}


async def test_what_a_seller_writes_is_shown_whole_and_does_nothing(street: Street) -> None:
    hostile = (await on_sale(street, HOSTILE, description=HOSTILE))[0]
    long = (await on_sale(street, LONG.strip()))[0]
    somebody = street.visitor()

    page, longer = await somebody.see(f"/products/{hostile}"), await somebody.see(f"/products/{long}")

    assert HOSTILE in page.words
    assert "<script>alert" not in page.html
    assert '<h1 class="long">' in longer.html
    assert LONG.strip() in longer.words


async def test_sold_out_says_so_and_offers_no_cart(street: Street) -> None:
    gone = (await on_sale(street, "Triangle", stock=0))[0]

    page = await street.visitor().see(f"/products/{gone}")

    assert "Sold out" in page.words
    assert "Put into the cart" not in page.words
    assert "See what else the shop has" in page.words


async def test_a_draft_is_seen_by_its_owner_alone(street: Street) -> None:
    product = street.shop.products[0]
    await street.opened.market.execute(UnpublishProduct(product_id=product), by=SYSTEM)
    ada, ann = await street.signed_in(ADA), await street.signed_in(ANN)

    own, foreign = await ada.see(f"/products/{product}"), await ann.see(f"/products/{product}")
    nobodys = await ann.see("/products/prd_%00'--")

    assert own.status == 200
    assert "Only you see this page" in own.words
    assert f"/studio/products/{product}" in own.links
    assert (foreign.status, nobodys.status) == (404, 404)


async def test_a_product_takes_the_same_few_statements_however_much_is_around_it(street: Street) -> None:
    path, somebody = f"/products/{street.shop.products[0]}", street.visitor()
    await street.opened.market.execute(
        ChangeProduct(product_id=street.shop.products[0], description="Loud. " * 200), by=SYSTEM
    )
    with counted() as few:
        alone = await somebody.see(path)

    await on_sale(street, *(f"Triangle {number}" for number in range(9)))
    with counted() as many:
        page = await somebody.see(path)

    assert "Also in Music" not in alone.words
    assert "Also in Music" in page.words
    assert many.statements == few.statements <= 12
