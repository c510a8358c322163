"""Payments ask orders what was sold."""

from collections.abc import Sequence
from typing import final

from attrs import frozen

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.orders import OrdersReader, SellerOrderNotFound
from marketplace_core.payments.claims import (
    SoldLine,
)
from marketplace_core.payments.ports import SoldGoods


@final
@frozen(kw_only=True)
class OrdersSoldGoods(SoldGoods):
    """Lines as they stand in the orders."""

    reader: OrdersReader

    async def lines(self, seller_order_id: SellerOrderId) -> Sequence[SoldLine]:
        """Ask for the seller's part."""
        try:
            facts = await self.reader.seller_order_facts(seller_order_id)
        except SellerOrderNotFound:
            return ()
        return [
            SoldLine(
                offer_id=line.offer_id,
                title=f"{line.title} — {line.variant_title}" if line.variant_title else line.title,
                quantity=line.quantity,
                total=line.total,
            )
            for group in facts.groups
            for line in group.lines
        ]
