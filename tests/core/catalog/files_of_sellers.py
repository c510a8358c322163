"""Product files as sellers have them."""

from collections.abc import Mapping
from typing import Final

HEADER: Final = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
    "Option3 Name,Option3 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src"
)
COLUMNS: Final = HEADER.split(",")


def row(**cells: str) -> str:
    """Write a line; a column is named by its letters: ``variant_price`` is ``Variant Price``."""
    named: Mapping[str, str] = {"".join(filter(str.isalnum, name)).lower(): name for name in COLUMNS}
    values = {named[key.replace("_", "")]: value for key, value in cells.items()}
    return ",".join(_quoted(values.get(name, "")) for name in COLUMNS)


def cup(handle: str = "blue-cup", **cells: str) -> str:
    """Write the line of a product that comes in one form."""
    return row(
        **{
            "handle": handle,
            "title": "Blue Cup",
            "option1_name": "Title",
            "option1_value": "Default Title",
            "variant_price": "19.00",
            "variant_inventory_qty": "5",
        }
        | cells
    )


def shirt(size: str, handle: str = "shirt", *, first: bool = False, **cells: str) -> str:
    """Write the line of one size of a product; the first one has the texts."""
    texts = {"title": "Shirt", "option1_name": "Size"} if first else {}
    values = {"handle": handle, "option1_value": size, "variant_price": "30", "variant_inventory_qty": "2"}
    return row(**values | texts | cells)


def file_of(*lines: str, header: str = HEADER) -> bytes:
    """Put lines below a header."""
    return "\n".join((header, *lines, "")).encode()


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"\n') else value
