"""What everybody reads is planned by PostgreSQL once for each connection, and not anew for every request."""

import pytest
from sqlalchemy import text

from marketplace_adapters.sqlalchemy.catalog_reader import SqlCatalogReader
from marketplace_adapters.sqlalchemy.postgresql import Limits
from marketplace_core.catalog import Shelf
from marketplace_core.catalog.queries import cursor_after
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.clock import FrozenClock
from tests.databases import PostgresPlace, on_postgres

TRIED = 5
"""So often PostgreSQL plans a prepared statement anew, before it looks whether one plan is as good for all."""
PRODUCTS = """
    INSERT INTO catalog_products (
        product_id, seller_id, seller_name, seller_slug, currency, handle, title, description, tags, option_names,
        images, status, on_hold, created_at, changed_at, published_at, version
    )
    SELECT 'prd_' || n, 'sel_1', 'Ada', 'ada', 'EUR', 'cup-' || n, 'Cup ' || n, repeat('Thrown by hand. ', 20), '[]',
        '[]', '[]', 'published', 0, moment, moment, moment, 1
    FROM generate_series(1, 2000) AS n, LATERAL (SELECT timestamptz '2026-01-01' - n * interval '1 hour' AS moment) AS m
"""
FORMS = """
    INSERT INTO catalog_variants (variant_id, product_id, seller_id, position, options, title)
    SELECT 'var_' || n || '_' || form, 'prd_' || n, 'sel_1', form, jsonb_build_array(form), 'Form ' || form
    FROM generate_series(1, 2000) AS n, generate_series(1, 3) AS form
"""
OFFERS = """
    INSERT INTO catalog_offers (offer_id, variant_id, product_id, price_minor)
    SELECT replace(variant_id, 'var', 'off'), variant_id, product_id, 1000 FROM catalog_variants
"""
STOCK = """
    INSERT INTO catalog_stock (offer_id, product_id, on_hand, held, sold)
    SELECT offer_id, product_id, 5, 0, 0 FROM catalog_offers
"""
PLANS = text("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE 'WITH page%'")


@pytest.mark.parametrize("cursor", [None, cursor_after(FrozenClock().now(), "prd_9")])
async def test_a_page_of_the_usual_size_is_planned_once(postgres_place: PostgresPlace, cursor: str | None) -> None:
    postgres_place.do(PRODUCTS, FORMS, OFFERS, STOCK, "ANALYZE")
    async with on_postgres(postgres_place, limits=Limits(connections_max=1)) as database:
        reader = SqlCatalogReader(database)

        for _ in range(2 * TRIED):
            await reader.listed(Shelf(), PageRequest(cursor=cursor))

        plans = await database.reader.row(PLANS)
        assert plans is not None
        assert tuple(plans) == (TRIED, TRIED)
