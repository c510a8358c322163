"""An import says what differs, writes it once, and leaves out what is at fault."""

from contextlib import AbstractAsyncContextManager

import pytest
from attrs import evolve

from marketplace_core.catalog import (
    ArchiveProduct,
    ChangePrice,
    CreateCategory,
    FieldChange,
    HoldStock,
    ImportProducts,
    ImportReport,
    ListOwnProducts,
    NewVariant,
    Outcome,
    ProductStatus,
    ShopNotFound,
    StockLine,
    UnreadableImport,
    ViewProduct,
    ViewStock,
    parse_shopify,
)
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.import_products import ImportProductsHandler
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import ConcurrentUpdate, NotFound
from marketplace_core.kernel.ids import OrderId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.catalog import ADA, BOB, OPERATOR
from tests.core.catalog.files_of_sellers import cup, file_of, shirt
from tests.core.catalog.stand import OFFER, PRODUCT, RIVAL, Stand


async def bring_in(stand: Stand, *lines: str, dry_run: bool = False) -> ImportReport:
    """Import a file into Ada's shop."""
    parsed = parse_shopify(file_of(*lines))
    return await stand.do(ImportProducts(seller_id=ADA, rows=parsed.products, errors=parsed.errors, dry_run=dry_run))


def outcomes(report: ImportReport) -> list[str]:
    """Return what became of each product."""
    return [product.outcome.value for product in report.products]


def reasons(report: ImportReport) -> list[tuple[int, str | None, str]]:
    """Return every error."""
    return [(error.line, error.handle, error.reason) for error in report.errors]


async def test_nobody_imports_into_a_foreign_shop(stand: Stand) -> None:
    with pytest.raises(NotFound):
        await stand.do(ImportProducts(seller_id=ADA, rows=()), RIVAL)
    with pytest.raises(ShopNotFound):
        await stand.do(ImportProducts(seller_id=SellerId("sel_nobody"), rows=()), OPERATOR)


async def test_too_many_products_at_once_are_refused(stand: Stand) -> None:
    (product,) = parse_shopify(file_of(cup())).products

    with pytest.raises(UnreadableImport):
        await stand.do(ImportProducts(seller_id=ADA, rows=(product,) * 10_001))


async def test_a_dry_run_shows_the_difference_and_writes_nothing(stand: Stand) -> None:
    report = await bring_in(stand, cup(variant_sku="C-1", tags="blue"), dry_run=True)

    (product,) = report.products
    assert (report.dry_run, product.outcome, product.product_id) == (True, Outcome.CREATED, None)
    assert product.changes == (
        FieldChange(field="title", old=None, new="Blue Cup"),
        FieldChange(field="description", old=None, new=""),
        FieldChange(field="category", old=None, new="uncategorised"),
        FieldChange(field="tags", old=None, new="blue"),
        FieldChange(field="status", old=None, new="draft"),
        FieldChange(field="variant default", old=None, new="default"),
        FieldChange(field="price of default", old=None, new="19.00 EUR"),
        FieldChange(field="SKU of default", old=None, new="C-1"),
        FieldChange(field="stock of default", old=None, new="5"),
    )
    assert (await stand.ask(ListOwnProducts(seller_id=ADA))).items == ()
    assert await stand.ground.reader.categories() == ()


async def test_a_second_run_changes_nothing(stand: Stand) -> None:
    lines = (shirt("S", first=True, variant_sku="S-1", body_html="<p>Soft</p>", tags="men"), shirt("M"), cup())

    first = await bring_in(stand, *lines)
    versions = [card.version for card in (await stand.ask(ListOwnProducts(seller_id=ADA))).items]
    second = await bring_in(stand, *lines)

    assert (outcomes(first), first.variants) == (["created", "created"], 3)
    assert (outcomes(second), second.variants) == (["unchanged", "unchanged"], 3)
    assert [product.changes for product in second.products] == [(), ()]
    assert [card.version for card in (await stand.ask(ListOwnProducts(seller_id=ADA))).items] == versions
    assert stand.events == []


