"""What every search engine must do."""

import pytest
from attrs import evolve

from marketplace_core.kernel.money import Money
from marketplace_core.search import FacetValue, PriceSpan, SearchDocument, SearchHit, Sort
from marketplace_core.testing.conformance.search import SearchGround, StockedIndex
from marketplace_core.testing.corpus import a_document, corpus

CORPUS_SIZE = 1_000
HOSTILE_QUERIES = (
    '"',
    '""guitar',
    "guitar*",
    "*",
    "^guitar",
    "title:guitar",
    "title : guitar",
    "{title keywords}: guitar",
    "- guitar",
    "guitar AND",
    "AND OR NOT",
    "NEAR(guitar drum, 5)",
    "NEAR",
    "guitar + drum",
    "(guitar",
    ")",
    "guitar; DROP TABLE search_documents;--",
    "' OR 1=1 --",
    "guitar\x00drum",
    "\x00",
    "\ud800",
    "%",
    "_",
    "\\",
    "🎸",
    "\u202egnihtyna",
    "a" * 200,
    "x " * 100,
    "é" * 200,
)


@pytest.mark.conformance
class SearchEngineConformance(StockedIndex):
    """Override ``ground`` with an empty index and its engine."""

    async def test_an_empty_index_finds_nothing(self, ground: SearchGround) -> None:
        for text in ("", "guitar"):
            found = await ground.find(text)
            assert (found.hits, found.total, found.next_cursor) == ((), 0, None)
            assert (found.facets.categories, found.facets.sellers, found.facets.prices) == ((), (), ())

    @pytest.mark.parametrize("text", ["zebra", "snare guitar", "zebra guitar", "desig zzz"])
    async def test_every_word_must_occur(self, shelf: SearchGround, text: str) -> None:
        found = await shelf.find(text)

        assert (found.hits, found.total) == ((), 0)

    @pytest.mark.parametrize("text", ["!!!", "🎸", "...", "\x00", "\u200d"])
    async def test_a_query_without_a_letter_or_digit_finds_nothing(self, shelf: SearchGround, text: str) -> None:
        assert await shelf.numbers(text) == []

    @pytest.mark.parametrize("text", ["", "   ", "\t\n"])
    async def test_no_query_finds_everything(self, shelf: SearchGround, text: str) -> None:
        assert await shelf.numbers(text) == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]

    @pytest.mark.parametrize("text", HOSTILE_QUERIES)
    async def test_no_text_is_a_command_to_the_engine(self, shelf: SearchGround, text: str) -> None:
        found = await shelf.find(text)

        assert found.total == len(found.hits)
        assert len(await shelf.numbers()) == 10

    async def test_operators_are_words(self, shelf: SearchGround) -> None:
        assert await shelf.numbers("snare OR strap") == []
        assert await shelf.numbers("strap NOT guitar") == []
        assert await shelf.numbers("title:snare") == []

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("sna", 5),
            ("SNARE", 5),
            ("drum snare", 5),
            ("cafe", 6),
            ("CAFÉ", 6),
            ("cafe\u0301", 6),
            ("muller", 6),
            ("sohne", 6),
            ("елочная", 8),
            ("ЁЛОЧНАЯ", 8),
            ("womens", 9),
            ("women’s", 9),
            ("t-shirt", 9),
            ("grun", 9),
            ("sku-77", 9),
            ("77", 9),
            ("комплект", 8),
        ],
    )
    async def test_words_match_by_their_beginning_without_case_and_accents(
        self, shelf: SearchGround, text: str, number: int
    ) -> None:
        assert await shelf.numbers(text) == [number]

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("guitars", {1, 2, 3, 4}),
            ("battery", {10}),
            ("lamps", {6}),
            ("drums", {5}),
            ("гитары", {7}),
            ("гитарой", {7}),
            ("игрушки", {8}),
            ("батарейки", {8}),
            ("ёлочный", {8}),
        ],
    )
    async def test_another_form_of_a_word_is_the_word(self, shelf: SearchGround, text: str, numbers: set[int]) -> None:
        assert set(await shelf.numbers(text)) == numbers

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("gutiar", {1, 2, 3, 4}),
            ("giutar", {1, 2, 3, 4}),
            ("guitra", {1, 2, 3, 4}),
            ("gitar", {1, 2, 3, 4}),
            ("guittar", {1, 2, 3, 4}),
            ("gutiars", {1, 2, 3, 4}),
            ("ugitar", {1, 2, 3, 4}),
            ("vintaeg gutiar", {2}),
            ("rechargabel", {10}),
            ("гиатра", {7}),
            ("гитора", {7}),
            ("акустичиская", {7}),
        ],
    )
    async def test_slips_of_the_keyboard_are_forgiven(self, shelf: SearchGround, text: str, numbers: set[int]) -> None:
        assert set(await shelf.numbers(text)) == numbers

    @pytest.mark.parametrize("text", ["desk", "skus77", "sku78", "pik", "guxxar", "quitar"])
    async def test_another_word_is_not_a_slip(self, shelf: SearchGround, text: str) -> None:
        assert await shelf.numbers(text) == []

    async def test_what_is_spelled_right_is_not_corrected(self, shelf: SearchGround) -> None:
        await shelf.index.put([a_document(11, "Gutiar, a novel")])

        assert await shelf.numbers("gutiar") == [11]

    async def test_the_title_counts_more_than_keywords_and_those_more_than_the_description(
        self, shelf: SearchGround
    ) -> None:
        numbers = await shelf.numbers("guitar")

        assert set(numbers[:2]) == {1, 2}
        assert numbers[2:] == [4, 3]

    async def test_a_whole_word_counts_more_than_a_beginning(self, shelf: SearchGround) -> None:
        await shelf.index.put([a_document(12, "Lampshade one two"), a_document(13, "Lampshade one two")])
        await shelf.index.put([a_document(11, "Lamp one two")])

        numbers = await shelf.numbers("lamp")

        assert set(numbers) == {6, 11, 12, 13}
        assert numbers.index(11) < min(numbers.index(12), numbers.index(13))

    async def test_a_long_description_does_not_drown_the_right_title(self, ground: SearchGround) -> None:
        await ground.index.put([a_document(number, "Strap", keywords=("guitar",)) for number in range(1, 6)])
        await ground.index.put([a_document(number, "Stand", description="For guitar.") for number in range(6, 10)])
        await ground.index.put([a_document(10, "Guitar of maple", description="Lovely sound and look. " * 100)])

        numbers = await ground.numbers("guitar")

        assert numbers[0] == 10
        assert set(numbers[1:6]) == {1, 2, 3, 4, 5}

    async def test_a_category_includes_what_is_below_it(self, shelf: SearchGround) -> None:
        assert set(await shelf.numbers(category="instruments")) == {1, 2, 5}
        assert set(await shelf.numbers(category="guitars")) == {1, 2}
        assert await shelf.numbers(category="cat_electric-guitars") == [2]
        assert await shelf.numbers(category="no-such-category") == []

    async def test_a_seller_is_an_identifier_or_a_slug(self, ground: SearchGround) -> None:
        await ground.index.put(
            [a_document(1), a_document(2, seller_id="sel_0002", seller_slug="lavka", seller_name="Лавка")]
        )

        assert await ground.numbers(seller="sel_0002") == [2]
        assert await ground.numbers(seller="old-town-music") == [1]
        assert await ground.numbers(seller="nobody") == []

    async def test_a_price_range_takes_what_may_cost_that_and_both_ends_belong_to_it(
        self, ground: SearchGround
    ) -> None:
        await ground.index.put(
            [
                a_document(1, price_from=Money(500, "EUR"), price_to=Money(500, "EUR")),
                a_document(2, price_from=Money(900, "EUR"), price_to=Money(2_000, "EUR")),
                a_document(3, price_from=Money(1_500, "USD"), price_to=Money(1_500, "USD")),
                a_document(4, price_from=None, price_to=None),
            ]
        )

        assert set(await ground.numbers(price_min=Money(500, "EUR"))) == {1, 2}
        assert await ground.numbers(price_max=Money(500, "EUR")) == [1]
        assert await ground.numbers(price_min=Money(501, "EUR"), price_max=Money(900, "EUR")) == [2]
        assert await ground.numbers(price_min=Money(2_000, "EUR"), price_max=Money(3_000, "EUR")) == [2]
        assert await ground.numbers(price_min=Money(2_001, "EUR")) == []
        assert await ground.numbers(price_min=Money(0, "USD")) == [3]

    async def test_what_is_sold_out_or_has_no_video_can_be_left_out(self, ground: SearchGround) -> None:
        await ground.index.put(
            [
                a_document(1, in_stock=False, has_video=True),
                a_document(2, in_stock=True, has_video=False),
                a_document(3, in_stock=True, has_video=True),
            ]
        )

        assert await ground.numbers(in_stock=True) == [3, 2]
        assert await ground.numbers(has_video=True) == [3, 1]
        assert await ground.numbers(in_stock=True, has_video=True) == [3]
        assert await ground.numbers("guitar", in_stock=True, has_video=True, seller="sel_0001") == [3]

    async def test_hits_come_by_age_or_price(self, ground: SearchGround) -> None:
        await ground.index.put(
            [
                a_document(1, price_from=Money(300, "EUR"), price_to=Money(900, "EUR")),
                a_document(2, price_from=Money(100, "EUR"), price_to=Money(100, "EUR")),
                a_document(3, price_from=None, price_to=None),
                a_document(4, price_from=Money(1, "USD"), price_to=Money(1, "USD")),
                a_document(5, price_from=Money(200, "EUR"), price_to=Money(200, "EUR")),
            ]
        )

        assert await ground.numbers("guitar", sort=Sort.NEWEST) == [5, 4, 3, 2, 1]
        assert await ground.numbers("guitar", sort=Sort.PRICE_UP) == [2, 5, 1, 4, 3]
        assert await ground.numbers("guitar", sort=Sort.PRICE_DOWN) == [1, 5, 2, 4, 3]

    async def test_a_hit_shows_what_was_indexed(self, ground: SearchGround) -> None:
        document = evolve(corpus(3)[2], title='<b>Гитара</b> & "Co" \'); --', poster_url="/media/3/poster.jpg")
        bare = a_document(7, price_from=None, price_to=None, image_url=None, poster_url=None)
        await ground.index.put([document, bare])

        hits = {hit.product_id: hit for hit in (await ground.find()).hits}

        assert hits == {document.product_id: SearchHit.of(document), bare.product_id: SearchHit.of(bare)}

    async def test_facets_count_all_hits_not_only_those_of_the_page(self, shelf: SearchGround) -> None:
        found = await shelf.find("guitar", limit=1)

        assert (len(found.hits), found.total) == (1, 4)
        assert found.facets.categories == (
            FacetValue(value="clothes", label="Одежда", count=2),
            FacetValue(value="guitars", label="Guitars", count=2),
            FacetValue(value="instruments", label="Instruments", count=2),
            FacetValue(value="electric-guitars", label="Electric guitars", count=1),
        )
        assert found.facets.sellers == (FacetValue(value="old-town-music", label="Old Town Music", count=4),)
        assert found.facets.prices == (PriceSpan(lowest=Money(1_000, "EUR"), highest=Money(1_000, "EUR")),)
        assert (found.facets.in_stock, found.facets.has_video) == (4, 0)

    @pytest.mark.parametrize("sort", list(Sort))
    async def test_pages_of_a_thousand_products_hold_each_once_and_in_order(
        self, ground: SearchGround, sort: Sort
    ) -> None:
        documents = corpus(CORPUS_SIZE)
        await ground.index.put(documents)

        hits = await ground.everything("old", sort=sort, limit=37)
        whole = await ground.everything(sort=Sort.NEWEST)

        assert len(hits) == len({hit.product_id for hit in hits})
        assert {hit.product_id for hit in hits} == {d.product_id for d in documents if "old town" in _text_of(d)}
        assert len(whole) == CORPUS_SIZE
        if sort is Sort.NEWEST:
            assert hits == sorted(hits, key=lambda hit: (hit.published_at, hit.product_id), reverse=True)
        if sort in {Sort.PRICE_UP, Sort.PRICE_DOWN}:
            sign = 1 if sort is Sort.PRICE_UP else -1
            assert hits == sorted(hits, key=lambda hit: _price_place(hit, sign))

    async def test_a_page_goes_on_where_the_last_one_ended_while_products_come_and_go(
        self, ground: SearchGround
    ) -> None:
        await ground.index.put([a_document(number) for number in range(1, 31)])
        first = await ground.find(limit=10)

        await ground.index.put([a_document(number) for number in range(31, 41)])
        await ground.index.remove([first.hits[-1].product_id])
        second = await ground.find(limit=10, cursor=first.next_cursor)

        assert [int(hit.product_id[-5:]) for hit in second.hits] == list(range(20, 10, -1))

    async def test_every_facet_tells_how_many_hits_its_filter_leaves(self, ground: SearchGround) -> None:
        await ground.index.put(corpus(CORPUS_SIZE))
        found = await ground.find("made", limit=1)
        euros = next(span for span in found.facets.prices if span.lowest.currency == "EUR")

        assert found.total == CORPUS_SIZE
        assert len(found.facets.sellers) == 5
        for facet in found.facets.categories:
            assert (await ground.find("made", category=facet.value, limit=1)).total == facet.count
        for facet in found.facets.sellers:
            assert (await ground.find("made", seller=facet.value, limit=1)).total == facet.count
        assert (await ground.find("made", in_stock=True, limit=1)).total == found.facets.in_stock
        assert (await ground.find("made", has_video=True, limit=1)).total == found.facets.has_video
        assert (await ground.find("made", price_max=euros.lowest, limit=1)).total >= 1
        assert (await ground.find("made", price_min=euros.highest + Money(1, "EUR"), limit=1)).total == 0

    @pytest.mark.parametrize(
        ("text", "fragment"),
        [("ukulele", "ukulele"), ("укулеле", "укулеле"), ("берёза", "береза"), ("ukuelle", "ukulele"), ("lavka", "")],
    )
    async def test_a_thousand_products_are_searched_by_what_they_say(
        self, ground: SearchGround, text: str, fragment: str
    ) -> None:
        documents = corpus(CORPUS_SIZE)
        await ground.index.put(documents)

        found = {hit.product_id for hit in await ground.everything(text)}

        expected = {d.product_id for d in documents if fragment and fragment in _text_of(d)}
        assert found == expected


def _text_of(document: SearchDocument) -> str:
    said = (document.title, document.description, document.seller_name)
    return " ".join(said).casefold().replace("ё", "е")


def _price_place(hit: SearchHit, sign: int) -> tuple[str, int, str]:
    price = hit.price_from
    return (price.currency, sign * price.amount_minor, hit.product_id) if price else ("~~~", 0, hit.product_id)
