"""Say what a parcel of a shop costs."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class SetDelivery(Command[None]):
    """Set a shop's terms of delivery; None goes back to the marketplace's."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    terms: DeliveryTerms | None


@frozen(kw_only=True)
class SetDeliveryHandler:
    """Let a shop say what its parcels cost.

    - A fee for every parcel, and from how much of its goods on it is nothing, or never.
    - It counts for carts that are quoted from now on; a quote that was given under other terms is refused.
    - Orders that were placed keep their delivery.
    """

    begin: Begin[OrdersWork]

    async def __call__(self, command: SetDelivery, by: Actor) -> None:
        """Set them. Raises ``NotFound`` for somebody else's shop."""
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            await work.deliveries.put(command.seller_id, command.terms)
