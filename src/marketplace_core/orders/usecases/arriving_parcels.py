"""What follows when one parcel of several arrives: its worth may go to the seller, with the last one all of it."""

from attrs import frozen

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.machines import Who
from marketplace_core.orders.domain.delivery import Delivered
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.ports import Checkout, OrdersWork
from marketplace_core.orders.usecases.complete_seller_order import wait_for_the_end


@frozen(kw_only=True)
class ArrivingParcels:
    """Notes the arrival of a parcel, with its seller order and its money."""

    clock: Clock
    checkout: Checkout
    policy: CheckoutPolicy

    async def arrived(self, work: OrdersWork, seller_order: SellerOrder, tracking: str, who: Who) -> Delivered:
        """Store it, and tell the till. Raises ``ParcelNotFound``, ``IllegalTransition``."""
        arrival = seller_order.parcel_arrived(tracking, who, self.clock.now())
        await work.seller_orders.save(seller_order)
        await wait_for_the_end(work, seller_order, self.policy)
        if seller_order.arrival is None or seller_order.arrival.proof is not arrival.proof:
            await self.checkout.parcel_arrived(seller_order.seller_order_id, arrival)  # else it goes with the whole
        return Delivered(
            seller_order_id=seller_order.seller_order_id, proof=arrival.proof, delivered_at=arrival.delivered_at
        )