async def test_a_change_is_shown_then_made(stand: Stand) -> None:
    await bring_in(stand, shirt("S", first=True, variant_sku="S-1"), shirt("M"))
    lines = (
        shirt("Small", first=True, variant_sku="S-1", variant_price="35", title="Better Shirt"),
        shirt("M", variant_inventory_qty="9"),
        shirt("L"),
    )

    preview = await bring_in(stand, *lines, dry_run=True)
    report = await bring_in(stand, *lines)

    assert (
        preview.products[0].changes
        == report.products[0].changes
        == (
            FieldChange(field="title", old="Shirt", new="Better Shirt"),
            FieldChange(field="variant Small", old="S", new="Small"),
            FieldChange(field="price of Small", old="30.00 EUR", new="35.00 EUR"),
            FieldChange(field="variant L", old=None, new="L"),
            FieldChange(field="price of L", old=None, new="30.00 EUR"),
            FieldChange(field="SKU of L", old=None, new=""),
            FieldChange(field="stock of M", old="2", new="9"),
            FieldChange(field="stock of L", old=None, new="2"),
        )
    )
    view = await stand.ask(ViewProduct(product_id=PRODUCT))
    assert [(each.title, each.sku, each.price.amount_minor, each.available) for each in view.variants] == [
        ("Small", "S-1", 3_500, 2),
        ("M", None, 3_000, 9),
        ("L", None, 3_000, 2),
    ]
    assert outcomes(await bring_in(stand, *lines)) == ["unchanged"]


async def test_stock_alone_does_not_make_another_version_of_the_product(stand: Stand) -> None:
    await bring_in(stand, cup())

    report = await bring_in(stand, cup(variant_inventory_qty="7"))

    assert report.products[0].changes == (FieldChange(field="stock of default", old="5", new="7"),)
    assert (await stand.ask(ViewProduct(product_id=PRODUCT))).version == 1
    movements = (await stand.ask(ViewStock(offer_id=OFFER))).movements
    assert [(movement.quantity, movement.reason) for movement in movements] == [(2, "import"), (5, "")]


async def test_what_the_file_does_not_say_stays(stand: Stand) -> None:
    await bring_in(stand, cup(variant_sku="C-1", tags="blue", body_html="Words"))
    short = parse_shopify(b"Handle,Title,Variant Price\nblue-cup,Blue Cup,19\n")

    report = await stand.do(ImportProducts(seller_id=ADA, rows=short.products))

    assert outcomes(report) == ["unchanged"]


async def test_faults_are_named_and_the_rest_is_imported(stand: Stand) -> None:
    lines = (
        cup("bad-price", variant_price="x"),
        cup("bad-stock", variant_inventory_qty="-1"),
        cup("bad-quote").replace("Blue Cup", '"Blue Cup'),
        cup("too-fine", variant_price="1.999"),
        cup("odd-title", title="a\x07b"),
        cup("good"),
    )

    report = await bring_in(stand, *lines)

    assert reasons(report) == [
        (2, "bad-price", "Variant Price 'x' is not a number such as 19.99"),
        (3, "bad-stock", "Variant Inventory Qty -1 is negative"),
        (4, "bad-quote", "a quotation mark is opened and never closed"),
        (5, "too-fine", "price: 1.999 has more decimals than EUR has"),
        (6, "odd-title", "title: must not contain the character U+0007"),
    ]
    assert report.refused == ("bad-price", "bad-stock", "bad-quote", "too-fine", "odd-title")
    assert [card.handle for card in (await stand.ask(ListOwnProducts(seller_id=ADA))).items] == ["good"]


async def test_a_fault_in_a_known_product_leaves_it_as_it_was(stand: Stand) -> None:
    await bring_in(stand, shirt("S", first=True), shirt("M"))

    report = await bring_in(stand, shirt("S", first=True, title="Changed"), shirt("M", variant_price="1.999"))

    assert reasons(report) == [(3, "shirt", "price: 1.999 has more decimals than EUR has")]
    assert (await stand.ask(ViewProduct(product_id=PRODUCT))).title == "Shirt"


async def test_a_sku_of_another_product_is_not_taken_away(stand: Stand) -> None:
    await stand.draft("Other", NewVariant(price_minor=1, currency="EUR", sku="C-1"))

    report = await bring_in(stand, cup(variant_sku="C-1"))

    assert reasons(report) == [(2, "blue-cup", "The shop has another variant with the SKU 'C-1'")]
    assert report.products == ()


