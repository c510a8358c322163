"""What sellers and buyers do about a part of an order, at the core's own door."""

from features.drivers.core_door import CoreDoor
from marketplace_core.inmemory import open_marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.orders import (
    AcceptSellerOrder,
    CancelOrder,
    CancelSellerOrder,
    CheckoutPolicy,
    DeclineSellerOrder,
    ReportReturn,
    ShipSellerOrder,
    Units,
)


class CoreParts(CoreDoor):
    """Parts of orders: accepted, declined, sent in parcels, called off, come back."""

    def let_shops_accept_by_hand(self) -> None:
        self._opened = open_marketplace(clock=self._clock, checkout=CheckoutPolicy(accepts_by_hand=True))

    def accept_order(self, shop: str, buyer: str) -> None:
        self._do(AcceptSellerOrder(seller_order_id=self._part(buyer, shop).seller_order_id), self._of(shop))

    def decline_order(self, shop: str, buyer: str, *, note: str) -> None:
        part = self._part(buyer, shop)
        self._do(DeclineSellerOrder(seller_order_id=part.seller_order_id, note=note), self._of(shop))

    def ship_some(self, shop: str, buyer: str, title: str, *, quantity: int, tracking: str) -> None:
        part = self._part(buyer, shop)
        (line,) = [line for line in part.lines if line.title == title]
        command = ShipSellerOrder(
            seller_order_id=part.seller_order_id,
            carrier="Post",
            tracking=tracking,
            lines=(Units(offer_id=line.offer_id, quantity=quantity),),
        )
        self._do(command, self._of(shop))

    def call_off(self, person: str, buyer: str, shop: str, *, note: str) -> None:
        part = self._part(buyer, shop)
        self._do(CancelSellerOrder(seller_order_id=part.seller_order_id, note=note), self._anybody(person))

    def call_order_off(self, buyer: str) -> None:
        self._do(CancelOrder(order_id=self._orders[buyer]), self._person(buyer))

    def report_return(self, shop: str, buyer: str) -> None:
        self._do(ReportReturn(seller_order_id=self._part(buyer, shop).seller_order_id), self._of(shop))

    def _anybody(self, name: str) -> Actor:
        return self._of(name) if name in self._owners else self._person(name)
