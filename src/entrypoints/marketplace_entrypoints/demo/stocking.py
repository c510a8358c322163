"""Fills the shelves: people, shops, the category tree, and every product with its picture, through the one door."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from marketplace_core.catalog import (
    CategoryView,
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    ListCategories,
    ListOwnProducts,
    NewVariant,
    ProductStatus,
    PublishProduct,
    RequestImageUpload,
    ViewProduct,
)
from marketplace_core.identity import (
    ApproveSeller,
    GrantRole,
    OpenShop,
    RegisterUser,
    SellerStatus,
    UserNotFound,
    ViewUser,
)
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Role
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_entrypoints.demo.catalogue import CATEGORIES, OPERATOR, PASSWORD, SHOPS, Item, Person, Shop
from marketplace_entrypoints.demo.hands import Hands, Pictures
from marketplace_entrypoints.demo.tell import Advance

CURRENCY: Final = "EUR"
FIRST_SHELVED: Final = timedelta(days=20)
BETWEEN_PRODUCTS: Final = timedelta(hours=2, minutes=41)
"""A product comes every now and then, from another shop each time: lists of new things are mixed."""


async def register(hands: Hands, people: Iterable[Person], advance: Advance) -> None:
    """Open the accounts that do not exist yet."""
    for person in people:
        try:
            await hands.actor(person)
        except UserNotFound:
            await hands.market.execute(
                RegisterUser(email=person.email, password=PASSWORD, name=person.name, locale=person.locale),
                by=ANONYMOUS,
            )
        advance()


async def make_operator(hands: Hands) -> None:
    """Give the operator their role."""
    by = await hands.actor(OPERATOR)
    if Role.OPERATOR not in by.roles and by.user_id is not None:
        await hands.market.execute(GrantRole(user_id=by.user_id, role=Role.OPERATOR), by=SYSTEM)
        hands.forget(OPERATOR)


async def open_shop(hands: Hands, shop: Shop) -> None:
    """Open a shop and have the operator approve it."""
    owner = await hands.actor(shop.owner)
    assert owner.user_id is not None
    known = await hands.market.ask(ViewUser(user_id=owner.user_id), by=SYSTEM)
    if known.seller is None:
        opening = OpenShop(name=shop.name, slug=shop.slug, country=shop.country, currency=CURRENCY)
        seller_id = (await hands.market.execute(opening, by=owner)).seller_id
        hands.forget(shop.owner)
    else:
        seller_id = known.seller.seller_id
    if known.seller is None or known.seller.status is SellerStatus.APPLIED:
        await hands.market.execute(ApproveSeller(seller_id=seller_id), by=await hands.actor(OPERATOR))
    await hands.settle()


async def grow_tree(hands: Hands) -> None:
    """Add the categories that are missing."""
    operator = await hands.actor(OPERATOR)
    known = _slugs(await hands.market.ask(ListCategories(), by=operator))
    for place in CATEGORIES:
        if place.slug not in known:
            await hands.market.execute(
                CreateCategory(slug=place.slug, name=place.name, parent=place.parent), by=operator
            )


def _slugs(places: Iterable[CategoryView]) -> set[str]:
    return {slug for place in places for slug in {place.slug} | _slugs(place.children)}


async def shelved(hands: Hands, shop: Shop) -> dict[str, ProductId]:
    """Return the shop's products by handle."""
    owner = await hands.actor(shop.owner)
    found: dict[str, ProductId] = {}
    page: PageRequest | None = PageRequest(limit=PAGE_SIZE_MAX)
    while page is not None:
        cards = await hands.market.ask(ListOwnProducts(seller_id=owner.own_seller, page=page), by=owner)
        found |= {card.handle: card.product_id for card in cards.items}
        page = PageRequest(limit=PAGE_SIZE_MAX, cursor=cards.next_cursor) if cards.next_cursor else None
    return found


def in_turns() -> list[tuple[Shop, Item]]:
    """Return every thing with its shop, the shops taking turns."""
    rounds = zip(*(shop.items for shop in SHOPS), strict=True)
    return [(shop, item) for items in rounds for shop, item in zip(SHOPS, items, strict=True)]


async def stock(hands: Hands, pictures: Pictures, present: datetime, advance: Advance) -> None:
    """Put every thing on its shelf, published and with a picture, as if that had happened one after the other."""
    known = {shop.slug: await shelved(hands, shop) for shop in SHOPS}
    for turn, (shop, item) in enumerate(in_turns()):
        hands.travel(present - FIRST_SHELVED + turn * BETWEEN_PRODUCTS)
        product_id = known[shop.slug].get(item.handle) or await _create(hands, shop, item)
        await _publish(hands, pictures, shop, item, product_id)
        advance()
    await hands.settle()


async def _create(hands: Hands, shop: Shop, item: Item) -> ProductId:
    owner = await hands.actor(shop.owner)
    variants = tuple(
        NewVariant(
            options=form.options, sku=form.sku, price_minor=form.price_minor, currency=CURRENCY, stock=form.stock
        )
        for form in item.forms
    )
    created = await hands.market.execute(
        CreateProduct(
            seller_id=owner.own_seller,
            title=item.title,
            description=item.description,
            category=item.category,
            option_names=item.option_names,
            variants=variants,
            handle=item.handle,
            tags=item.tags,
        ),
        by=owner,
    )
    return created.product_id


async def _publish(hands: Hands, pictures: Pictures, shop: Shop, item: Item, product_id: ProductId) -> None:
    owner = await hands.actor(shop.owner)
    product = await hands.market.ask(ViewProduct(product_id=product_id), by=owner)
    if product.status is not ProductStatus.DRAFT:
        return
    if not product.images:
        await add_picture(hands, shop, product_id, await pictures(item, 0))
    await hands.market.execute(PublishProduct(product_id=product_id), by=owner)


async def add_picture(hands: Hands, shop: Shop, product_id: ProductId, picture: bytes) -> None:
    """Upload a picture of a product as its seller."""
    owner = await hands.actor(shop.owner)
    asked = RequestImageUpload(product_id=product_id, content_type="image/jpeg", upload_bytes=len(picture))
    upload = await hands.market.execute(asked, by=owner)
    await hands.send(upload.slot, picture)
    await hands.market.execute(ConfirmImage(product_id=product_id, image_id=upload.image_id), by=owner)
