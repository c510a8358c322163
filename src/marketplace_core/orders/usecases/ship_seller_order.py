"""Ship a seller order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Shipment
from marketplace_core.orders.domain.lines import Units
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrder, SellerOrderState
from marketplace_core.orders.domain.timers import SHIP_BY
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.complete_seller_order import wait_for_the_end


@frozen(kw_only=True)
class ShippedSellerOrder:
    """The parcel is on its way."""

    seller_order_id: SellerOrderId
    state: SellerOrderState
    shipment: Shipment


@frozen(kw_only=True)
class ShipSellerOrder(Command[ShippedSellerOrder]):
    """Say that a parcel was handed to a carrier, with these ``lines`` in it; without lines, with all that is open."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId
    carrier: str
    tracking: str
    lines: tuple[Units, ...] = ()


@frozen(kw_only=True)
class ShipSellerOrderHandler:
    """Mark a seller order as shipped, all of it or a part.

    - The seller names carrier and tracking number, and what is in the parcel unless it is all that is left to send.
    - Only an accepted order can be shipped, and no more of a line than is open.
    - A parcel said twice is one parcel.
    - After a part the rest is due within 14 days.
    - The buyer is told of every parcel.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    policy: CheckoutPolicy

    async def __call__(self, command: ShipSellerOrder, by: Actor) -> ShippedSellerOrder:
        """Ship it. Raises ``SellerOrderNotFound``, ``InvalidShipment``, ``NotOpen``, ``IllegalTransition``."""
        now = self.clock.now()
        parcel = Shipment(carrier=command.carrier, tracking=command.tracking, shipped_at=now, lines=command.lines)
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            before = seller_order.parcels
            shipment = seller_order.ship(parcel, sold_by(seller_order, by))
            if seller_order.parcels != before:
                await work.seller_orders.save(seller_order)
                await self._wait_for_the_rest(work, seller_order)
        return ShippedSellerOrder(
            seller_order_id=seller_order.seller_order_id, state=seller_order.state, shipment=shipment
        )

    async def _wait_for_the_rest(self, work: OrdersWork, seller_order: SellerOrder) -> None:
        if seller_order.open_units:
            due_at = self.clock.now() + self.policy.agreed(seller_order.rules).ship_within
            await work.deadlines.set(SHIP_BY, seller_order.seller_order_id, due_at)
        else:
            await work.deadlines.cancel(SHIP_BY, seller_order.seller_order_id)
            await wait_for_the_end(work, seller_order, self.policy)
