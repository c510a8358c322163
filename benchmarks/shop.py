"""Fills a marketplace through its one door: shops, products, buyers. What it makes depends on the numbers alone."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from attrs import asdict, field, frozen

from features.drivers.names import PICTURE
from marketplace_core.catalog import (
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    NewVariant,
    PublishProduct,
    RequestImageUpload,
)
from marketplace_core.identity import ApproveSeller, GrantRole, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace

PASSWORD: Final = "forty-two-warm-kettles"
OPERATOR: Final = "operator@bench.example"
CURRENCY: Final = "EUR"
UNITS: Final = 500_000
"""Of every offer: no measurement may run out of goods."""
SIZES: Final = ("small", "medium", "large")
LOOKS: Final = (
    *("amber", "birch", "cobalt", "dusty", "ebony", "frosted", "golden", "hazel", "ivory", "jade"),
    *("knitted", "linen", "marbled", "nordic", "olive", "plain", "quilted", "ruby", "striped", "teal"),
)
THINGS: Final = (
    *("apron", "basket", "blanket", "bottle", "bowl", "candle", "chair", "clock", "cushion", "drum", "easel", "flute"),
    *("guitar", "hammock", "jug", "kettle", "lamp", "mirror", "mug", "notebook", "pitcher", "rug", "scarf", "stool"),
    "vase",
)
CATEGORIES: Final = ("kitchen", "living", "studio", "garden", "wardrobe")
DESCRIPTION: Final = (
    "A {look} {thing} from our own workshop, made in small numbers and checked by the person who made it. "
    "The {thing} comes in three sizes; measure twice, because every one is finished by hand and no two are alike. "
    "We send it within two working days, wrapped in paper that you can use again, and take it back within thirty days."
)


def _tuples(texts: Any) -> tuple[Any, ...]:
    return tuple(text if isinstance(text, str) else tuple(text) for text in texts)


@frozen(kw_only=True)
class Stand:
    """What there is to be asked for: products, each seller's offers, buyers by e-mail address, words that find.

    Product number ``n`` is on the shelf of the seller with number ``n`` modulo the number of sellers.
    """

    product_ids: tuple[str, ...] = field(converter=_tuples)
    offers_by_seller: tuple[tuple[str, ...], ...] = field(converter=_tuples)
    buyers: tuple[str, ...] = field(converter=_tuples)
    words: tuple[str, ...] = field(default=THINGS, converter=_tuples)

    def keep(self, file: Path) -> None:
        """Write it down."""
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def kept(cls, file: Path) -> "Stand":
        """Read what was written down."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))


def price_minor(number: int, step: int = 0) -> int:
    """Return what a product costs in one of its sizes."""
    return 1_000 + number % 97 * 50 + step * 400


async def fill(
    opened: OpenMarketplace, *, products: int, sellers: int, buyers: int, advance: Callable[[], None] = lambda: None
) -> Stand:
    """Open ``sellers`` shops with ``products`` products in all, three variants each, and accounts for the buyers.

    ``advance`` hears of every product. Everything is published and findable at the end.
    """
    operator = await _operator(opened)
    for slug in CATEGORIES:
        await opened.market.execute(CreateCategory(slug=slug, name=slug.title()), by=operator)
    owners = [await _shop(opened, number, operator) for number in range(sellers)]
    await opened.dispatcher.settle()
    product_ids: list[str] = []
    offers: list[list[str]] = [[] for _ in owners]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        picture = Path(folder) / "picture.png"
        for number in range(products):
            picture.write_bytes(PICTURE)
            product_id, offer_id = await _product(opened, number, owners[number % sellers], picture)
            product_ids.append(product_id)
            offers[number % sellers].append(offer_id)
            advance()
    addresses = tuple(f"buyer-{number}@bench.example" for number in range(buyers))
    for address in addresses:
        await _register(opened, address)
    await opened.dispatcher.settle()
    return Stand(
        product_ids=tuple(product_ids), offers_by_seller=tuple(tuple(each) for each in offers), buyers=addresses
    )


async def _register(opened: OpenMarketplace, address: str) -> Actor:
    name = address.partition("@")[0]
    await opened.market.execute(RegisterUser(email=address, password=PASSWORD, name=name, locale="en"), by=ANONYMOUS)
    return await opened.market.ask(IdentifyUser(user=address), by=SYSTEM)


async def _operator(opened: OpenMarketplace) -> Actor:
    person = await _register(opened, OPERATOR)
    await opened.market.execute(GrantRole(user_id=person.own_user, role=Role.OPERATOR), by=SYSTEM)
    return await opened.market.ask(IdentifyUser(user=OPERATOR), by=SYSTEM)


async def _shop(opened: OpenMarketplace, number: int, operator: Actor) -> Actor:
    address = f"seller-{number}@bench.example"
    person = await _register(opened, address)
    opening = OpenShop(name=f"Workshop {number}", slug=f"workshop-{number}", country="DE", currency=CURRENCY)
    shop = await opened.market.execute(opening, by=person)
    await opened.market.execute(ApproveSeller(seller_id=shop.seller_id), by=operator)
    return await opened.market.ask(IdentifyUser(user=address), by=SYSTEM)


async def _product(opened: OpenMarketplace, number: int, owner: Actor, picture: Path) -> tuple[str, str]:
    """Put one product on its shelf; return it and its first offer."""
    execute = opened.market.execute
    look, thing = LOOKS[number // len(THINGS) % len(LOOKS)], THINGS[number % len(THINGS)]
    created = await execute(
        CreateProduct(
            seller_id=owner.own_seller,
            title=f"{look} {thing} no. {number}".capitalize(),
            description=DESCRIPTION.format(look=look, thing=thing),
            category=CATEGORIES[number % len(CATEGORIES)],
            option_names=("Size",),
            variants=tuple(
                NewVariant(
                    options=(size,),
                    sku=f"B-{number}-{size}",
                    price_minor=price_minor(number, step),
                    currency=CURRENCY,
                    stock=UNITS,
                )
                for step, size in enumerate(SIZES)
            ),
            tags=(look, thing),
        ),
        by=owner,
    )
    asked = RequestImageUpload(product_id=created.product_id, content_type="image/png", upload_bytes=len(PICTURE))
    upload = await execute(asked, by=owner)
    await opened.send_to_slot(upload.slot, picture)
    await execute(ConfirmImage(product_id=created.product_id, image_id=upload.image_id), by=owner)
    await execute(PublishProduct(product_id=created.product_id), by=owner)
    return created.product_id, created.variants[0].offer_id
