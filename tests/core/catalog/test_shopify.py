"""A seller's product file is read line by line, and one fault costs one product."""

from decimal import Decimal

import pytest

from marketplace_core.catalog import IMPORT_BYTES_MAX, ParsedFile, UnreadableImport, parse_shopify
from tests.core.catalog.files_of_sellers import COLUMNS, HEADER, cup, file_of, row, shirt


def faults(parsed: ParsedFile) -> list[tuple[int, str | None, str]]:
    """Return line, handle and reason of every fault."""
    return [(error.line, error.handle, error.reason) for error in parsed.errors]


def handles(parsed: ParsedFile) -> list[str]:
    """Return the handles of the products without a fault."""
    return [product.handle for product in parsed.products]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\xff\xfe" + HEADER.encode("utf-16-le"), "not UTF-8"),
        (file_of(cup()) + "Größe".encode("latin-1"), "not UTF-8 text .line 3."),
        (b"x" * (IMPORT_BYTES_MAX + 1), "at most 5242880"),
        (b"Handle,Title\na,b\n", "lacks the columns Variant Price"),
        (HEADER.replace(",", ";").encode(), "semicolons"),
        (b'Handle,Title,"Variant Price\na,b,1\n', "header line is broken"),
        (b"Handle,Title,Variant Price,handle\n", "twice: 'handle'"),
        (file_of(*["x"] * 10_001), "more than 10000 rows"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableImport, match=said):
        parse_shopify(content)


def test_a_product_is_read_with_everything_that_we_keep() -> None:
    content = file_of(
        cup(
            body_html="<p>Holds <b>coffee</b>.</p><script>alert(1)</script>",
            type="Cups",
            tags="blue, Sale ,",
            published="TRUE",
            variant_sku=" C-1 ",
            image_src="https://example.org/cup.jpg",
        ),
        row(handle="blue-cup", image_src="https://example.org/cup-2.jpg"),
    )

    (product,) = parse_shopify(content).products

    assert (product.line, product.handle, product.title) == (2, "blue-cup", "Blue Cup")
    assert (product.description, product.category, product.tags) == ("Holds coffee.", "Cups", ("blue", "Sale"))
    assert (product.published, product.option_names) == (True, ())
    (variant,) = product.variants
    assert (variant.options, variant.sku, variant.price, variant.stock) == ((), "C-1", Decimal("19.00"), 5)
    assert product.notes == (
        "picture not fetched: https://example.org/cup.jpg",
        "picture not fetched: https://example.org/cup-2.jpg",
    )


def test_the_first_tag_is_the_category_of_a_product_without_a_type() -> None:
    tagged, bare = parse_shopify(file_of(cup(tags="men, new"), cup("other"))).products

    assert (tagged.category, bare.category) == ("men", None)


def test_rows_of_one_handle_are_the_variants_of_one_product() -> None:
    content = file_of(
        shirt("S", first=True), cup(), shirt("M", variant_price="31.5"), shirt("L", variant_inventory_qty="")
    )

    sized, _ = parse_shopify(content).products

    assert sized.option_names == ("Size",)
    assert [(variant.line, variant.options, variant.price, variant.stock) for variant in sized.variants] == [
        (2, ("S",), Decimal(30), 2),
        (4, ("M",), Decimal("31.5"), 2),
        (5, ("L",), Decimal(30), None),
    ]


def test_the_newer_column_names_are_known_too() -> None:
    content = b"Title,URL handle,Description,Price,Inventory quantity,SKU\nCup,cup,<b>Good</b>,5.50,3,C-1\n"

    (product,) = parse_shopify(content).products

    assert (product.handle, product.description, product.tags, product.published) == ("cup", "Good", None, None)
    assert (product.variants[0].price, product.variants[0].stock, product.variants[0].sku) == (
        Decimal("5.50"),
        3,
        "C-1",
    )


def test_a_byte_order_mark_windows_line_ends_and_empty_rows_do_no_harm() -> None:
    lines = [HEADER, cup(), "", "," * (len(COLUMNS) - 1), cup("other")]
    content = b"\xef\xbb\xbf" + "\r\n".join(lines).encode()

    parsed = parse_shopify(content)

    assert handles(parsed) == ["blue-cup", "other"]
    assert parsed.products[1].line == 5
    assert parsed.errors == ()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"variant_price": "5o"}, "Variant Price '5o' is not a number such as 19.99"),
        ({"variant_price": ""}, "Variant Price is missing"),
        ({"variant_price": "-1"}, "Variant Price '-1' is negative"),
        ({"variant_price": "1,99"}, "Variant Price '1,99' is not a number such as 19.99"),
        ({"variant_price": "1e3"}, "Variant Price '1e3' is not a number such as 19.99"),
        ({"variant_price": "١٢"}, "Variant Price '١٢' is not a number such as 19.99"),
        ({"variant_inventory_qty": "-2"}, "Variant Inventory Qty -2 is negative"),
        ({"variant_inventory_qty": "2.5"}, "Variant Inventory Qty '2.5' is not a whole number"),
        ({"variant_inventory_qty": "1000001"}, "Variant Inventory Qty 1000001 is more than 1000000"),
        ({"title": " "}, "Title is missing"),
        ({"published": "maybe"}, "Published 'maybe' is neither true nor false"),
        ({"option1_name": "Size", "option1_value": " "}, "the value of the option 'Size' is missing"),
        ({"option1_name": "", "option2_name": "Size"}, "an option without a name stands before one with a name"),
    ],
)
def test_a_fault_in_a_cell_costs_its_product_and_nothing_else(cells: dict[str, str], reason: str) -> None:
    parsed = parse_shopify(file_of(cup("first"), cup("faulty", **cells), cup("last")))

    assert faults(parsed) == [(3, "faulty", reason)]
    assert handles(parsed) == ["first", "last"]


