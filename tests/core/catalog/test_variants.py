"""Forms of a product are renamed and removed, and its pictures rearranged; open orders are not betrayed."""

import pytest

from marketplace_core.catalog import (
    REMOVAL_REASON,
    AddVariant,
    AdjustStock,
    ArchiveProduct,
    ArrangeImages,
    CommitStock,
    HoldStock,
    IllegalTransition,
    ImageNotFound,
    MalformedProduct,
    NewVariant,
    NotPublishable,
    OfferNotFound,
    ProductNotFound,
    PublishProduct,
    ReleaseStock,
    RemoveVariant,
    RenameVariant,
    RequestImageUpload,
    SkuTaken,
    StockLine,
    VariantExists,
    VariantHeld,
    ViewProduct,
    ViewStock,
)
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import ErrorKind
from marketplace_core.kernel.ids import ImageId, OrderId
from tests.core.catalog.stand import OFFER, PRODUCT, RIVAL, Stand

ORDER = OrderId("ord_0001")


async def sizes(stand: Stand) -> None:
    """Put a product in two sizes on sale."""
    small, large = (NewVariant(options=(size,), price_minor=1_900, currency="EUR", stock=5) for size in "SL")
    created = await stand.draft_with_options(("Size",), small, large)
    await stand.picture(created.product_id)
    await stand.do(PublishProduct(product_id=created.product_id))


async def test_a_variant_gets_another_name_and_number(stand: Stand) -> None:
    await sizes(stand)

    await stand.do(RenameVariant(offer_id=OFFER, options=("XS",), sku="CUP-XS"))

    first = (await stand.ask(ViewProduct(product_id=PRODUCT))).variants[0]
    assert (first.offer_id, first.options, first.sku, first.available) == (OFFER, ("XS",), "CUP-XS", 5)


async def test_a_name_that_makes_no_sense_or_is_taken_is_refused(stand: Stand) -> None:
    await sizes(stand)
    other = await stand.draft("Bowl", NewVariant(sku="BOWL", price_minor=1, currency="EUR"))

    for options, sku, refusal in (
        (("l",), None, VariantExists),
        ((), None, MalformedProduct),
        (("",), None, MalformedProduct),
        (("XS",), "BOWL", SkuTaken),
    ):
        with pytest.raises(refusal):
            await stand.do(RenameVariant(offer_id=OFFER, options=options, sku=sku))
    with pytest.raises(OfferNotFound):
        await stand.do(RenameVariant(offer_id=OFFER, options=("XS",)), RIVAL)
    await stand.do(ArchiveProduct(product_id=other.product_id))
    with pytest.raises(IllegalTransition):
        await stand.do(RenameVariant(offer_id=other.variants[0].offer_id, options=()))


async def test_a_removed_variant_is_sold_no_more_and_its_stock_written_off(stand: Stand) -> None:
    await sizes(stand)

    await stand.do(RemoveVariant(offer_id=OFFER))

    view, stock = await stand.ask(ViewProduct(product_id=PRODUCT)), await stand.ask(ViewStock(offer_id=OFFER))
    assert [variant.options for variant in view.variants] == [("L",)]
    assert (stock.level.available, stock.movements[0].quantity, stock.movements[0].reason) == (0, -5, REMOVAL_REASON)
    for late in (RemoveVariant(offer_id=OFFER), AdjustStock(offer_id=OFFER, to=3, reason="found more")):
        with pytest.raises(OfferNotFound):
            await stand.do(late)
    again = NewVariant(options=("S",), price_minor=1, currency="EUR")
    assert (await stand.do(AddVariant(product_id=PRODUCT, variant=again))).offer_id != OFFER


async def test_a_variant_stays_while_open_orders_hold_units_of_it(stand: Stand) -> None:
    await sizes(stand)
    await stand.do(HoldStock(order_id=ORDER, lines=(StockLine(offer_id=OFFER, quantity=2),)), SYSTEM)

    with pytest.raises(VariantHeld) as refused:
        await stand.do(RemoveVariant(offer_id=OFFER))
    await stand.do(ReleaseStock(order_id=ORDER), SYSTEM)
    await stand.do(RemoveVariant(offer_id=OFFER))

    assert (refused.value.kind, refused.value.facts["held"]) == (ErrorKind.RULE_BROKEN, 2)


async def test_a_variant_that_was_sold_is_removed_and_what_was_sold_stays_sold(stand: Stand) -> None:
    await sizes(stand)
    await stand.do(HoldStock(order_id=ORDER, lines=(StockLine(offer_id=OFFER, quantity=2),)), SYSTEM)
    await stand.do(CommitStock(order_id=ORDER), SYSTEM)

    await stand.do(RemoveVariant(offer_id=OFFER))

    level = (await stand.ask(ViewStock(offer_id=OFFER))).level
    assert (level.on_hand, level.sold, level.available) == (2, 2, 0)


async def test_a_product_that_buyers_see_keeps_a_variant_with_a_price(stand: Stand) -> None:
    published, draft = await stand.draft(), await stand.draft("Bowl")
    await stand.picture(published.product_id)
    await stand.do(PublishProduct(product_id=published.product_id))

    with pytest.raises(NotPublishable):
        await stand.do(RemoveVariant(offer_id=OFFER))
    await stand.do(RemoveVariant(offer_id=draft.variants[0].offer_id))
    with pytest.raises(OfferNotFound):
        await stand.do(RemoveVariant(offer_id=OFFER), RIVAL)

    assert (await stand.ask(ViewProduct(product_id=draft.product_id))).variants == ()


async def test_pictures_are_shown_in_the_order_that_is_asked_for(stand: Stand) -> None:
    await stand.draft()
    first, second, third = [await stand.picture(PRODUCT) for _ in range(3)]
    waiting = await stand.do(RequestImageUpload(product_id=PRODUCT, content_type="image/png", upload_bytes=100))

    await stand.do(ArrangeImages(product_id=PRODUCT, image_ids=(third, first, second)))

    images = (await stand.ask(ViewProduct(product_id=PRODUCT))).images
    assert [image.image_id for image in images] == [third, first, second, waiting.image_id]


async def test_an_order_of_pictures_names_each_that_is_shown_once(stand: Stand) -> None:
    await stand.draft()
    first, second = [await stand.picture(PRODUCT) for _ in range(2)]

    for order, refusal in (
        ((first,), MalformedProduct),
        ((first, second, second), MalformedProduct),
        ((first, ImageId("img_none")), ImageNotFound),
    ):
        with pytest.raises(refusal):
            await stand.do(ArrangeImages(product_id=PRODUCT, image_ids=order))
    with pytest.raises(ProductNotFound):
        await stand.do(ArrangeImages(product_id=PRODUCT, image_ids=(second, first)), RIVAL)
