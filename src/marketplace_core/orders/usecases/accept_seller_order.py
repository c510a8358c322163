"""Accept a seller order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.timers import ACCEPT_BY, SHIP_BY
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class AcceptSellerOrder(Command[SellerOrderState]):
    """Promise to send what was bought."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class AcceptSellerOrderHandler:
    """Accept a paid seller order.

    - Where sellers accept by hand they have 72 hours; whoever says nothing has declined.
    - What is accepted is sent within 14 days, or it is called off.
    - Accepted twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    policy: CheckoutPolicy

    async def __call__(self, command: AcceptSellerOrder, by: Actor) -> SellerOrderState:
        """Accept it. Raises ``SellerOrderNotFound``, ``IllegalTransition``."""
        now = self.clock.now()
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            if seller_order.accept(sold_by(seller_order, by), now):
                await work.seller_orders.save(seller_order)
                await work.deadlines.cancel(ACCEPT_BY, seller_order.seller_order_id)
                ship_by = now + self.policy.agreed(seller_order.rules).ship_within
                await work.deadlines.set(SHIP_BY, seller_order.seller_order_id, ship_by)
        return seller_order.state
