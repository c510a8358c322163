"""What the catalogue knows of a seller."""

from attrs import frozen

from marketplace_core.kernel.ids import SellerId


@frozen(kw_only=True)
class Shop:
    """A seller's shop: its name, its address, the one currency of its prices, and whether it may sell now.

    ``may_list`` tells whether it may show more goods than it does, ``closed`` whether it never will again.
    """

    seller_id: SellerId
    name: str
    slug: str
    currency: str
    active: bool
    may_list: bool = True
    closed: bool = False
