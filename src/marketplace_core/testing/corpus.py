"""Products to search in, in English and Russian: a few by name, or as many as wanted, always the same."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from marketplace_core.kernel.ids import CategoryId, ProductId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.search import CategoryLabel, SearchDocument

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
_TREE: Final = {
    "guitars": ("instruments", "guitars"),
    "electric-guitars": ("instruments", "guitars", "electric-guitars"),
    "drums": ("instruments", "drums"),
    "desks": ("home", "desks"),
    "lamps": ("home", "lamps"),
    "clothes": ("clothes",),
}
_NAMES: Final = {
    "instruments": "Instruments",
    "guitars": "Guitars",
    "electric-guitars": "Electric guitars",
    "drums": "Drums",
    "home": "Home",
    "desks": "Desks",
    "lamps": "Lamps",
    "clothes": "Одежда",
}
_THINGS: Final = {
    "guitars": ("Guitar", "Ukulele", "Гитара", "Укулеле"),
    "electric-guitars": ("Electric guitar", "Bass guitar", "Электрогитара"),
    "drums": ("Snare drum", "Cymbal", "Барабан", "Тарелка"),
    "desks": ("Writing desk", "Standing desk", "Письменный стол"),
    "lamps": ("Table lamp", "Lantern", "Настольная лампа"),
    "clothes": ("Wool jumper", "Linen shirt", "Шерстяной свитер", "Льняная рубашка"),
}
_KINDS: Final = ("Vintage", "Modern", "Small", "Grand", "Старинный", "Новый", "Большой", "Café", "Ёлочный")
_MATTER: Final = ("maple", "steel", "copper", "birch", "берёза", "сталь", "медь", "клён")
_SELLERS: Final = (
    ("sel_0001", "Old Town Music", "old-town-music"),
    ("sel_0002", "Лавка мастера", "lavka"),
    ("sel_0003", "Nordic Light", "nordic-light"),
    ("sel_0004", "Anna's Workshop", "annas-workshop"),
    ("sel_0005", "Big Store", "big-store"),
)


def categories_below(slug: str) -> tuple[CategoryLabel, ...]:
    """Return the categories from the root down to the one of that slug, such as ``drums``."""
    return tuple(
        CategoryLabel(category_id=CategoryId(f"cat_{name}"), slug=name, name=_NAMES[name]) for name in _TREE[slug]
    )


def a_document(number: int = 1, title: str = "Guitar", **changes: Any) -> SearchDocument:
    """Describe one product; ``number`` makes its identifier and its age."""
    document = SearchDocument(
        product_id=ProductId(f"prd_{number:05d}"),
        seller_id=SellerId("sel_0001"),
        seller_name="Old Town Music",
        seller_slug="old-town-music",
        handle=f"product-{number}",
        title=title,
        description="",
        categories=categories_below("clothes"),
        keywords=(),
        price_from=Money(1_000, "EUR"),
        price_to=Money(1_000, "EUR"),
        in_stock=True,
        has_video=False,
        image_url=f"/files/{number}.jpg",
        poster_url=None,
        published_at=EPOCH + timedelta(minutes=number),
    )
    return evolve(document, **changes)


def corpus(size: int) -> list[SearchDocument]:
    """Describe ``size`` products, mixed and reproducible."""
    chance = random.Random(20_260_101)
    return [_made_up(number, chance) for number in range(1, size + 1)]


def _made_up(number: int, chance: random.Random) -> SearchDocument:
    slug = chance.choice(list(_TREE))
    seller_id, seller_name, seller_slug = chance.choice(_SELLERS)
    lowest = chance.randrange(100, 100_000)
    matter = chance.sample(_MATTER, 3)
    has_video = chance.random() < 0.4
    price = None if chance.random() < 0.02 else Money(lowest, "USD" if chance.random() < 0.1 else "EUR")
    return a_document(
        number,
        f"{chance.choice(_KINDS)} {chance.choice(_THINGS[slug])}",
        seller_id=SellerId(seller_id),
        seller_name=seller_name,
        seller_slug=seller_slug,
        description=f"Made of {matter[0]} and {matter[1]}. Сделано из: {matter[2]}. No. {number}.",
        categories=categories_below(slug),
        keywords=(chance.choice(("S", "M", "L")), f"SKU-{number:05d}"),
        price_from=price,
        price_to=price + Money(chance.randrange(0, 5_000), price.currency) if price else None,
        in_stock=chance.random() < 0.8,
        has_video=has_video,
        poster_url=f"/media/{number}/poster.jpg" if has_video else None,
        published_at=EPOCH + timedelta(seconds=chance.randrange(10_000)),
    )
