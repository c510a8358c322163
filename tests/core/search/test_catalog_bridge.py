"""What is searched is what the catalog shows to buyers."""

from datetime import timedelta

import pytest

from marketplace_core.bridges.catalog_for_search import CatalogDocuments
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.money import Money
from marketplace_core.search import CategoryLabel, SearchDocument
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.catalog import (
    ADA,
    NOW,
    CatalogGround,
    a_category,
    a_product,
    a_ready_video,
    a_shop,
    with_picture,
)
from marketplace_core.testing.conformance.search import DocumentSourceConformance, DocumentSourceGround

CLOTHES = a_category()
SHIRTS = a_category("shirts", CLOTHES)


def document(number: int, price_from: int, price_to: int, *, in_stock: bool, video: bool = False) -> SearchDocument:
    product = a_product(number)
    return SearchDocument(
        product_id=product.product_id,
        seller_id=ADA,
        seller_name="Ada",
        seller_slug="ada",
        handle=f"thing-{number}",
        title=f"Thing {number}",
        description="A thing.\nOf use.",
        categories=tuple(
            CategoryLabel(category_id=category.category_id, slug=category.slug, name=category.name)
            for category in (CLOTHES, SHIRTS)
        ),
        keywords=("blue", "Sale", *(("S1", "S2") if price_from != price_to else ("S1",)), f"SKU-{number}"),
        price_from=Money(price_from, "EUR"),
        price_to=Money(price_to, "EUR"),
        in_stock=in_stock,
        has_video=video,
        image_url=f"/pictures/img_{product.product_id}",
        poster_url=a_ready_video(number).poster_url if video else None,
        published_at=NOW + timedelta(minutes=number),
    )


class TestCatalogDocuments(DocumentSourceConformance):
    @pytest.fixture
    async def ground(self) -> DocumentSourceGround:
        store = Store(FrozenClock(), CountingIds())
        catalog = CatalogGround(begin=store.begin(InMemoryCatalogWork), reader=InMemoryCatalogReader(store))
        async with catalog.begin() as work:
            await work.categories.save(a_category())
            await work.categories.save(a_category("shirts", CLOTHES))
        for number, prices, stock in ((1, (1_000,), 5), (2, (300, 900), 0), (3, (700,), 1)):
            product = with_picture(a_product(number, prices=prices, sku=f"SKU-{number}"))
            product.describe(category_id=SHIRTS.category_id, now=NOW)
            if number == 3:
                product.attach_video(a_ready_video(3), now=NOW)
            product.publish(a_shop(), now=NOW + timedelta(minutes=number))
            await catalog.put(product, stock=stock)
        hidden = await catalog.put(a_product(4, sku="SKU-4"))
        return DocumentSourceGround(
            source=CatalogDocuments(reader=catalog.reader),
            documents=(
                document(1, 1_000, 1_000, in_stock=True),
                document(2, 300, 900, in_stock=False),
                document(3, 700, 700, in_stock=True, video=True),
            ),
            hidden=hidden.product_id,
        )
