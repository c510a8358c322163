"""What every store of the catalogue, and everybody who knows the shops, must do."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve, frozen

from marketplace_core.catalog import (
    CatalogReader,
    Category,
    CategoryNotFound,
    CategorySlugTaken,
    HandleTaken,
    OfferNotFound,
    Product,
    ProductNotFound,
    ProductVideo,
    Shop,
    ShopNotFound,
    SkuTaken,
    StockLevel,
    VideoState,
)
from marketplace_core.catalog.domain.media import announced
from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import (
    CategoryId,
    ImageId,
    OfferId,
    ProductId,
    SellerId,
    UserId,
    VariantId,
    VideoId,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ADA = SellerId("sel_ada")
BOB = SellerId("sel_bob")
OPERATOR = Actor(principal="usr_op", user_id=UserId("usr_op"), roles=frozenset({Role.OPERATOR}))


def acting_for(seller_id: SellerId) -> Actor:
    """Return somebody who acts for the shop."""
    user_id = UserId(seller_id.replace("sel_", "usr_"))
    return Actor(principal=user_id, user_id=user_id, seller_id=seller_id, roles=frozenset({Role.BUYER, Role.SELLER}))


def a_shop(seller_id: SellerId = ADA, *, active: bool = True) -> Shop:
    """Describe a shop."""
    slug = seller_id.removeprefix("sel_")
    return Shop(seller_id=seller_id, name=slug.title(), slug=slug, currency="EUR", active=active)


def offer_id(number: int, variant: int = 1) -> OfferId:
    """Return the id of an offer of ``a_product``."""
    return OfferId(f"off_{number:04d}_{variant}")


def a_product(
    number: int = 1,
    *,
    seller_id: SellerId = ADA,
    prices: tuple[int, ...] = (1_000,),
    sku: str | None = None,
    category: Category | None = None,
) -> Product:
    """Make a draft with a variant per price, in the sizes S1, S2 … ``sku`` is the first one's."""
    product = Product.draft(
        product_id=ProductId(f"prd_{number:04d}"),
        shop=a_shop(seller_id),
        handle=f"thing-{number}",
        title=f"Thing {number}",
        description="A thing.\nOf use.",
        category_id=category.category_id if category else None,
        option_names=("Size",),
        tags=("blue", "Sale"),
        now=NOW,
    )
    for position, price in enumerate(prices, 1):
        product.add_variant(
            variant_id=VariantId(f"var_{number:04d}_{position}"),
            options=(f"S{position}",),
            sku=sku if position == 1 else None,
            offer_id=offer_id(number, position),
            price=Money(price, "EUR"),
            now=NOW,
        )
    return product


def with_picture(product: Product) -> Product:
    """Show a picture on it."""
    image_id = ImageId(f"img_{product.product_id}")
    image = announced(
        product_id=product.product_id, image_id=image_id, content_type="image/png", upload_bytes=99, now=NOW
    )
    product.announce_image(image, now=NOW)
    product.show_image(image.ready(url=f"/pictures/{image_id}", sha256="ab" * 32, width=40, height=30), now=NOW)
    return product


def a_ready_video(number: int = 1) -> ProductVideo:
    """Describe a video that can be played."""
    return ProductVideo(
        video_id=VideoId(f"vid_{number:04d}"),
        state=VideoState.READY,
        poster_url=f"/videos/{number}/poster.jpg",
        hls_url=f"/videos/{number}/master.m3u8",
        duration_ms=6_000,
        width=1280,
        height=720,
    )


def a_category(slug: str = "clothes", parent: Category | None = None) -> Category:
    """Make a category."""
    return Category.under(parent, category_id=CategoryId(f"cat_{slug}"), slug=slug, name=slug.title())


@frozen(kw_only=True)
class CatalogGround:
    """One empty store of the catalogue, to write and to read."""

    begin: Begin[CatalogWork]
    reader: CatalogReader

    async def put(self, product: Product, *, stock: int = 5, category: Category | None = None) -> Product:
        """Store a new product with units of every offer, and its category."""
        async with self.begin() as work:
            if category is not None:
                await work.categories.save(category)
            await work.products.save(product)
            for variant in product.variants:
                level = StockLevel(offer_id=variant.offer.offer_id, product_id=product.product_id, on_hand=stock)
                await work.stock.open(level, at=NOW)
        return product

    async def put_published(self, product: Product, *, stock: int = 5, minutes: int = 0) -> Product:
        """Store a new product with a picture and publish it, ``minutes`` after ``NOW``."""
        async with self.begin() as work:
            found = await work.categories.by_slugs(("clothes",))
            category = found.get("clothes") or a_category()
            if not found:
                await work.categories.save(category)
        with_picture(product).describe(category_id=category.category_id, now=NOW)
        product.publish(a_shop(product.seller_id), now=NOW + timedelta(minutes=minutes))
        return await self.put(product, stock=stock)

    async def stored(self, product_id: ProductId) -> Product:
        """Read a product back."""
        async with self.begin() as work:
            return await work.products.get(product_id, SYSTEM)


