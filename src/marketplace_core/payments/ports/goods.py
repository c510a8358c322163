"""What was sold: asked of whoever keeps the orders."""

from collections.abc import Sequence
from typing import Protocol

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments.domain.claim_parts import SoldLine


class SoldGoods(Protocol):
    """The lines of seller orders as they were sold."""

    async def lines(self, seller_order_id: SellerOrderId) -> Sequence[SoldLine]:
        """Return the lines of a seller order; none if there is no such one. Read in an open transaction."""
        ...
