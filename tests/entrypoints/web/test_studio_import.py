"""Bringing products along in a Shopify file."""

import pytest

from marketplace_core.catalog import IMPORT_BYTES_MAX, ListOwnProducts
from marketplace_core.kernel.access import SYSTEM
from marketplace_entrypoints.web.studio.imports import LostFile, packed, unpacked
from tests.entrypoints.web.street import ADA, Sheet, Street, Visitor

HEAD = "Handle,Title,Body (HTML),Variant SKU,Variant Price,Variant Inventory Qty\r\n"
SMALL = HEAD + 'bowl,Bowl,"<p>Two\r\nlines</p>",B-1,10.00,3\r\ncup,<b>Cup</b>,,C-1,5.00,1\r\n'
CHANGED = HEAD + 'bowl,Big bowl,"<p>Two\r\nlines</p>",B-1,12.50,3\r\njug,Jug,,J-1,a lot,1\r\n'


def as_file(content: str | bytes) -> dict[str, tuple[str, bytes, str]]:
    return {"file": ("goods.csv", content.encode() if isinstance(content, str) else content, "text/csv")}


async def imported(seller: Visitor, content: str) -> Sheet:
    looked = await seller.send("/studio/products/import", files=as_file(content))
    return await seller.send("/studio/products/import/confirmation", {"content": looked.value("content")})


async def stock_of_titles(street: Street) -> set[str]:
    found = await street.opened.market.ask(ListOwnProducts(seller_id=street.shop.seller_id), by=SYSTEM)
    return {card.title for card in found.items}


async def test_a_file_is_looked_at_first_and_then_imported_exactly_as_it_was(street: Street) -> None:
    ada = await street.signed_in(ADA)

    looked = await ada.send("/studio/products/import", files=as_file(SMALL))
    before = await stock_of_titles(street)
    sent = {"content": looked.value("content"), "filename": "goods.csv"}
    done = await ada.send("/studio/products/import/confirmation", sent)
    again = await ada.send("/studio/products/import", files=as_file(SMALL))

    assert "What the file would change New 2 Changed 0 Unchanged 0 In error 0" in looked.words
    assert "<b>Cup" not in looked.html
    assert "Bowl" not in before
    assert "Imported New 2" in done.words
    assert "Bowl" in await stock_of_titles(street)
    assert "Unchanged 2" in again.words
    assert "Import these" not in again.words


async def test_what_differs_is_shown_old_and_new_and_a_broken_line_is_named_with_its_reason(street: Street) -> None:
    ada = await street.signed_in(ADA)
    looked = await ada.send("/studio/products/import", files=as_file(SMALL))
    await ada.send("/studio/products/import/confirmation", {"content": looked.value("content")})

    page = await ada.send("/studio/products/import", files=as_file(CHANGED))

    assert "New 0 Changed 1 Unchanged 0 In error 1" in page.words
    assert "Bowl Big bowl" in page.words
    assert "10.00" in page.words
    assert "12.50" in page.words
    assert "4 jug" in page.words


async def test_a_stock_that_an_import_corrected_says_so_in_the_language_of_its_reader(street: Street) -> None:
    ada, recounted = await street.signed_in(ADA), SMALL.replace("10.00,3", "10.00,5")
    await imported(ada, SMALL)
    done = await imported(ada, recounted)
    bowl = next(link for link in done.links if link.startswith("/studio/products/prd_"))
    at = next(link for link in (await ada.see(bowl)).links if f"{bowl}/stock/" in link)

    english, russian = await ada.see(at), await ada.see(at, headers={"accept-language": "ru"})

    assert "Corrected 2 Import of a file" in english.words
    assert "Поправка 2 Импорт из файла" in russian.words


async def test_a_file_that_is_none_says_so_and_changes_nothing(street: Street) -> None:
    ada = await street.signed_in(ADA)

    none = await ada.send("/studio/products/import", files={"file": ("", b"", "application/octet-stream")})
    foreign = await ada.send("/studio/products/import", files=as_file("a,b\n1,2\n"))
    binary = await ada.send("/studio/products/import", files=as_file(b"\xff\xfe\x00"))
    lost = await ada.send("/studio/products/import/confirmation", {"content": "bm90aGluZw=="})

    assert [page.status for page in (none, foreign, binary, lost)] == [422] * 4
    assert "Please choose a file first" in none.words
    assert "lacks the columns" in foreign.words
    assert "not UTF-8" in binary.words
    assert "Please choose it again" in lost.words


@pytest.mark.parametrize("text", ["", "no base64 at all", packed(b"x" * (IMPORT_BYTES_MAX + 1)), packed(b"")])
def test_only_a_file_that_was_packed_here_is_unpacked_and_never_more_than_one(text: str) -> None:
    with pytest.raises(LostFile):
        unpacked(text)


def test_line_ends_survive_the_way_through_a_form() -> None:
    content = b'a,"b\nc"\r\nd\re\n'

    assert unpacked(packed(content)) == content