@pytest.mark.conformance
class CategoriesConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> CatalogGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_a_category_is_found_by_id_and_by_slug(self, ground: CatalogGround) -> None:
        """What goes in comes out."""
        root, leaf = a_category(), a_category("shirts", a_category())
        async with ground.begin() as work:
            await work.categories.save(root)
            await work.categories.save(leaf)

        async with ground.begin() as work:
            by_id = await work.categories.named("cat_shirts")
            by_slug = await work.categories.named("shirts")
            several = await work.categories.by_slugs(("shirts", "clothes", "nothing"))

        assert (by_id.category_id, by_id.path, by_id.parent_id) == (
            leaf.category_id,
            "cat_clothes/cat_shirts/",
            "cat_clothes",
        )
        assert by_slug.name == "Shirts"
        assert sorted(several) == ["clothes", "shirts"]

    async def test_an_unknown_category_is_not_found(self, ground: CatalogGround) -> None:
        """Neither by id nor by slug."""
        async with ground.begin() as work:
            for name in ("cat_nothing", "nothing"):
                with pytest.raises(CategoryNotFound):
                    await work.categories.named(name)

    async def test_a_slug_names_one_category(self, ground: CatalogGround) -> None:
        """The second one is refused, and nothing of its transaction stays."""
        async with ground.begin() as work:
            await work.categories.save(a_category())

        async def save(*categories: Category) -> None:
            async with ground.begin() as work:
                for category in categories:
                    await work.categories.save(category)

        with pytest.raises(CategorySlugTaken):
            await save(a_category("other"), evolve(a_category(), category_id=CategoryId("cat_second")))

        async with ground.begin() as work:
            assert sorted(await work.categories.by_slugs(("clothes", "other"))) == ["clothes"]


