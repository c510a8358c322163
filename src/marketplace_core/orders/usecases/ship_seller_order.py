"""Ship a seller order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Shipment
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class ShippedSellerOrder:
    """The parcel is on its way."""

    seller_order_id: SellerOrderId
    state: SellerOrderState
    shipment: Shipment


@frozen(kw_only=True)
class ShipSellerOrder(Command[ShippedSellerOrder]):
    """Say that the parcel was handed to a carrier."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId
    carrier: str
    tracking: str


@frozen(kw_only=True)
class ShipSellerOrderHandler:
    """Mark a seller order as shipped.

    - The seller ships all lines in one parcel, naming carrier and tracking number.
    - Only an order whose money is held can be shipped, and only once.
    - The buyer is told.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: ShipSellerOrder, by: Actor) -> ShippedSellerOrder:
        """Ship it."""
        shipment = Shipment(carrier=command.carrier, tracking=command.tracking, shipped_at=self.clock.now())
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            seller_order.ship(shipment, sold_by(seller_order, by))
            await work.seller_orders.save(seller_order)
        return ShippedSellerOrder(
            seller_order_id=seller_order.seller_order_id, state=seller_order.state, shipment=shipment
        )
