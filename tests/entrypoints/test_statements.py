"""How many SQL statements a request takes is pinned: one more on a hot path is a decision, not an accident."""

from pathlib import Path

from benchmarks.shop import fill
from benchmarks.statements import statements
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings

PINNED = {
    "product list": 1,
    "next page": 1,
    "shelf of a category": 1,
    "search": 1,
    "search with filters": 1,
    "product page": 1,
    "add to cart": 4,
    "view cart": 3,
    "empty cart": 3,
    "quote": 4,
    "place order": 36,
    "view order": 3,
}
"""Of what the benchmark asks: a page of products, a word with facets, a cart of three lines from two sellers."""


async def test_a_request_takes_as_many_statements_as_was_decided(tmp_path: Path) -> None:
    async with open_marketplace(Settings(data=tmp_path)) as opened:
        stand = await fill(opened, products=26, sellers=2, buyers=1)

        taken = await statements(opened, stand)

    assert taken == PINNED
