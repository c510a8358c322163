"""What was sold, told to payments by whoever knows: for a till without orders."""

from collections.abc import Sequence
from typing import final

from attrs import define, field

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments.claims import (
    SoldLine,
)
from marketplace_core.payments.ports import SoldGoods


@final
@define
class InMemorySoldGoods(SoldGoods):
    """Lines by seller order."""

    sold: dict[SellerOrderId, tuple[SoldLine, ...]] = field(factory=dict)

    async def lines(self, seller_order_id: SellerOrderId) -> Sequence[SoldLine]:
        """Look them up."""
        return self.sold.get(seller_order_id, ())
