"""``marketplace catalog`` and ``marketplace product`` on a real data folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace_entrypoints.cli.catalog import catalog, product
from tests.core.catalog.files_of_sellers import cup, file_of, shirt
from tests.core.catalog.stand import PNG
from tests.entrypoints.cli.music_shop import ADA, ANN, FurnishedFolder, Shell, quiet


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, furnished: FurnishedFolder) -> Iterator[Shell]:
    monkeypatch.setenv("MARKETPLACE_DATA", str(tmp_path / "data"))
    with quiet():
        yield Shell(product, furnished.copied_to(tmp_path / "data"))


@pytest.fixture
def imports(shell: Shell) -> Shell:
    return Shell(catalog, shell.shop)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "products.csv"


def test_an_import_is_shown_made_and_made_no_second_time(imports: Shell, file: Path) -> None:
    file.write_bytes(file_of(shirt("S", first=True), shirt("M"), cup(tags="blue")))

    preview = imports.json("import", str(file), "--dry-run", who=ADA)
    report = imports.json("import", str(file), "--seller", "adas", who=None)
    again = imports.type("import", str(file), who=ADA)

    assert [diff["outcome"] for diff in preview["products"]] == ["created", "created"]
    assert [diff["product_id"] is None for diff in preview["products"]] == [True, True]
    assert [diff["product_id"] is None for diff in report["products"]] == [False, False]
    assert again.exit_code == 0
    assert "2 products with 3 variants: 0 were created, 0 were changed, 2 are as they were" in again.stdout


def test_rows_in_error_are_named_and_the_exit_code_says_so(imports: Shell, file: Path) -> None:
    lines = (cup("good"), cup("bad", variant_price="x"), cup("odd").replace("Blue Cup", '"Blue Cup'))
    file.write_bytes(file_of(*lines))

    shown = imports.type("import", str(file), who=ADA)
    document = imports.type("import", str(file), "--json", who=ADA)

    assert (shown.exit_code, document.exit_code) == (3, 3)
    assert "line 3  bad  Variant Price 'x' is not a number such as 19.99" in shown.stdout
    assert "line 4  odd  a quotation mark is opened and never closed" in shown.stdout
    assert "1 products with 1 variants: 1 were created" in shown.stdout
    assert [(error["line"], error["handle"]) for error in json.loads(document.stdout)["errors"]] == [
        (3, "bad"),
        (4, "odd"),
    ]


def test_a_change_is_shown_with_old_and_new_whatever_it_holds(imports: Shell, file: Path) -> None:
    file.write_bytes(file_of(cup()))
    imports.type("import", str(file), who=ADA)
    file.write_bytes(file_of(cup(title="[/b]", variant_price="18")))

    shown = imports.type("import", str(file), "--dry-run", who=ADA)

    assert shown.exit_code == 0
    assert "title: Blue Cup → [/b]" in shown.stdout
    assert "19.00 EUR → 18.00 EUR" in shown.stdout
    assert "1 would be changed" in shown.stdout


def test_what_cannot_be_imported_is_refused_with_an_exit_code(imports: Shell, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    assert imports.refused("import", str(file), who=ADA) == (3, "catalog.unreadable_import")

    file.write_bytes(file_of(cup()))
    assert imports.refused("import", str(file), who=ANN)[0] == 5
    assert imports.refused("import", str(file), "--seller", "nobody", who=None)[0] == 4
    assert imports.type("import", str(file.with_name("missing.csv")), who=ADA).exit_code == 2


def test_operators_order_the_catalogue(imports: Shell) -> None:
    imports.json("add-category", "guitars", "--name", "Guitars", "--parent", "music", who=None)
    refused = imports.refused("add-category", "drums", "--name", "Drums", who=ADA)

    tree = imports.json("categories")
    shown = imports.type("categories")

    assert refused == (5, "kernel.not_allowed")
    assert [(root["slug"], [child["slug"] for child in root["children"]]) for root in tree] == [("music", ["guitars"])]
    assert shown.stdout.splitlines() == ["Music  music", "  Guitars  guitars"]


def test_a_product_is_created_pictured_published_and_put_away(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "cup.png"
    picture.write_bytes(PNG)

    created = shell.json(
        "create",
        "--title",
        "Cup",
        "--price",
        "1200",
        "--stock",
        "3",
        "--category",
        "music",
        "--option",
        "Size=S",
        who=ADA,
    )
    product_id = created["product_id"]
    early = shell.refused("publish", product_id, who=ADA)
    shell.json("picture", product_id, str(picture), who=ADA)
    published = shell.json("publish", product_id, who=ADA)
    added = shell.json("add-variant", product_id, "--price", "1500", "--option", "L", "--stock", "1", who=ADA)
    seen = shell.json("view", product_id, who=ANN)
    image_id = seen["images"][0]["image_id"]
    kept = shell.refused("remove-picture", product_id, image_id, who=ADA)
    withdrawn = shell.json("withdraw", product_id, who=ADA)
    archived = shell.json("archive", product_id, who=ADA)

    assert early == (6, "catalog.not_publishable")
    assert published["status"] == "published"
    assert [(each["options"], each["price"]["amount_minor"], each["available"]) for each in seen["variants"]] == [
        (["S"], 1_200, 3),
        (["L"], 1_500, 1),
    ]
    assert (added["options"], seen["images"][0]["width"]) == (["L"], 40)
    assert kept == (6, "catalog.not_publishable")
    assert (withdrawn["status"], archived["status"]) == ("draft", "archived")
    assert shell.refused("view", product_id, who=ANN) == (4, "catalog.product_not_found")
    assert shell.refused("change", product_id, "--title", "x", who=ADA) == (6, "catalog.illegal_transition")


def test_variants_are_renamed_and_removed_and_pictures_rearranged(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "guitar.png"
    picture.write_bytes(PNG)
    options = ("--option", "Size=S", "--price", "1200")
    cup = shell.json("create", "--title", "Cup", "--category", "music", *options, who=ADA)
    added = shell.json("add-variant", cup["product_id"], "--price", "1500", "--option", "L", who=ADA)
    for _ in range(2):
        shell.json("picture", cup["product_id"], str(picture), who=ADA)
    images = [image["image_id"] for image in shell.json("view", cup["product_id"], who=ADA)["images"]]

    shell.json("rename-variant", added["offer_id"], "--option", "XL", "--sku", "XL-1", who=ADA)
    taken = shell.refused("rename-variant", added["offer_id"], "--option", "S", who=ADA)
    shell.json("remove-variant", cup["variants"][0]["offer_id"], who=ADA)
    shell.json("arrange-pictures", cup["product_id"], *reversed(images), who=ADA)
    seen = shell.json("view", cup["product_id"], who=ADA)

    assert taken == (6, "catalog.variant_exists")
    assert shell.refused("remove-variant", added["offer_id"], who=ANN)[0] == 5
    assert [(each["options"], each["sku"]) for each in seen["variants"]] == [(["XL"], "XL-1")]
    assert [image["image_id"] for image in seen["images"]] == [*reversed(images)]


def test_what_is_no_picture_is_refused(shell: Shell, tmp_path: Path) -> None:
    text, disguised = tmp_path / "a.txt", tmp_path / "b.png"
    text.write_text("text")
    disguised.write_text("text")
    guitar = shell.shop.products[0]

    assert shell.refused("picture", guitar, str(text), who=ADA) == (3, "catalog.malformed_product")
    assert shell.refused("picture", guitar, str(disguised), who=ADA) == (3, "catalog.image_rejected")


def test_prices_and_stock_are_changed_by_their_seller_only(shell: Shell) -> None:
    offer = shell.shop.offers[0]

    shell.json("price", offer, "900", who=ADA)
    level = shell.json("stock", offer, "--to", "2", "--reason", "stocktaking", who=ADA)
    shown = shell.type("movements", offer, who=ADA)

    assert level["on_hand"] == 2
    assert "2 available (2 in all, 0 held, 0 sold)" in shown.stdout
    assert "-3  stocktaking" in shown.stdout
    assert shell.refused("price", offer, "900", who=ANN)[0] == 5
    assert shell.refused("stock", offer, "--reason", "odd", who=ADA) == (3, "catalog.malformed_product")
    assert shell.refused("movements", offer, who=ANN)[0] == 5


def test_products_are_listed_and_viewed_whatever_their_titles_hold(shell: Shell) -> None:
    guitar = shell.shop.products[0]
    listed = shell.type("list", "--category", "music")
    watchable = shell.json("list", "--with-video")["items"]
    first = shell.json("list", "--limit", "2")
    rest = shell.json("list", "--limit", "2", "--cursor", first["next_cursor"])
    viewed = shell.type("view", guitar)
    stale = shell.refused("change", guitar, "--title", "x", "--version", "1", who=ADA)

    assert listed.exit_code == viewed.exit_code == 0
    assert "[/b]" in listed.stdout
    assert "Guitar [/b] with brackets" in viewed.stdout
    assert len(first["items"]) + len(rest["items"]) == 3
    assert len(watchable) == 3
    assert stale == (7, "kernel.stale_version")
    assert shell.refused("list", "--cursor", "nonsense")[0] == 3
    assert len(shell.json("list", "--own", who=ADA)["items"]) == 3


def test_a_video_is_taken_off_a_product_that_has_a_picture(shell: Shell, tmp_path: Path) -> None:
    guitar = shell.shop.products[0]
    picture = tmp_path / "guitar.png"
    picture.write_bytes(PNG)

    alone = shell.refused("detach-video", guitar, who=ADA)
    shell.json("picture", guitar, str(picture), who=ADA)
    shell.json("detach-video", guitar, who=ADA)

    assert alone == (6, "catalog.not_publishable")
    assert shell.json("view", guitar)["video"] is None
