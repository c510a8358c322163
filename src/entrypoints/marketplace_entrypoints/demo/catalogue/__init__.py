"""What the demonstration is filled with: data, and nothing else."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.atelier_marisol import ATELIER_MARISOL
from marketplace_entrypoints.demo.catalogue.categories import CATEGORIES
from marketplace_entrypoints.demo.catalogue.common_room import COMMON_ROOM
from marketplace_entrypoints.demo.catalogue.kiln_and_kettle import KILN_AND_KETTLE
from marketplace_entrypoints.demo.catalogue.northlight_audio import NORTHLIGHT
from marketplace_entrypoints.demo.catalogue.people import ADDRESSES, BUYERS, OPERATOR, PASSWORD
from marketplace_entrypoints.demo.catalogue.purchases import PURCHASES
from marketplace_entrypoints.demo.catalogue.tikhiy_sad import TIKHIY_SAD
from marketplace_entrypoints.demo.catalogue.values import Form, Item, Person, Place, Shop

SHOPS: Final[tuple[Shop, ...]] = (KILN_AND_KETTLE, NORTHLIGHT, TIKHIY_SAD, ATELIER_MARISOL, COMMON_ROOM)

__all__ = [
    "ADDRESSES",
    "BUYERS",
    "CATEGORIES",
    "OPERATOR",
    "PASSWORD",
    "PURCHASES",
    "SHOPS",
    "Form",
    "Item",
    "Person",
    "Place",
    "Shop",
]