@pytest.mark.conformance
class ProductsConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> CatalogGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_a_product_comes_back_as_it_was(self, ground: CatalogGround) -> None:
        """With everything it consists of."""
        category = a_category()
        product = with_picture(a_product(prices=(1_000, 2_000), sku="A-1", category=category))
        product.attach_video(a_ready_video(), now=NOW)
        product.publish(a_shop(), now=NOW)

        await ground.put(product, category=category)

        stored = await ground.stored(product.product_id)
        for name in (
            *("product_id", "seller_id", "seller_name", "seller_slug", "currency", "handle", "title", "description"),
            *("category_id", "tags", "option_names", "variants", "images", "video", "status", "on_hold"),
            *("created_at", "changed_at", "published_at"),
        ):
            assert getattr(stored, name) == getattr(product, name), name
        assert stored.version == product.version == 1

    async def test_a_change_is_stored_and_counted(self, ground: CatalogGround) -> None:
        """Of two who read the same version, the second to save is refused."""
        await ground.put(a_product())
        first = await ground.stored(ProductId("prd_0001"))
        second = await ground.stored(ProductId("prd_0001"))
        first.describe(title="Renamed", now=NOW)
        second.describe(title="Renamed otherwise", now=NOW)

        async with ground.begin() as work:
            await work.products.save(first)
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.products.save(second)

        stored = await ground.stored(ProductId("prd_0001"))
        assert (stored.title, stored.version) == ("Renamed", 2)

    async def test_variants_and_prices_change_with_the_product(self, ground: CatalogGround) -> None:
        """Added, renamed and priced anew."""
        product = await ground.put(a_product(sku="A-1"))
        product.add_variant(
            variant_id=VariantId("var_new"),
            options=("XL",),
            sku="A-2",
            offer_id=OfferId("off_new"),
            price=Money(7, "EUR"),
            now=NOW,
        )
        product.rename_variant(VariantId("var_0001_1"), options=("XS",), sku=None, now=NOW)
        product.price_offer(offer_id(1), Money(1_500, "EUR"), now=NOW)

        async with ground.begin() as work:
            await work.products.save(product)

        stored = await ground.stored(product.product_id)
        assert stored.variants == product.variants
        async with ground.begin() as work:
            assert await work.products.holders_of(ADA, ("A-1", "A-2")) == {"A-2": product.product_id}

    async def test_a_removed_variant_is_gone_and_leaves_its_name_and_number_to_others(
        self, ground: CatalogGround
    ) -> None:
        await ground.put(a_product(1, prices=(1_000, 2_000), sku="A-1"))
        async with ground.begin() as work:
            product = await work.products.get(ProductId("prd_0001"), SYSTEM)
            gone, kept = product.variants
            product.remove_variant(gone.offer.offer_id, now=NOW)
            product.rename_variant(kept.variant_id, options=gone.options, sku=gone.sku, now=NOW)
            await work.products.save(product)

        async with ground.begin() as work:
            stored = await work.products.get(ProductId("prd_0001"), SYSTEM)
            assert len(await work.stock.levels((gone.offer.offer_id,))) == 1
        view = await ground.reader.product(ProductId("prd_0001"))
        assert view is not None
        assert [(each.offer_id, each.options, each.sku) for each in view.variants] == [
            (kept.offer.offer_id, gone.options, gone.sku)
        ]
        assert [(each.offer, each.options) for each in stored.variants] == [(kept.offer, gone.options)]
        assert await ground.reader.offer_cards([gone.offer.offer_id]) == {}

    async def test_variants_may_swap_their_options(self, ground: CatalogGround) -> None:
        await ground.put(a_product(1, prices=(1_000, 2_000), sku="A-1"))
        async with ground.begin() as work:
            product = await work.products.get(ProductId("prd_0001"), SYSTEM)
            one, two = product.variants
            product.rename_variant(one.variant_id, options=("between",), sku=None, now=NOW)
            product.rename_variant(two.variant_id, options=one.options, sku=one.sku, now=NOW)
            product.rename_variant(one.variant_id, options=two.options, sku=two.sku, now=NOW)
            await work.products.save(product)

        async with ground.begin() as work:
            stored = await work.products.get(ProductId("prd_0001"), SYSTEM)
        assert [each.options for each in stored.variants] == [two.options, one.options]

    async def test_a_product_does_not_exist_for_other_sellers(self, ground: CatalogGround) -> None:
        """Missing and foreign look the same; its seller, operators and the system find it."""
        await ground.put(a_product())

        async with ground.begin() as work:
            for actor in (acting_for(BOB), ANONYMOUS):
                with pytest.raises(ProductNotFound):
                    await work.products.get(ProductId("prd_0001"), actor)
                with pytest.raises(OfferNotFound):
                    await work.products.with_offer(offer_id(1), actor)
            with pytest.raises(ProductNotFound):
                await work.products.get(ProductId("prd_nothing"), SYSTEM)
            with pytest.raises(OfferNotFound):
                await work.products.with_offer(OfferId("off_nothing"), SYSTEM)
            for actor in (acting_for(ADA), OPERATOR, SYSTEM):
                assert (await work.products.get(ProductId("prd_0001"), actor)).title == "Thing 1"
                assert (await work.products.with_offer(offer_id(1), actor)).title == "Thing 1"

    async def test_handles_and_skus_are_unique_within_a_shop_only(self, ground: CatalogGround) -> None:
        """Another shop may use the same ones."""
        await ground.put(a_product(1, sku="A-1"))
        namesake = a_product(2)
        namesake.handle = "thing-1"
        await ground.put(evolve(namesake, seller_id=BOB, variants=()))
        await ground.put(a_product(3, seller_id=BOB, sku="A-1"))

        with pytest.raises(HandleTaken):
            await ground.put(evolve(a_product(4), handle="thing-1", variants=()))
        with pytest.raises(SkuTaken):
            await ground.put(a_product(5, sku="A-1"))

        async with ground.begin() as work:
            assert sorted(await work.products.by_handles(ADA, ("thing-1", "thing-4", "thing-5"))) == ["thing-1"]
            assert await work.products.holders_of(BOB, ("A-1", "A-9")) == {"A-1": "prd_0003"}

    async def test_numbered_handles_are_found_by_their_stem(self, ground: CatalogGround) -> None:
        """Only the stem and the stem with a number count."""
        for number, handle in enumerate(("cup", "cup-2", "cup-of-tea", "cup-2b", "cupboard"), 1):
            await ground.put(evolve(a_product(number), handle=handle))
        await ground.put(evolve(a_product(9, seller_id=BOB), handle="cup-3"))

        async with ground.begin() as work:
            alike = await work.products.handles_like(ADA, "cup")

        assert alike == frozenset({"cup", "cup-2"})

    async def test_products_that_do_not_follow_their_shop_are_found(self, ground: CatalogGround) -> None:
        """By name, slug, or right to sell."""
        for number in (1, 2, 3):
            await ground.put(a_product(number))
        await ground.put(a_product(4, seller_id=BOB))

        async with ground.begin() as work:
            following = await work.products.not_following(a_shop(), 10)
            suspended = await work.products.not_following(a_shop(active=False), 2)
            renamed = await work.products.not_following(evolve(a_shop(), name="Ada's"), 10)
            gone = evolve(a_shop(active=False), closed=True)
            for product in await work.products.not_following(gone, 2):
                product.follow(gone, now=NOW)
                await work.products.save(product)
            assert len(await work.products.not_following(gone, 10)) == 1

        assert (len(following), len(suspended), len(renamed)) == (0, 2, 3)
        assert {product.seller_id for product in renamed} == {ADA}


@pytest.mark.conformance
class SellersConformance:
    """Override ``sellers`` with a source that knows ``a_shop()``, active, and ``a_shop(BOB, active=False)``."""

    @pytest.fixture
    def sellers(self) -> Sellers:
        """Return the source."""
        raise NotImplementedError

    async def test_a_shop_is_known_with_its_right_to_sell(self, sellers: Sellers) -> None:
        """One may sell, one may not."""
        assert await sellers.shop(ADA) == a_shop()
        assert await sellers.shop(BOB) == a_shop(BOB, active=False)

    async def test_an_unknown_shop_is_not_found(self, sellers: Sellers) -> None:
        """It is named like one that must not be known."""
        with pytest.raises(ShopNotFound):
            await sellers.shop(SellerId("sel_nobody"))
