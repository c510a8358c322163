"""What everybody who answers questions about the catalogue must do."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.catalog import OfferCard, ProductStatus, Shelf, Step, VideoState
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import OfferId, OrderId, ProductId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.testing.conformance.catalog import (
    ADA,
    BOB,
    NOW,
    CatalogGround,
    a_category,
    a_product,
    a_ready_video,
    a_shop,
    offer_id,
)
from marketplace_core.testing.conformance.catalog_stock import hold, line

UNKNOWN = ProductId("prd_nothing")


@pytest.mark.conformance
class CatalogReaderConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> CatalogGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_offer_card_says_everything_a_cart_needs(self, ground: CatalogGround) -> None:
        """With the units that nobody holds."""
        await ground.put_published(a_product(1, prices=(1_000, 2_000), sku="A-1"), stock=5)
        await hold(ground, OrderId("ord_1"), line(offer_id(1), 2))

        cards = await ground.reader.offer_cards((offer_id(1), OfferId("off_nothing"), offer_id(1, 2)))

        assert sorted(cards) == [offer_id(1), offer_id(1, 2)]
        assert cards[offer_id(1)] == OfferCard(
            offer_id=offer_id(1),
            product_id=ProductId("prd_0001"),
            seller_id=ADA,
            seller_name="Ada",
            seller_slug="ada",
            title="Thing 1",
            variant_title="S1",
            sku="A-1",
            price=Money(1_000, "EUR"),
            available=3,
            purchasable=True,
            reason=None,
            image_url="/pictures/img_prd_0001",
        )

    async def test_an_offer_that_cannot_be_bought_says_why(self, ground: CatalogGround) -> None:
        """Not published, not allowed, not priced, not there."""
        await ground.put(a_product(1))
        await ground.put_published(a_product(2, prices=(1_000, 0)))
        await ground.put_published(a_product(3), stock=0)
        suspended = await ground.put_published(a_product(4, seller_id=BOB))
        async with ground.begin() as work:
            suspended.follow(a_shop(BOB, active=False), now=NOW)
            await work.products.save(suspended)

        offers = (offer_id(1), offer_id(2), offer_id(2, 2), offer_id(3), offer_id(4))
        cards = await ground.reader.offer_cards(offers)

        reasons = ["unpublished", None, "not_priced", "sold_out", "seller_suspended"]
        assert [cards[offer].reason for offer in offers] == reasons
        assert [cards[offer].purchasable for offer in offers] == [reason is None for reason in reasons]

    async def test_nothing_asked_is_nothing_answered(self, ground: CatalogGround) -> None:
        """Without asking anybody."""
        assert await ground.reader.offer_cards(()) == {}
        assert await ground.reader.product_cards(()) == {}

    async def test_a_product_card_spans_the_prices_and_sums_the_stock(self, ground: CatalogGround) -> None:
        """Unpriced variants do not count."""
        product = a_product(1, prices=(3_000, 0, 1_000))
        product.attach_video(a_ready_video(), now=NOW)
        await ground.put_published(product)
        await ground.put(a_product(2, prices=()))

        cards = await ground.reader.product_cards((ProductId("prd_0001"), UNKNOWN, ProductId("prd_0002")))

        assert sorted(cards) == ["prd_0001", "prd_0002"]
        full, empty = cards[ProductId("prd_0001")], cards[ProductId("prd_0002")]
        assert (full.price_from, full.price_to) == (Money(1_000, "EUR"), Money(3_000, "EUR"))
        assert (full.in_stock, full.purchasable, full.listed) == (True, True, True)
        assert full.video == a_ready_video()
        assert full.image_url == "/pictures/img_prd_0001"
        assert (full.created_at, full.published_at, full.version) == (NOW, NOW, 1)
        assert (full.only_offer_id, empty.only_offer_id) == (None, None)
        assert (empty.price_from, empty.in_stock, empty.purchasable, empty.listed) == (None, False, False, False)

    async def test_a_product_card_names_the_only_offer_that_has_a_price(self, ground: CatalogGround) -> None:
        """So that it can be bought without choosing."""
        await ground.put_published(a_product(1, prices=(1_000,)))
        await ground.put_published(a_product(2, prices=(0, 1_000)))
        await ground.put(a_product(3, prices=(0,)))

        cards = await ground.reader.product_cards([ProductId(f"prd_000{number}") for number in (1, 2, 3)])

        assert [card.only_offer_id for card in cards.values()] == [offer_id(1), offer_id(2, 2), None]

    async def test_search_is_told_of_what_buyers_see(self, ground: CatalogGround) -> None:
        """And of nothing else."""
        draft = await ground.put(a_product(1))
        seen = a_product(2, prices=(3_000, 1_000), sku="A-1")
        seen.attach_video(a_ready_video(), now=NOW)
        await ground.put_published(seen)
        hidden = await ground.put_published(a_product(3, seller_id=BOB))
        async with ground.begin() as work:
            hidden.follow(a_shop(BOB, active=False), now=NOW)
            await work.products.save(hidden)

        document = await ground.reader.product_document(seen.product_id)

        assert document is not None
        assert (document.title, document.description) == ("Thing 2", "A thing.\nOf use.")
        assert (document.seller_id, document.seller_name, document.seller_slug) == (ADA, "Ada", "ada")
        assert (document.category_id, document.category_name) == ("cat_clothes", "Clothes")
        assert (document.category_slugs, document.tags) == (("clothes",), ("blue", "Sale"))
        assert (document.options, document.skus) == (("S1", "S2"), ("A-1",))
        assert (document.price_from, document.price_to) == (Money(1_000, "EUR"), Money(3_000, "EUR"))
        assert (document.in_stock, document.has_video) == (True, True)
        assert (document.image_url, document.poster_url) == ("/pictures/img_prd_0002", "/videos/1/poster.jpg")
        for product_id in (draft.product_id, hidden.product_id, UNKNOWN):
            assert await ground.reader.product_document(product_id) is None
        assert await ground.reader.listed_ids(None, 10) == [seen.product_id]

    async def test_a_document_names_the_categories_from_the_root_down(self, ground: CatalogGround) -> None:
        """So that a filter by the root finds what is below."""
        root = a_category("wear")
        leaf = a_category("clothes", root)
        async with ground.begin() as work:
            await work.categories.save(root)
            await work.categories.save(leaf)
        product = await ground.put_published(a_product())

        document = await ground.reader.product_document(product.product_id)

        assert document is not None
        assert document.category_slugs == ("wear", "clothes")

    async def test_listed_ids_come_in_portions(self, ground: CatalogGround) -> None:
        """Ascending, each after the one before."""
        for number in (3, 1, 2):
            await ground.put_published(a_product(number))

        first = await ground.reader.listed_ids(None, 2)
        rest = await ground.reader.listed_ids(first[-1], 2)

        assert [*first, *rest] == ["prd_0001", "prd_0002", "prd_0003"]

    async def test_a_product_is_viewed_with_everything(self, ground: CatalogGround) -> None:
        """Variants with stock, pictures, video, category."""
        product = a_product(1, prices=(1_000, 2_000))
        product.attach_video(a_ready_video(), now=NOW)
        await ground.put_published(product, stock=0)

        view = await ground.reader.product(product.product_id)

        assert view is not None
        assert (view.title, view.handle, view.status) == ("Thing 1", "thing-1", ProductStatus.PUBLISHED)
        assert (view.category_slug, view.category_name) == ("clothes", "Clothes")
        assert [(each.title, each.price.amount_minor, each.reason) for each in view.variants] == [
            ("S1", 1_000, "sold_out"),
            ("S2", 2_000, "sold_out"),
        ]
        assert [(each.url, each.width, each.height) for each in view.images] == [("/pictures/img_prd_0001", 40, 30)]
        assert view.video == a_ready_video()
        assert (view.version, view.published_at) == (1, NOW)
        assert await ground.reader.product(UNKNOWN) is None

    async def test_what_is_on_sale_is_listed_newest_first_in_pages(self, ground: CatalogGround) -> None:
        """No product twice, none left out, drafts not at all; equal moments are told apart."""
        for number, minutes in ((1, 5), (2, 9), (3, 5), (4, 1)):
            await ground.put_published(a_product(number), minutes=minutes)
        await ground.put(a_product(5))

        first = await ground.reader.listed(Shelf(), PageRequest(limit=3))
        second = await ground.reader.listed(Shelf(), PageRequest(limit=3, cursor=first.next_cursor))

        assert [card.title for card in first.items] == ["Thing 2", "Thing 3", "Thing 1"]
        assert [card.title for card in second.items] == ["Thing 4"]
        assert second.next_cursor is None

    async def test_a_page_that_ends_the_list_has_no_next_one(self, ground: CatalogGround) -> None:
        """Even when it is full."""
        await ground.put_published(a_product(1))

        page = await ground.reader.listed(Shelf(), PageRequest(limit=1))

        assert (len(page.items), page.next_cursor) == (1, None)

    async def test_a_shelf_is_a_seller_or_a_category_with_all_below(self, ground: CatalogGround) -> None:
        """By id or by slug; an unknown one is empty."""
        root = a_category("wear")
        async with ground.begin() as work:
            await work.categories.save(root)
            await work.categories.save(a_category("clothes", root))
            await work.categories.save(a_category("wearable"))
        await ground.put_published(a_product(1))
        await ground.put_published(a_product(2, seller_id=BOB))

        async def titles(shelf: Shelf) -> list[str]:
            page = await ground.reader.listed(shelf, PageRequest())
            return sorted(card.title for card in page.items)

        assert await titles(Shelf(seller="bob")) == await titles(Shelf(seller=BOB)) == ["Thing 2"]
        assert (
            await titles(Shelf(category="wear")) == await titles(Shelf(category="cat_wear")) == ["Thing 1", "Thing 2"]
        )
        assert await titles(Shelf(category="clothes", seller="ada")) == ["Thing 1"]
        for empty in (Shelf(category="wearable"), Shelf(category="nothing"), Shelf(seller="nobody")):
            assert await titles(empty) == []

    async def test_a_shelf_of_videos_has_only_those_that_can_be_played(self, ground: CatalogGround) -> None:
        """In pages, newest first, together with the other filters."""
        await ground.put_published(a_product(1))
        for number, seller_id in ((2, ADA), (3, BOB), (4, ADA), (5, ADA)):
            product = a_product(number, seller_id=seller_id)
            state = VideoState.PROCESSING if number == 4 else VideoState.READY
            product.attach_video(evolve(a_ready_video(number), state=state), now=NOW)
            await ground.put_published(product, minutes=number)

        first = await ground.reader.listed(Shelf(with_video=True), PageRequest(limit=2))
        rest = await ground.reader.listed(Shelf(with_video=True), PageRequest(limit=2, cursor=first.next_cursor))
        adas = await ground.reader.listed(Shelf(with_video=True, seller="ada"), PageRequest())

        assert [card.title for card in (*first.items, *rest.items)] == ["Thing 5", "Thing 3", "Thing 2"]
        assert all(card.video is not None for card in first.items)
        assert rest.next_cursor is None
        assert [card.title for card in adas.items] == ["Thing 5", "Thing 2"]

    async def test_a_seller_sees_their_products_in_any_status(self, ground: CatalogGround) -> None:
        """The newest first, by status if asked."""
        await ground.put(a_product(1))
        await ground.put_published(a_product(2))
        archived = a_product(3)
        archived.withdraw(Step.ARCHIVE, now=NOW + timedelta(minutes=1))
        await ground.put(archived)
        await ground.put(a_product(4, seller_id=BOB))

        everything = await ground.reader.of_seller(ADA, None, PageRequest(limit=2))
        rest = await ground.reader.of_seller(ADA, None, PageRequest(limit=2, cursor=everything.next_cursor))
        drafts = await ground.reader.of_seller(ADA, ProductStatus.DRAFT, PageRequest())

        assert [card.title for card in (*everything.items, *rest.items)] == ["Thing 3", "Thing 2", "Thing 1"]
        assert [card.status for card in everything.items] == [ProductStatus.ARCHIVED, ProductStatus.PUBLISHED]
        assert [card.title for card in drafts.items] == ["Thing 1"]

    @pytest.mark.parametrize("cursor", ["", "nonsense", "WzEsMl0", "WyJhIl0", "WyJhIiwiYiJd", "e30", "ä", "x" * 1_000])
    async def test_a_cursor_that_no_list_made_is_refused(self, ground: CatalogGround, cursor: str) -> None:
        """As wrong input, not as a bug."""
        for question in (
            ground.reader.listed(Shelf(), PageRequest(cursor=cursor)),
            ground.reader.of_seller(ADA, None, PageRequest(cursor=cursor)),
        ):
            with pytest.raises(InvalidCursor) as refusal:
                await question
            assert isinstance(refusal.value, InvalidInput)

    async def test_categories_are_a_tree_by_name(self, ground: CatalogGround) -> None:
        """Roots with what is below them."""
        wear = a_category("wear")
        async with ground.begin() as work:
            for category in (wear, a_category("shoes", wear), a_category("clothes", wear), a_category("books")):
                await work.categories.save(category)

        roots = await ground.reader.categories()

        assert [root.name for root in roots] == ["Books", "Wear"]
        assert [child.slug for child in roots[1].children] == ["clothes", "shoes"]
        assert roots[1].children[0].parent_id == wear.category_id

    async def test_stock_is_viewed_with_whose_it_is(self, ground: CatalogGround) -> None:
        """None for an offer that does not exist."""
        await ground.put(a_product(1), stock=7)

        view = await ground.reader.stock(offer_id(1))

        assert view is not None
        assert (view.seller_id, view.level.on_hand, view.level.available) == (ADA, 7, 7)
        assert [movement.quantity for movement in view.movements] == [7]
        assert await ground.reader.stock(OfferId("off_nothing")) is None