def test_a_fault_in_any_variant_costs_the_whole_product() -> None:
    parsed = parse_shopify(file_of(shirt("S", first=True), shirt("M", variant_price="x"), cup()))

    assert [line for line, _, _ in faults(parsed)] == [3]
    assert handles(parsed) == ["blue-cup"]


def test_a_row_without_a_handle_is_named_by_its_line() -> None:
    parsed = parse_shopify(file_of(cup(""), cup("???"), cup()))

    assert faults(parsed) == [(2, None, "Handle is missing"), (3, None, "Handle is missing")]
    assert handles(parsed) == ["blue-cup"]


def test_the_same_variant_twice_is_named_with_the_earlier_line() -> None:
    parsed = parse_shopify(file_of(shirt("S", first=True), shirt("s"), cup()))

    assert faults(parsed) == [(3, "shirt", "the same variant ('s') is on line 2")]
    assert handles(parsed) == ["blue-cup"]


def test_the_same_sku_twice_is_named_with_the_earlier_line() -> None:
    parsed = parse_shopify(file_of(cup(variant_sku="C-1"), cup("other", variant_sku="C-1")))

    assert faults(parsed) == [(3, "other", "the SKU 'C-1' is on line 2 as well")]
    assert handles(parsed) == ["blue-cup"]


def test_a_quotation_mark_that_is_never_closed_costs_its_line_only() -> None:
    open_quote = cup("faulty").replace("Blue Cup", '"Blue Cup')

    parsed = parse_shopify(file_of(cup("first"), open_quote, cup("last", body_html='A "good" one, too')))

    assert faults(parsed) == [(3, "faulty", "a quotation mark is opened and never closed")]
    assert handles(parsed) == ["first", "last"]


def test_two_open_quotation_marks_do_not_hide_what_stands_between_them() -> None:
    lines = [cup(f"cup-{number}") for number in range(1, 7)]
    for faulty in (1, 4):
        lines[faulty] = lines[faulty].replace("Blue Cup", '"Blue Cup')

    parsed = parse_shopify(file_of(*lines))

    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(3, "cup-2"), (6, "cup-5")]
    assert handles(parsed) == ["cup-1", "cup-3", "cup-4", "cup-6"]


def test_a_quotation_mark_that_a_later_product_happens_to_close_swallows_nothing() -> None:
    opened = cup("opened").replace("Blue Cup", '"Blue Cup')
    closed = cup("closed").replace("Blue Cup", 'Blue Cup"')

    parsed = parse_shopify(file_of(opened, cup("between"), closed, cup("last")))

    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(2, "opened"), (4, "closed")]
    assert handles(parsed) == ["between", "last"]


def test_an_open_quotation_mark_on_the_last_line_is_named() -> None:
    parsed = parse_shopify(file_of(cup(), cup("last").replace("19.00", '"19.00')))

    assert faults(parsed) == [(3, "last", "a quotation mark is opened and never closed")]


def test_an_open_quotation_mark_in_a_variant_costs_its_product() -> None:
    content = file_of(shirt("S", first=True), shirt("M").replace("M", '"M'), shirt("L"), cup())

    parsed = parse_shopify(content)

    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(3, "shirt")]
    assert handles(parsed) == ["blue-cup"]


def test_a_text_over_several_lines_is_one_row_and_lines_are_counted_on() -> None:
    body = 'First, "quoted"\nsecond,line\n\nthird'
    content = file_of(cup(body_html=body), cup("faulty", variant_price="x"))

    parsed = parse_shopify(content)

    assert handles(parsed) == ["blue-cup"]
    assert parsed.products[0].description == 'First, "quoted" second,line third'
    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(6, "faulty")]


def test_an_open_quotation_mark_before_a_text_over_several_lines_loses_nothing_behind_it() -> None:
    open_quote = cup("faulty").replace("Blue Cup", '"Blue Cup')

    parsed = parse_shopify(file_of(open_quote, cup("long", body_html="one\ntwo"), cup("last")))

    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(2, "faulty")]
    assert handles(parsed) == ["long", "last"]


def test_a_row_with_too_few_or_too_many_fields_is_named() -> None:
    parsed = parse_shopify(file_of(cup() + ",", "short,Short", cup("last")))

    assert faults(parsed) == [
        (2, "blue-cup", f"has {len(COLUMNS) + 1} fields, the header has {len(COLUMNS)}"),
        (3, "short", f"has 2 fields, the header has {len(COLUMNS)}"),
    ]
    assert handles(parsed) == ["last"]


def test_a_quotation_mark_out_of_place_is_named() -> None:
    parsed = parse_shopify(file_of(cup("faulty").replace("Blue Cup", '"Blue" Cup'), cup("last")))

    assert [(line, handle) for line, handle, _ in faults(parsed)] == [(2, "faulty")]
    assert "out of place" in faults(parsed)[0][2]
    assert handles(parsed) == ["last"]
