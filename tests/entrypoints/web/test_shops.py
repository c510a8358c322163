"""Shops: the page a seller made, everything they sell, and shops that buyers do not see."""

import json
import re
from html import unescape
from typing import Any

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.identity import SuspendSeller
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.landing import CallToAction, PageDocument, PublishPage, SaveDraft
from marketplace_core.video import DeleteVideo
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import ADA, ADDRESS, ANN, Sheet, Street

HOSTILE = "</script><script>alert(1)</script>{{ 7 * 7 }}"


async def test_a_shop_without_a_page_of_its_own_shows_its_goods(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.see("/shops/adas")
    by_id = await somebody.see(f"/shops/{street.shop.seller_id}")

    assert page.status == 200
    assert "Sends from France" in page.words
    assert f"/products/{street.shop.products[0]}" in page.links
    assert _structured(page)["name"] == "Ada's"
    assert by_id.leads_to == "/shops/adas"


async def test_a_published_page_is_shown_with_its_video_and_nothing_in_it_runs(street: Street) -> None:
    document = PageDocument(
        headline="Made to be heard",
        text=f"Two rooms in Lyon.\nOne bench.\n\n{HOSTILE}",
        hero_video=street.shop.video_id,
        products=street.shop.products[:2],
        call_to_action=CallToAction(label="See them", target="https://ada.example/workshop"),
    )
    await _publish(street, document)

    page = await street.visitor().see("/shops/adas")

    assert page.html.count("<h1") == 1
    assert "Made to be heard" in page.words
    assert HOSTILE in page.words
    assert "<script>alert" not in page.html
    assert "49" not in page.words
    assert 'rel="noopener nofollow ugc"' in page.html
    assert 'id="products"' in page.html
    assert f'<marketplace-player video="{street.shop.video_id}"' in page.html
    video = _structured(page)["subjectOf"]
    assert video["@type"] == "VideoObject"
    assert video["contentUrl"].startswith(ADDRESS)
    assert f'<meta property="og:image" content="{ADDRESS}' in page.html
    assert 'property="og:video"' in page.html
    assert "Preview" not in page.words


async def test_a_page_whose_video_is_gone_speaks_by_itself(street: Street) -> None:
    document = PageDocument(
        headline="Strings",
        hero_video=street.shop.video_id,
        products=street.shop.products[:1],
        call_to_action=CallToAction(label="See them", target="/shops/adas#products"),
    )
    await _publish(street, document)
    await street.opened.market.execute(DeleteVideo(video_id=street.shop.video_id), by=SYSTEM)
    await street.opened.dispatcher.settle()

    page = await street.visitor().see("/shops/adas")

    assert page.status == 200
    assert "hero speaking" in page.html
    assert "marketplace-player" not in page.html
    assert "/shops/adas#products" in page.links


async def test_a_shop_takes_the_same_few_statements_whatever_it_sells_and_is_paged(street: Street) -> None:
    somebody = street.visitor()
    await somebody.see("/shops/adas")
    with counted() as few:
        await somebody.see("/shops/adas")

    await on_sale(street, *(f"Triangle {number}" for number in range(24)))
    with counted() as many:
        page = await somebody.see("/shops/adas")
    rest = await somebody.see(next(link for link in page.links if "cursor=" in link))

    assert many.statements == few.statements <= 8
    assert f"/products/{street.shop.products[0]}" in rest.links


async def test_a_shop_that_is_not_there_says_so_and_a_closed_one_only_to_strangers(street: Street) -> None:
    await street.opened.market.execute(SuspendSeller(seller_id=street.shop.seller_id, reason="risk"), by=SYSTEM)
    await street.opened.dispatcher.settle()
    somebody, ann, ada = street.visitor(), await street.signed_in(ANN), await street.signed_in(ADA)

    strangers = [
        await somebody.see("/shops/nobodys"),
        await somebody.see("/shops/%00%ff"),
        await somebody.see("/shops/adas"),
        await ann.see("/shops/adas"),
    ]
    own = await ada.see("/shops/adas")

    assert [page.status for page in strangers] == [404, 404, 404, 404]
    assert all("There is no such shop" in page.words for page in strangers)
    assert own.status == 200
    assert "Only you see this page" in own.words


async def _publish(street: Street, document: PageDocument) -> None:
    market, seller_id = street.opened.market, street.shop.seller_id
    await market.execute(SaveDraft(seller_id=seller_id, document=document), by=SYSTEM)
    await market.execute(PublishPage(seller_id=seller_id), by=SYSTEM)
    await street.opened.dispatcher.settle()


def _structured(page: Sheet) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL)
    assert found is not None
    return json.loads(unescape(found.group(1)))
