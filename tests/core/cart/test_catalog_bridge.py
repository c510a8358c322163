"""The cart's offers are the catalog's."""

import pytest

from marketplace_core.bridges.catalog_for_cart import CatalogOffers
from marketplace_core.cart import OfferNow
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.money import Money
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.cart import OffersConformance, OffersGround
from marketplace_core.testing.conformance.catalog import ADA, CatalogGround, a_product, offer_id


def offer(number: int, variant: int, price_minor: int, available: int, reason: str | None, image: bool) -> OfferNow:
    product_id = a_product(number).product_id
    return OfferNow(
        offer_id=offer_id(number, variant),
        product_id=product_id,
        seller_id=ADA,
        seller_name="Ada",
        title=f"Thing {number}",
        variant_title=f"S{variant}",
        price=Money(price_minor, "EUR"),
        available=available,
        purchasable=reason is None,
        reason=reason,
        image_url=f"/pictures/img_{product_id}" if image else None,
    )


class TestCatalogOffers(OffersConformance):
    @pytest.fixture
    async def ground(self) -> OffersGround:
        store = Store(FrozenClock(), CountingIds())
        catalog = CatalogGround(begin=store.begin(InMemoryCatalogWork), reader=InMemoryCatalogReader(store))
        await catalog.put_published(a_product(1, prices=(1_000, 2_000)), stock=5)
        await catalog.put_published(a_product(2, prices=(300,)), stock=0)
        await catalog.put(a_product(3, prices=(400,)), stock=7)
        return OffersGround(
            source=CatalogOffers(reader=catalog.reader),
            offers=(
                offer(1, 1, 1_000, 5, None, image=True),
                offer(1, 2, 2_000, 5, None, image=True),
                offer(2, 1, 300, 0, "sold_out", image=True),
                offer(3, 1, 400, 7, "unpublished", image=False),
            ),
        )