async def test_other_options_than_in_the_shop_are_refused(stand: Stand) -> None:
    await bring_in(stand, shirt("S", first=True))

    report = await bring_in(stand, shirt("Red", first=True, option1_name="Colour"))

    assert reasons(report) == [(2, "shirt", "its options are Size in the shop and Colour in the file")]


async def test_an_archived_product_stays_archived(stand: Stand) -> None:
    await bring_in(stand, cup())
    await stand.do(ArchiveProduct(product_id=PRODUCT))

    report = await bring_in(stand, cup())

    assert reasons(report) == [(2, "blue-cup", "the shop's product with this handle is archived")]


async def test_units_that_orders_hold_are_not_counted_away(stand: Stand) -> None:
    await bring_in(stand, cup())
    line = StockLine(offer_id=OFFER, quantity=3)
    await stand.do(HoldStock(order_id=OrderId("ord_1"), lines=(line,)), SYSTEM)

    same = await bring_in(stand, cup())
    report = await bring_in(stand, cup(variant_inventory_qty="2"))

    assert outcomes(same) == ["unchanged"]
    assert reasons(report) == [(2, "blue-cup", "Open orders hold 3 units; the count cannot fall to 2")]


async def test_known_categories_are_used_and_unknown_ones_do_not_move_a_product(stand: Stand) -> None:
    await stand.do(CreateCategory(slug="men", name="Men"), OPERATOR)
    await bring_in(stand, cup("a", tags="Men, new"), cup("b", type="Nothing known"), cup("c"))
    again = await bring_in(stand, cup("a", type="Nothing known", tags="Men, new"))

    slugs = [
        (await stand.ask(ViewProduct(product_id=card.product_id))).category_slug
        for card in (await stand.ask(ListOwnProducts(seller_id=ADA))).items
    ]

    assert slugs == ["uncategorised", "uncategorised", "men"]
    assert outcomes(again) == ["unchanged"]
    assert [category.slug for category in await stand.ground.reader.categories()] == ["men", "uncategorised"]


async def test_published_is_done_if_it_can_be_and_noted_if_not(stand: Stand) -> None:
    lines = (cup(published="true"),)
    first = await bring_in(stand, *lines)
    await stand.picture(PRODUCT)

    second = await bring_in(stand, *lines)
    third = await bring_in(stand, cup(published="false"))

    assert first.products[0].notes == ("stays a draft: no_media",)
    assert second.products[0].changes == (FieldChange(field="status", old="draft", new="published"),)
    assert third.products[0].changes == (FieldChange(field="status", old="published", new="draft"),)
    assert (await stand.ask(ViewProduct(product_id=PRODUCT))).status is ProductStatus.DRAFT


async def test_the_same_file_serves_two_shops(stand: Stand) -> None:
    parsed = parse_shopify(file_of(cup(variant_sku="C-1")))

    for seller_id, by in ((ADA, None), (BOB, RIVAL)):
        command = ImportProducts(seller_id=seller_id, rows=parsed.products)
        report = await (stand.do(command, by) if by else stand.do(command))
        assert outcomes(report) == ["created"]


async def test_a_concurrent_change_repeats_the_batch_and_not_the_report(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace_core.catalog.usecases.import_products.BATCH", 1)
    handler = stand.handlers[ImportProducts]
    assert isinstance(handler, ImportProductsHandler)
    begin, begun = handler.begin, []

    def interrupted() -> AbstractAsyncContextManager[CatalogWork]:
        begun.append("batch")
        if len(begun) == 2:
            raise ConcurrentUpdate("somebody was first")
        return begin()

    parsed = parse_shopify(file_of(cup("a"), cup("b")))
    report = await evolve(handler, begin=interrupted)(ImportProducts(seller_id=ADA, rows=parsed.products), OPERATOR)

    assert outcomes(report) == ["created", "created"]
    assert len(begun) == 3


async def test_a_change_of_price_by_hand_is_undone_by_the_file(stand: Stand) -> None:
    await bring_in(stand, cup())
    await stand.do(ChangePrice(offer_id=OFFER, price=Money(1, "EUR")))

    report = await bring_in(stand, cup())

    assert report.products[0].changes == (FieldChange(field="price of default", old="0.01 EUR", new="19.00 EUR"),)
