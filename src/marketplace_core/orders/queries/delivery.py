"""What a parcel of a shop costs, for whoever asks."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.queries import OrdersReader


@frozen(kw_only=True)
class DeliveryView:
    """What a parcel of a shop costs; ``is_own`` tells whether the shop has said so itself."""

    seller_id: SellerId
    terms: DeliveryTerms
    is_own: bool


@frozen(kw_only=True)
class ViewDelivery(Query[DeliveryView]):
    """Ask what a parcel of a shop costs."""

    permission: ClassVar[Permission] = Permission.ANYONE
    seller_id: SellerId


@frozen(kw_only=True)
class ViewDeliveryHandler:
    """Say what a shop charges for a parcel.

    - A shop that has said nothing delivers on the marketplace's terms.
    """

    reader: OrdersReader
    policy: CheckoutPolicy

    async def __call__(self, query: ViewDelivery, by: Actor) -> DeliveryView:
        """Say it."""
        own = (await self.reader.delivery_terms({query.seller_id})).get(query.seller_id)
        return DeliveryView(seller_id=query.seller_id, terms=own or self.policy.delivery, is_own=own is not None)
