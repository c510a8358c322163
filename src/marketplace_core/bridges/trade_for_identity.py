"""Identity asks orders and carts what guests have left there."""

from collections.abc import Collection
from typing import final

from attrs import frozen

from marketplace_core.cart import ForgetCarts
from marketplace_core.identity.ports import GuestTrade
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Handler
from marketplace_core.orders import OrdersReader


@final
@frozen(kw_only=True)
class OrdersAndCarts(GuestTrade):
    """Orders are looked up; carts go by the cart's own command."""

    orders: OrdersReader
    forget_carts: Handler

    async def buyers(self, guest_ids: Collection[UserId]) -> frozenset[UserId]:
        """Ask the orders."""
        return await self.orders.buyers_among(guest_ids)

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Tell the carts."""
        await self.forget_carts(ForgetCarts(buyer_ids=frozenset(guest_ids)), SYSTEM)
