"""Finding things: results, filters, suggestions, and what happens to questions nobody can answer."""

import html
import re

from marketplace_adapters.sqlalchemy.engine import counted
from tests.entrypoints.web.goods import on_sale
from tests.entrypoints.web.street import Sheet, Street

PIECE = {"hx-request": "true"}
HOSTILE = '"><img src=x onerror=alert(1)>{{ 7 * 7 }}'


async def test_a_slip_of_the_keyboard_still_finds_it(street: Street) -> None:
    page = await street.visitor().see("/search?q=gutiar")

    assert "Guitar [/b] with brackets" in page.words
    assert "Snare drum" not in page.words
    assert "1 product" in page.words


async def test_results_are_narrowed_by_a_plain_form_and_every_filter_can_be_taken_away(street: Street) -> None:
    somebody = street.visitor()

    page = await somebody.see(
        "/search?q=&category=music&seller=adas&min=15&max=25,50&in_stock=1&has_video=1&sort=price_up"
    )

    assert _titles(page) == ["Snare drum"]
    assert {"from €15.00", "up to €25.50", "In stock", "With video"} <= {*_chips(page)}
    without_price = await somebody.see(_chips(page)["from €15.00"])
    assert _titles(without_price) == ["Guitar [/b] with brackets", "Snare drum"]
    without_any = await somebody.see("/search?sort=price_up")
    assert _titles(without_any) == ["Guitar [/b] with brackets", "Snare drum", "Гитара"]


NONSENSE = [
    ("min=cheap", "This is not a price in EUR."),
    ("min=-3", "This is not a price in EUR."),
    ("max=9999999999999999", "This is not a price in EUR."),
    ("min=1.234", "This is not a price in EUR."),
    ("min=30&max=10", "The highest price is below the lowest."),
    ("cursor=nonsense", "The list has changed; here it is from its beginning."),
    ("min=5&currency=XX", ""),
    ("min=5&currency=€€€", ""),
    ("sort=random&in_stock=maybe", ""),
    ("category=" + "x" * 500, "Nothing found"),
    ("q=%00%ff%ed%a0%80", "Nothing found"),
]


async def test_a_filter_that_makes_no_sense_is_named_and_nothing_breaks(street: Street) -> None:
    somebody = street.visitor()

    for question, said in NONSENSE:
        page = await somebody.see(f"/search?{question}")
        assert page.status == 200, question
        assert said in page.words, question


async def test_a_query_that_nobody_types_is_refused_in_a_sentence(street: Street) -> None:
    page = await street.visitor().see("/search?q=" + "long " * 80)

    assert page.status == 422
    assert "at most 200 characters" in page.words


async def test_nothing_found_says_what_to_try_and_shows_what_is_new(street: Street) -> None:
    page = await street.visitor().see("/search?q=zeppelin&category=music")

    assert page.status == 200
    assert "Nothing found" in page.words
    assert "Take a filter away" in page.words
    assert [*_chips(page)] == ["Music"]
    assert f"/products/{street.shop.products[0]}" in page.links


async def test_what_was_typed_and_what_sellers_write_does_nothing(street: Street) -> None:
    await on_sale(street, HOSTILE)
    somebody = street.visitor()

    for path in ("/search", "/search/suggestions"):
        page = await somebody.see(path)
        typed = await somebody.see(f"{path}?q={HOSTILE}&category={HOSTILE}&seller={HOSTILE}&min={HOSTILE}")
        found = await somebody.see(f"{path}?q=img")
        assert "<img src=x" not in page.html + typed.html + found.html
    assert HOSTILE in (await somebody.see("/search?q=img")).words


async def test_a_script_gets_the_list_alone_and_the_address_of_it(street: Street) -> None:
    somebody = street.visitor()

    piece = await somebody.see("/search?q=guitar&seller=adas&min=&max=&currency=EUR&sort=newest", headers=PIECE)
    restored = await somebody.see("/search?q=guitar", headers={**PIECE, "hx-history-restore-request": "true"})

    assert "<html" not in piece.html
    assert 'id="found"' in piece.html
    assert piece.answer.headers["hx-push-url"] == "/search?q=guitar&seller=adas&sort=newest"
    assert "<html" in restored.html


async def test_a_long_list_goes_on_by_cursor_with_and_without_a_script(street: Street) -> None:
    await on_sale(street, *(f"Triangle {number:02}" for number in range(26)))
    somebody = street.visitor()

    first = await somebody.see("/search?q=triangle&sort=newest")
    onward = next(link for link in first.links if "cursor=" in link)
    second, piece = await somebody.see(onward), await somebody.see(onward, headers=PIECE)

    assert (len(_titles(first)), len(_titles(second))) == (24, 2)
    assert set(_titles(first)).isdisjoint(_titles(second))
    assert _titles(piece) == _titles(second)
    assert "<html" not in piece.html
    assert 'id="found"' not in piece.html
    assert "hx-push-url" not in piece.answer.headers


async def test_suggestions_come_from_the_second_letter_on(street: Street) -> None:
    somebody = street.visitor()

    one, two = await somebody.see("/search/suggestions?q=g"), await somebody.see("/search/suggestions?q=gu")
    nothing = await somebody.see("/search/suggestions?q=zeppelin")
    refused = await somebody.see("/search/suggestions?q=" + "long " * 80)

    assert one.html.strip() == ""
    assert "Guitar [/b] with brackets €10.00" in re.sub(r"Ada's ", "", two.words)
    assert {f"/products/{street.shop.products[0]}", "/search?q=gu&category=music", "/shops/adas", "/search?q=gu"} == {
        *two.links
    }
    assert "zeppelin" in nothing.words
    assert not nothing.links
    assert refused.status == 200


async def test_a_search_takes_the_same_few_statements_whatever_it_finds(street: Street) -> None:
    somebody = street.visitor()
    await somebody.see("/search?q=guitar")
    with counted() as few:
        await somebody.see("/search?q=guitar")

    await on_sale(street, *(f"Guitar {number:02}" for number in range(12)))
    with counted() as many:
        await somebody.see("/search?q=guitar")
    with counted() as nothing:
        await somebody.see("/search?q=zeppelin&category=music")

    assert many.statements == few.statements
    assert nothing.statements <= few.statements + 4


def _titles(page: Sheet) -> list[str]:
    results = page.html.split('id="hits"')[-1].split("</section>")[0]
    return [html.unescape(title) for title in re.findall(r'<a href="/products/[^"]+">([^<]+)</a></h3>', results)]


def _chips(page: Sheet) -> dict[str, str]:
    found = re.findall(r'<a class="chip" href="([^"]+)">.*?</span><span>([^<]+)</span>', page.html)
    return {html.unescape(label): html.unescape(address) for address, label in found}
